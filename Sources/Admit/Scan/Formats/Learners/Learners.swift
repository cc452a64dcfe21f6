// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Trees, forests and statistics: XGBoost, LightGBM, CatBoost, R; Torch 7 and word vectors.
enum Learners: FormatFamily {
  static let formats: [any ScannedFormat] = [
    BoosterFormat(), OldBoosterFormat(), RFormat(), Torch7Format(), CheckedFormat.catBoost,
    CheckedFormat.fastText,
    CheckedFormat.word2Vec, CheckedFormat.sentencePiece,
  ]
  static let texts: [any TextProfile] = [
    BoosterProfile(), LightGBMProfile(), CatBoostProfile(), WordVectorsProfile(),
  ]
  static let rules: [any Rule] = [
    BrokenBooster(), WildBooster(), UncoveredBooster(), BrokenLightGBM(), WildLightGBM(),
    BrokenCatBoost(), WildCatBoost(), UncoveredCatBoost(), BrokenR(), WildR(), RPromise(), UncoveredR(),
    BrokenTorch7(), WildTorch7(), LuaFunction(), UncoveredTorch7(), BrokenVectors(), WildVectors(),
    UncoveredVectors(),
  ]
}
