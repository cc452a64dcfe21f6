// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// XGBoost's binary JSON.
struct BoosterFormat: ScannedFormat {
  let name = "xgboost"
  static let kinds = StructureKinds("xgboost")

  func fits(_ bytes: Bytes) -> Bool { UBJSONReader.looksLikeOne(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let model = BoosterModel(ubjson: bytes)
    var notes = Notes()
    for error in model.errors { notes.add(error, as: Self.kinds) }
    if !model.isModel {
      notes.add(
        Self.kinds.uncovered, "expected the model of a booster, found an object without 'learner'", at: 0)
    }
    scan.report(notes, place)
    return model.isModel ? name : "ubjson"
  }
}

/// The same as text.
struct BoosterProfile: TextProfile {
  let name = "xgboost"
  let keys: Set<String> = ["learner", "Model", "Config"]

  func fits(_ text: TextSample) -> Bool {
    text.isJSON
      && (text.keys.contains("learner") || text.keys.contains("Model") && text.keys.contains("Config"))
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    for error in BoosterModel(json: text.bytes).errors { notes.add(error, as: BoosterFormat.kinds) }
    scan.report(notes, place)
  }
}

/// XGBoost's first binary format, which has no numbers of its own for what it holds: recognised, not proved.
struct OldBoosterFormat: ScannedFormat {
  let name = "xgboost"

  func fits(_ bytes: Bytes) -> Bool {
    if bytes.starts(with: Array("binf".utf8)) || bytes.starts(with: Array("bs64\t".utf8)) { return true }
    // 136 bytes of parameters, then the objective and the booster by name.
    guard bytes.count > 160, let (_, next) = word(bytes, 136), let (booster, _) = word(bytes, next) else {
      return false
    }
    return ["gbtree", "gblinear", "dart"].contains(booster)
  }

  private func word(_ bytes: Bytes, _ at: Int) -> (String, Int)? {
    guard at + 9 <= bytes.count else { return nil }
    for index in at + 1..<at + 8 where bytes[index] != 0 { return nil }
    let length = Int(bytes[at])
    guard length > 0, length < 64, at + 8 + length <= bytes.count else { return nil }
    return (String(decoding: bytes.slice(at + 8..<at + 8 + length).array(), as: UTF8.self), at + 8 + length)
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    scan.note(
      BoosterFormat.kinds.uncovered,
      "the first binary format of XGBoost is read without checks of its trees: save the model as JSON", at: 0,
      allow: "xgboost:binary", place)
    return name
  }
}
