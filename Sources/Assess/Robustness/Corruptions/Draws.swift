// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The random numbers of one corruption of one picture. They depend on the seed, the corruption and the row alone. All
/// severities draw the same, so that a difference between two of them is no accident of the draw.
struct Draws: Sendable {
  private let random: CounterRandom
  private let row: Int
  private var count = 0
  private var spare: Float?

  init(seed: UInt64, corruption: Corruption, row: Int) {
    random = CounterRandom(seed: seed ^ (UInt64(corruption.place) + 1) << 48)
    self.row = row
  }

  /// Evenly spread over [0, 1).
  mutating func uniform() -> Float {
    defer { count += 1 }
    return (random.symmetric(row, count) + 1) / 2
  }

  mutating func uniform(_ low: Float, _ high: Float) -> Float { low + (high - low) * uniform() }

  /// One of the numbers from `-reach` to `reach - 1`.
  mutating func step(within reach: Int) -> Int {
    min(Int(uniform() * Float(2 * reach)), 2 * reach - 1) - reach
  }

  /// Of mean 0 and standard deviation 1 (Box and Muller 1958).
  mutating func normal() -> Float {
    if let spare {
      self.spare = nil
      return spare
    }
    let length = (-2 * log(1 - uniform())).squareRoot()
    let angle = 2 * Float.pi * uniform()
    spare = length * sin(angle)
    return length * cos(angle)
  }

  /// Counts of events that happen `mean` times on average: goes outwards from the likeliest count until the probability
  /// that was drawn is used up.
  /// - Parameter mean: from 0 to 500.
  mutating func poisson(mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    let middle = min(Int(mean), Self.logFactorials.count - 1)
    let likeliest = exp(Double(middle) * log(mean) - mean - Self.logFactorials[middle])
    var left = Double(uniform()) - likeliest
    var (below, above) = ((count: middle, share: likeliest), (count: middle, share: likeliest))
    // Shares this small add nothing that the draw's 24 bits could tell.
    while left >= 0, above.share > 1e-12 || below.share > 1e-12 {
      above = (above.count + 1, above.share * mean / Double(above.count + 1))
      left -= above.share
      if left < 0 { return above.count }
      below = below.count > 0 ? (below.count - 1, below.share * Double(below.count) / mean) : (0, 0)
      left -= below.share
      if left < 0 { return below.count }
    }
    return middle
  }

  private static let logFactorials: [Double] = (1...500).reduce(into: [0]) {
    $0.append($0[$0.count - 1] + log(Double($1)))
  }
}
