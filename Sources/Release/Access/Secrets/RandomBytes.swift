// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Bytes from the system's random numbers, which are fit for secrets.
enum RandomBytes {
  static func make(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
