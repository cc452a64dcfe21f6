// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Looks for the least noise with which steps have an epsilon.
package enum NoiseSearch {
  /// The smallest noise multiplier, to five digits, whose upper bound is at most `epsilon`.
  ///
  /// - Parameters:
  ///   - account: the account of a training with a noise multiplier.
  ///   - epsilon: above 0.
  /// - Throws: `AccountingError` for an epsilon that is none or out of reach, and what `account` throws.
  package static func noiseMultiplier(
    for epsilon: Double, _ account: (Double) throws(AccountingError) -> PrivacyAccount
  ) throws(AccountingError) -> Double {
    guard epsilon > 0, epsilon.isFinite else { throw .target(epsilon) }
    func excess(_ noise: Double) throws(AccountingError) -> Double {
      let upper = try account(noise).epsilon().upper
      return log(max(upper, 1e-300) / epsilon)
    }
    // Around one doubling of the noise.
    var high = 1.0
    var atHigh = try excess(high)
    var (low, atLow) = (high, atHigh)
    while atHigh > 0 {
      guard high < Phase.largestNoise else {
        throw .unreachable(epsilon: try account(high).epsilon().upper, noiseMultiplier: high)
      }
      (low, atLow) = (high, atHigh)
      high = min(Phase.largestNoise, 2 * high)
      atHigh = try excess(high)
    }
    while atLow <= 0 {
      (high, atHigh) = (low, atLow)
      // So little noise keeps nothing secret; less makes no difference.
      guard low > 1e-6 else { return low }
      low /= 2
      atLow = try excess(low)
    }
    // The false position on logarithms, with halving where it creeps.
    var turn = 0
    while high > low * (1 + 1e-5) {
      let span = log(high / low)
      var part = atLow / (atLow - atHigh)
      if turn % 3 == 2 || !part.isFinite { part = 0.5 }
      // A little beyond, so that both ends move.
      part = min(1 - 2e-6 / span, max(2e-6 / span, part + (turn % 2 == 0 ? 2e-6 : -2e-6) / span))
      let middle = low * exp(part * span)
      guard middle > low, middle < high else { break }
      let atMiddle = try excess(middle)
      if atMiddle > 0 { (low, atLow) = (middle, atMiddle) } else { (high, atHigh) = (middle, atMiddle) }
      turn += 1
    }
    return try rounded(high, for: epsilon, account)
  }

  /// Rounded up to six digits, unless that is worse than it was: bounds are not exactly monotonous.
  private static func rounded(
    _ noise: Double, for epsilon: Double, _ account: (Double) throws(AccountingError) -> PrivacyAccount
  ) throws(AccountingError) -> Double {
    let unit = pow(10, 5 - log10(noise).rounded(.down))
    let rounded = (noise * unit).rounded(.up) / unit
    return try account(rounded).epsilon().upper <= epsilon ? rounded : noise
  }
}
