// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// How likely counts are that are so high.
enum Tails {
  /// The probability of at least so many hits among `total`, each with the same chance.
  static func binomial(_ hits: Int, of total: Int, chance: Double) -> Double {
    guard hits <= total else { return 0 }
    let (hit, miss) = (log(max(chance, 1e-300)), log(max(1 - chance, 1e-300)))
    let all: Double = lgamma(Double(total) + 1)
    var sum = 0.0
    for count in hits...total {
      let missed = Double(total - count)
      let ways: Double = all - lgamma(Double(count) + 1) - lgamma(missed + 1)
      sum += exp(ways + Double(count) * hit + missed * miss)
    }
    return min(1, sum)
  }

  /// The probability of at least so many events where `rate` are expected.
  static func poisson(_ hits: Int, rate: Double) -> Double {
    var sum = 0.0
    // Beyond this the terms are below what a sum of them can show.
    for count in hits...hits + 200 {
      let term: Double = Double(count) * log(rate) - rate - lgamma(Double(count) + 1)
      sum += exp(term)
    }
    return min(1, sum)
  }
}
