// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// How many of some records, with the exact interval of Clopper and Pearson (1934): it never promises more than it keeps, also for
/// few records and shares near 0 and 1.
package struct BinomialShare: Sendable, Equatable {
  package let hits: Int
  /// At least one.
  package let total: Int

  package init(_ hits: Int, of total: Int) {
    precondition(total > 0 && (0...total).contains(hits), "a share needs hits among at least one")
    (self.hits, self.total) = (hits, total)
  }

  /// From 0 to 1.
  package var share: Double { Double(hits) / Double(total) }

  /// The 95 % interval.
  package var interval: ClosedRange<Double> { interval(confidence: 0.95) }

  package func interval(confidence: Double) -> ClosedRange<Double> {
    let half = (1 - confidence) / 2
    let (k, n) = (Double(hits), Double(total))
    let low = hits == 0 ? 0 : Beta.quantile(half, k, n - k + 1)
    let high = hits == total ? 1 : Beta.quantile(1 - half, k + 1, n - k)
    return low...max(low, high)
  }
}

/// The beta distribution.
enum Beta {
  /// The probability of at most `x`: the regularised incomplete beta function, by the continued fraction of Lentz as in
  /// Abramowitz and Stegun 26.5.8.
  static func cumulative(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast only below the mean.
    guard x <= (a + 1) / (a + b + 2) else { return 1 - cumulative(1 - x, b, a) }
    let front = exp(a * log(x) + b * log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a
    let tiny = 1e-300
    var (c, d, fraction) = (1.0, 0.0, 1.0)
    for step in 0...2_000 {
      let m = Double(step / 2)
      let numerator: Double
      if step == 0 {
        numerator = 1
      } else if step.isMultiple(of: 2) {
        numerator = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      } else {
        numerator = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      }
      d = 1 / nonzero(1 + numerator * d, tiny)
      c = nonzero(1 + numerator / c, tiny)
      fraction *= c * d
      if step > 0, abs(1 - c * d) < 1e-15 { break }
    }
    return front * (fraction - 1)
  }

  /// The inverse of ``cumulative(_:_:_:)``, by bisection.
  static func quantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if cumulative(middle, a, b) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  private static func nonzero(_ value: Double, _ tiny: Double) -> Double { abs(value) < tiny ? tiny : value }

  private static func logGamma(_ x: Double) -> Double { lgamma(x) }
}
