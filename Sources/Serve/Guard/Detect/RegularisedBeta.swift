// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The regularised incomplete beta function I_x(a, b): the distribution of the k-th smallest of n uniform numbers, which is
/// Beta(k, n + 1 - k).
enum RegularisedBeta {
  /// By the continued fraction of DLMF 8.17.22, evaluated after Lentz.
  /// - Parameters:
  ///   - x: from 0 to 1.
  ///   - a: above 0, as is `b`.
  static func value(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast on this side of the mean only.
    if x > (a + 1) / (a + b + 2) { return 1 - value(1 - x, b, a) }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    d = 1 / (abs(d) < tiny ? tiny : d)
    var fraction = d
    for step in 1...10_000 {
      let m = Double(step)
      for numerator in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 + numerator * d
        d = 1 / (abs(d) < tiny ? tiny : d)
        c = 1 + numerator / c
        if abs(c) < tiny { c = tiny }
        fraction *= c * d
      }
      if abs(c * d - 1) < 1e-15 { break }
    }
    return min(1, front * fraction)
  }

  /// The x at which I_x(a, b) is `share`, rounded up: what is derived from it stays on the safe side.
  static func quantile(_ share: Double, _ a: Double, _ b: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return high }
      if value(middle, a, b) < share { low = middle } else { high = middle }
    }
  }
}
