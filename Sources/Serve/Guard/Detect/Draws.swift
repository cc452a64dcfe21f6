// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Numbers that a seed decides: SplitMix64 (Steele, Lea and Flood 2014). Not for secrets.
struct Draws: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// Two normal numbers with mean 0 and deviation 1 (Box and Muller 1958).
  mutating func normals() -> (Float, Float) {
    // Above 0, so that the logarithm is finite.
    let radius = (-2 * log((Double(next() >> 11) + 1) * 0x1p-53)).squareRoot()
    let angle = 2 * .pi * Double(next() >> 11) * 0x1p-53
    return (Float(radius * cos(angle)), Float(radius * sin(angle)))
  }

  /// Some of the first `count` numbers in random order (Fisher and Yates).
  mutating func sample(_ size: Int, of count: Int) -> [Int] {
    var list = Array(0..<count)
    for place in 0..<min(size, count) {
      list.swapAt(place, place + Int(next().multipliedFullWidth(by: UInt64(count - place)).high))
    }
    return Array(list.prefix(size))
  }
}
