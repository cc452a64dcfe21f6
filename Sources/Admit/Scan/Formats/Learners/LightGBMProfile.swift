// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// LightGBM's text models.
struct LightGBMProfile: TextProfile {
  let name = "lightgbm"
  private static let kinds = StructureKinds("lightgbm")

  func fits(_ text: TextSample) -> Bool {
    // Its own reader goes through the lines for the names that it knows, whatever stands between them.
    let first = text.head.prefix { !$0.isNewline }
    if first.allSatisfy({ $0.isLetter || $0.isWhitespace }), first.trimming == "tree" {
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
