// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletGuard

extension Target {
  /// What is put before a guard as a file.
  static let guarding: [String: Body] = [
    "guard-policy": { _ = try? GuardPolicy(json: $0) },
    "guard-calibration": { bytes in
      guard let calibration = try? GuardCalibration(json: bytes) else { return }
      // What is written is read again.
      precondition((try? GuardCalibration(json: Bytes(calibration.json()))) != nil)
    },
    "watermark-key": { _ = try? AnswerWatermark.key(fileText: String(decoding: $0.array(), as: UTF8.self)) },
  ]
}
