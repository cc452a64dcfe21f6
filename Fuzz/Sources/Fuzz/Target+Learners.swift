// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension Target {
  static let learners: [String: Body] = [
    "ubjson": { bytes in
      _ = UBJSONReader.looksLikeOne(bytes)
      var reader = UBJSONReader(bytes.span)
      _ = try? reader.value()
      var skipping = UBJSONReader(bytes.span)
      try? skipping.skipValue()
    },
    "xgboost": {
      _ = BoosterModel(ubjson: $0)
      _ = BoosterModel(json: $0)
    },
    "lightgbm": { _ = LightGBMModel($0) },
    "catboost": {
      try? CatBoostModel.check($0)
      if let model = try? JSONReader.read($0.span) { _ = CatBoostTrees(model) }
    },
    "word-vectors": { bytes in
      if WordVectors.isFastText(bytes) { try? WordVectors.checkFastText(bytes) }
      if WordVectors.isWord2Vec(bytes) { try? WordVectors.checkWord2Vec(bytes) }
      if WordVectors.isText(bytes) { try? WordVectors.checkText(bytes) }
      if WordVectors.isSentencePiece(bytes) { try? WordVectors.checkSentencePiece(bytes) }
    },
  ]
}
