// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A `.keras` file: a zip archive with a configuration, metadata, weights and assets. `config.json` is read as any
/// configuration of Keras; here is what only the archive tells.
struct KerasArchive: ArchiveProfile {
  let name = "keras"

  private static let weights = ["model.weights.h5", "model.weights.npz", "model.weights.json"]

  func fits(_ archive: any MemberArchive) -> Bool {
    let names = Set(archive.names)
    return names.contains("config.json")
      && (names.contains("metadata.json") || Self.weights.contains { names.contains($0) })
  }

  func scan(_ archive: any MemberArchive, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    if let config = archive.contents(of: "config.json"), !KerasText.isConfig(config) {
      KerasConfig.examine(config, at: place.inside("config.json"), in: &scan)
    }
    for name in archive.names {
      let isShard = name.hasPrefix("model_") && name.hasSuffix(".weights.h5")
      if ["config.json", "metadata.json"].contains(name) || Self.weights.contains(name) || isShard
        || name.hasPrefix("assets/") || name.hasPrefix("_self_model_weights/")
      {
        continue
      }
      scan.note(
        .kerasMember, "expected the members of a Keras model, found \(name)", construct: name,
        allow: "keras:member \(name)", place)
    }
  }
}
