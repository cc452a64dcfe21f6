// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Random numbers that the seed alone decides: SplitMix64 (Steele, Lea and Flood 2014). Not for secrets.
package struct SeededRandom: Sendable {
  private var state: UInt64

  /// - Parameter stream: numbers of different streams have nothing to do with each other.
  package init(seed: UInt64, stream: UInt64) {
    state = Self.mix(seed &+ Self.mix(stream &+ Self.step))
  }

  package mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mix(state)
  }

  /// Evenly spread over [-bound, bound).
  mutating func uniform(_ bound: Float) -> Float {
    // 24 bits fill a float's significand exactly.
    (Float(next() >> 40) * 0x1p-23 - 1) * bound
  }

  /// Normal with mean 0 (Box and Muller 1958).
  mutating func normal(deviation: Float) -> Float {
    // Above 0, so that the logarithm is finite.
    let first = (Double(next() >> 11) + 1) * 0x1p-53
    let second = Double(next() >> 11) * 0x1p-53
    return Float((-2 * log(first)).squareRoot() * cos(2 * .pi * second)) * deviation
  }

  /// The list in random order (Fisher and Yates).
  package mutating func shuffle(_ list: inout [Int]) {
    for last in stride(from: list.count - 1, to: 0, by: -1) {
      // The high half of the product is below the bound; its bias is below 2^-32 for lists that fit into memory.
      list.swapAt(last, Int(next().multipliedFullWidth(by: UInt64(last) + 1).high))
    }
  }

  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mix(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
