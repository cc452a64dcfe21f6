// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The account of phases of Poisson-subsampled Gaussian noise.
struct SampledAccount {
  let phases: [Phase]
  let delta: Double
  let precision: Double?

  func epsilon() -> (bounds: EpsilonBounds, interval: Double?) {
    let removal = refined(DirectedAccount(phases: phases, delta: delta, direction: .remove), above: 0)
    // The other direction matters only if it can be worse. There, no step loses more than -ln(1 - q).
    let most = phases.reduce(0) { $0 - Double($1.steps) * log1p(-$1.samplingRate) }
    var addition = removal
    if most > removal.bounds.lower {
      addition = refined(
        DirectedAccount(phases: phases, delta: delta, direction: .add), above: removal.bounds.lower)
      addition.bounds.upper = min(most, addition.bounds.upper)
    }
    let worse = addition.bounds.upper > removal.bounds.upper ? addition : removal
    let lower = max(removal.bounds.lower, addition.bounds.lower)
    return (EpsilonBounds(lower: lower, upper: worse.bounds.upper), worse.interval)
  }

  /// Bounds on a grid that becomes finer until they are close, or below `limit`.
  func refined(_ account: DirectedAccount, above limit: Double) -> DirectedAccount.Result {
    var wanted = precision ?? 5e-6
    var finest = precision == nil ? PrivacyAccount.customary.interval : 0
    // An interval that is wider than the spread of a step says nothing.
    if finest > account.scale { (finest, wanted) = (0, 1e-4) }
    var result = account.epsilon(interval: max(finest, 0.2 * account.scale, account.coarse), known: 0)
    for _ in 0..<8 {
      let (bounds, interval) = (result.bounds, result.interval)
      if bounds.upper <= limit || bounds.isClose(wanted) { break }
      let isFinest = interval < 1.0001 * finest
      if isFinest, bounds.isClose(PrivacyAccount.customary.precision) { break }
      // The gap shrinks with the square of the interval.
      func enough(for wanted: Double) -> Double { interval * (0.8 * wanted / bounds.gap).squareRoot() }
      // Where the customary interval is far from enough, it is left out.
      if isFinest || bounds.gap < 0.1 && 1.5 * enough(for: PrivacyAccount.customary.precision) < finest {
        (finest, wanted) = (0, 1e-4)
      }
      // A gap that is almost everything says little about the next.
      var next = max((bounds.gap < 0.5 ? 0.02 : 0.1) * interval, enough(for: wanted))
      next = max(finest, min(0.7 * interval, next < 1.3 * finest ? finest : next))
      var finer = account.epsilon(interval: next, known: bounds.lower)
      // The largest transform sets an end to it.
      guard finer.interval < 0.9 * interval else { break }
      finer.bounds = finer.bounds.intersected(with: bounds)
      result = finer
    }
    return result
  }
}
