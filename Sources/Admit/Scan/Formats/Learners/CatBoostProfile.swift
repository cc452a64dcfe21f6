// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A CatBoost model as JSON.
struct CatBoostProfile: TextProfile {
  let name = "catboost"
  private static let kinds = StructureKinds("catboost")

  func fits(_ text: TextSample) -> Bool {
    text.keys.contains("features_info")
      && (text.keys.contains("oblivious_trees") || text.keys.contains("trees"))
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    if text.bytes.count > Limits.graphJSON {
      notes.add(Self.kinds.uncovered, "the model has \(text.bytes.count) bytes, which is more than is read")
    } else {
      do throws(JSONError) {
        for error in CatBoostTrees(try JSONReader.read(text.bytes.span)).errors {
          notes.add(error, as: Self.kinds)
        }
      } catch { notes.add(Self.kinds.broken, "expected a model as JSON, found that \(error)") }
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
