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
        || Self.marks.contains { Self.hasLine($0, text.bytes.span) }
    }
    return text.head.contains("max_feature_idx=") || text.head.contains("num_tree_per_iteration=")
  }

  private static let marks = ["Tree=", "version=v", "max_feature_idx="].map { Array($0.utf8) }

  private static func hasLine(_ mark: [UInt8], _ span: Span<UInt8>) -> Bool {
    guard span.count > mark.count else { return false }
    for at in 1..<span.count - mark.count where span[at - 1] == 0x0A {
      var same = 0
      while same < mark.count, span[at + same] == mark[same] { same += 1 }
      if same == mark.count { return true }
    }
    return false
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    for error in LightGBMModel(text.bytes).errors { notes.add(error, as: Self.kinds) }
    scan.report(notes, place)
  }
}
