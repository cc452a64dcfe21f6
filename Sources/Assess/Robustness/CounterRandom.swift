// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Random numbers that depend on the seed and on the places they are asked for, and on nothing else: neither on the
/// order of asking nor on the batches. The mixing is that of SplitMix64 (Steele, Lea and Flood 2014).
struct CounterRandom: Sendable {
  let seed: UInt64

  /// Evenly spread over [-1, 1).
  func symmetric(_ row: Int, _ feature: Int) -> Float {
    let key = Self.mix(seed &+ Self.mix(UInt64(truncatingIfNeeded: row) &+ 0x9E37_79B9_7F4A_7C15))
    let bits = Self.mix(key &+ UInt64(truncatingIfNeeded: feature) &* 0x9E37_79B9_7F4A_7C15)
    // 24 bits fill a float's significand exactly.
    return Float(bits >> 40) * 0x1p-23 - 1
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
