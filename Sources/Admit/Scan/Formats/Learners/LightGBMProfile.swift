// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// LightGBM's text models.
struct LightGBMProfile: TextProfile {
  let name = "lightgbm"
  private static let kinds = StructureKinds("lightgbm")

  func fits(_ text: TextSample) -> Bool {
    // LightGBM asks a file for its first line, and a string for no more than lines of names and values.
    if text.bytes.starts(with: Array("tree\n".utf8)) || text.bytes.starts(with: Array("tree\r\n".utf8)) {
      return LightGBMModel.hasTrees(text.bytes)
    }
    return text.head.contains("max_feature_idx=") || text.head.contains("num_tree_per_iteration=")
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    for error in LightGBMModel(text.bytes).errors { notes.add(error, as: Self.kinds) }
    scan.report(notes, place)
  }
}
