// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A CatBoost model as JSON.
struct CatBoostProfile: TextProfile {
  let name = "catboost"
  let keys: Set<String> = ["features_info", "oblivious_trees", "trees"]
  private static let kinds = StructureKinds("catboost")

  func fits(_ text: TextSample) -> Bool {
    text.keys.contains("features_info")
      && (text.keys.contains("oblivious_trees") || text.keys.contains("trees"))
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    if let model = text.json() {
      for error in CatBoostTrees(model).errors { notes.add(error, as: Self.kinds) }
    } else {
      notes.add(
        Self.kinds.broken,
        "expected a model as JSON of at most \(Limits.graphJSON) bytes, found what is not read")
    }
    scan.report(notes, place)
  }
}

/// Vectors of words as text: two numbers, then words with as many numbers as the second says.
struct WordVectorsProfile: TextProfile {
  let name = "word2vec"

  func fits(_ text: TextSample) -> Bool { WordVectors.isText(text.bytes) }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    do throws(StructureError) { try WordVectors.checkText(text.bytes) } catch {
      notes.add(error, as: StructureKinds("vectors"))
    }
    scan.report(notes, place)
  }
}
