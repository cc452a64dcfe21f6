// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// LightGBM's text models.
struct LightGBMProfile: TextProfile {
  let name = "lightgbm"
  private static let kinds = StructureKinds("lightgbm")

  func fits(_ text: TextSample) -> Bool {
    text.head.hasPrefix("tree\n") && text.head.contains("version=v") || text.head.hasPrefix("tree\r\n")
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    for error in LightGBMModel(text.bytes).errors { notes.add(error, as: Self.kinds) }
    scan.report(notes, place)
  }
}
