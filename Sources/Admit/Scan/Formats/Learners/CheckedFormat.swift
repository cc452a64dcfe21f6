// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A format of numbers and names only: its bytes fit it or they do not, and there is nothing in it to judge.
struct CheckedFormat: ScannedFormat {
  let name: String
  let kinds: StructureKinds
  let looksLikeOne: @Sendable (Bytes) -> Bool
  let check: @Sendable (Bytes) throws(StructureError) -> Void

  func fits(_ bytes: Bytes) -> Bool { looksLikeOne(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var notes = Notes()
    do throws(StructureError) { try check(bytes) } catch {
      if error.harm == .uncovered {
        notes.add(
          kinds.uncovered, error.reason, construct: "\(name):parts", at: error.offset, allow: "\(name):parts")
      } else {
        notes.add(error, as: kinds)
      }
    }
    scan.report(notes, place)
    return name
  }

  static let fastText = CheckedFormat(
    name: "fasttext", kinds: StructureKinds("vectors"), looksLikeOne: { WordVectors.isFastText($0) },
    check: { (bytes) throws(StructureError) in try WordVectors.checkFastText(bytes) })
  static let word2Vec = CheckedFormat(
    name: "word2vec", kinds: StructureKinds("vectors"), looksLikeOne: { WordVectors.isWord2Vec($0) },
    check: { (bytes) throws(StructureError) in try WordVectors.checkWord2Vec(bytes) })
  static let sentencePiece = CheckedFormat(
    name: "sentencepiece", kinds: StructureKinds("vectors"),
    looksLikeOne: { WordVectors.isSentencePiece($0) },
    check: { (bytes) throws(StructureError) in try WordVectors.checkSentencePiece(bytes) })
  static let catBoost = CheckedFormat(
    name: "catboost", kinds: StructureKinds("catboost"), looksLikeOne: { CatBoostModel.looksLikeOne($0) },
    check: { (bytes) throws(StructureError) in try CatBoostModel.check(bytes) })
}
