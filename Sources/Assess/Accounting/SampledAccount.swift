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
    var finest = precision == nil ? Self.customary.interval : 0
    var bounds = account.bounds(interval: max(finest, 0.2 * account.scale), known: 0)
    for _ in 0..<8 {
      if bounds.range.upperBound <= limit || isClose(bounds.range, wanted) { break }
      let gap = (bounds.range.upperBound - bounds.range.lowerBound) / bounds.range.upperBound
      let isFinest = bounds.interval < 1.0001 * finest
      if isFinest, gap <= Self.customary.precision { break }
      // The gap shrinks with the square of the interval. Where the customary interval is far from enough, it is left out.
      func interval(for wanted: Double) -> Double { bounds.interval * (0.8 * wanted / gap).squareRoot() }
      if isFinest || gap < 0.1 && 1.3 * interval(for: Self.customary.precision) < finest {
        (finest, wanted) = (0, 1e-4)
      }
      // A gap that is almost everything says little about the next.
      var next = max(gap < 0.5 ? 0.02 * bounds.interval : 0.1 * bounds.interval, interval(for: wanted))
      next = max(finest, min(0.7 * bounds.interval, next < 1.3 * finest ? finest : next))
      let refined = account.bounds(interval: next, known: bounds.range.lowerBound)
      // The largest transform sets an end to it.
      guard refined.interval < 0.9 * bounds.interval else { break }
      bounds = refined.intersected(with: bounds)
    }
    return bounds
  }

  private func isClose(_ range: ClosedRange<Double>, _ precision: Double) -> Bool {
    range.upperBound - range.lowerBound <= precision * range.upperBound || range.upperBound < 1e-12
  }
}
