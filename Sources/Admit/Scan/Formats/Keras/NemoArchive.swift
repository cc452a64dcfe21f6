// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A `.nemo` file: a tar archive with the configuration of a model, its weights and what its tokenizer needs.
struct NemoArchive: ArchiveProfile {
  let name = "nemo"

  func fits(_ archive: any MemberArchive) -> Bool {
    archive.names.contains { Self.isConfig($0) }
  }

  func scan(_ archive: any MemberArchive, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    for name in archive.names where Self.isConfig(name) {
      guard let config = archive.contents(of: name) else { continue }
      TargetScan.examine(config, keys: TargetScan.nemoKeys, at: place.inside(name), in: &scan)
    }
  }

  private static func isConfig(_ name: String) -> Bool {
    name == "model_config.yaml" || name.hasSuffix("/model_config.yaml")
  }
}

/// A configuration of Hydra or NeMo that stands by itself.
struct HydraText: TextProfile {
  let name = "hydra-config"

  func fits(_ text: TextSample) -> Bool { TargetScan.names(in: text.bytes) }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    TargetScan.examine(text.bytes, keys: TargetScan.hydraKeys, at: place, in: &scan)
  }
}
