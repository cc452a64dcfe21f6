// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The account of phases of Poisson-subsampled Gaussian noise.
struct SampledAccount {
  let phases: [Phase]
  let delta: Double
  let precision: Double?

  /// The customary interval, and how close the bounds must be on it.
  private static let customary = (interval: 1e-4, precision: 1e-3)

  func epsilon() -> PrivacyAccount.Epsilon {
    let removal = DirectedAccount(phases: phases, delta: delta, direction: .remove)
    let addition = DirectedAccount(phases: phases, delta: delta, direction: .add)
    let first = refined(removal, above: 0)
    // The other direction matters only if it can be worse.
    let second = refined(addition, above: first.range.lowerBound)
    let worse = second.range.upperBound > first.range.upperBound ? second : first
    let upper = worse.range.upperBound
    let lower = max(first.range.lowerBound, second.range.lowerBound)
    return PrivacyAccount.Epsilon(
      upper: upper, lower: lower, renyi: 0, interval: worse.interval,
      isPrecise: isClose(lower...upper, precision ?? Self.customary.precision))
  }

  /// Bounds on a grid that becomes finer until they are close, or below `limit`.
  private func refined(_ account: DirectedAccount, above limit: Double) -> DirectedAccount.Bounds {
    var wanted = precision ?? 5e-6
    var floor = precision == nil ? Self.customary.interval : 0
    var bounds = account.bounds(interval: max(floor, account.scale * (precision == nil ? 0.03 : 0.1)))
    for _ in 0..<8 {
      if bounds.range.upperBound <= limit || isClose(bounds.range, wanted) { break }
      if bounds.interval <= floor {
        if isClose(bounds.range, Self.customary.precision) { break }
        (floor, wanted) = (0, 5e-5)
      }
      let gap = (bounds.range.upperBound - bounds.range.lowerBound) / bounds.range.upperBound
      // The gap shrinks with the square of the interval.
      let factor = gap.isFinite ? min(0.7, max(0.05, (0.8 * wanted / gap).squareRoot())) : 0.25
      let next = account.bounds(interval: max(floor, bounds.interval * factor))
      // The largest transform sets an end to it.
      guard next.interval < 0.9 * bounds.interval else { break }
      bounds = next.intersected(with: bounds)
    }
    return bounds
  }

  private func isClose(_ range: ClosedRange<Double>, _ precision: Double) -> Bool {
    range.upperBound - range.lowerBound <= precision * range.upperBound || range.upperBound < 1e-12
  }
}
