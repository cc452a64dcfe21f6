// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The list of what is in an `.mlpackage`: the model, its weights and what else belongs to them, each with its path
/// below `Data`.
struct CoreMLManifest: TextProfile {
  let name = "coreml-manifest"
  let keys: Set<String> = ["itemInfoEntries", "rootModelIdentifier"]

  func fits(_ text: TextSample) -> Bool {
    keys.contains { text.keys.contains($0) }
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    if let root = text.json() {
      for item in root["itemInfoEntries"]?.members ?? [] {
        for member in item.value.members ?? [] where member.name == "path" {
          guard let path = member.value.string else {
            notes.add("graph.broken", "expected the path of an item as text, found something else")
            continue
          }
          guard let reason = MemberName.escapes(path) else { continue }
          notes.add(
            "graph.escape", "expected an item inside of the package, found a path that \(reason)",
            construct: path)
        }
      }
    } else {
      notes.add("graph.broken", "expected the manifest of a Core ML package, found JSON that cannot be read")
    }
    scan.report(notes, place)
  }
}
