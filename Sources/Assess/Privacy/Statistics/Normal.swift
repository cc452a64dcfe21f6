// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The normal distribution with mean 0 and deviation 1.
enum Normal {
  /// The probability of at most `z`.
  static func cumulative(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

  static func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }

  /// The inverse of ``cumulative(_:)``: infinite at 0 and 1. Rational approximation of Acklam (2003), then one step of Halley.
  static func quantile(_ p: Double) -> Double {
    guard p > 0 else { return -.infinity }
    guard p < 1 else { return .infinity }
    let start: Double
    if p < 0.02425 {
      start = tail((-2 * log(p)).squareRoot())
    } else if p > 1 - 0.02425 {
      start = -tail((-2 * log(1 - p)).squareRoot())
    } else {
      let q = p - 0.5
      let r = q * q
      let above = polynomial(
        r,
        [
          -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690, -30.66479806614716,
          2.506628277459239,
        ])
      let below = polynomial(
        r,
        [
          -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
        ])
      start = above * q / below
    }
    let error = cumulative(start) - p
    let step = error / max(density(start), .leastNormalMagnitude)
    let better = start - step / (1 + start * step / 2)
    return better.isFinite ? better : start
  }

  private static func tail(_ q: Double) -> Double {
    let above = polynomial(
      q,
      [
        -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
        2.938163982698783,
      ])
    let below = polynomial(
      q, [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1])
    return above / below
  }

  private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }
}
