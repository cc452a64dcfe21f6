// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// How much the steps of a training tell at most about whether one record was in the data: the smallest epsilon for which they
/// are (epsilon, delta)-differentially private.
///
/// The unit is one record; neighbours differ by adding or removing it; batches are Poisson samples. Privacy loss distributions
/// are put on a grid from both sides, tilted towards the losses that decide delta, and added up by Fourier transforms. The grid
/// is made finer until the sides are close. See Koskela et al. (arXiv 1906.03049) and Doroshenko et al. (arXiv 2207.04380).
package struct PrivacyAccount: Sendable {
  package let phases: [Phase]
  package let delta: Double
  /// How far apart the bounds may be, as a fraction of epsilon; nil for the customary grid: see `epsilon`.
  package let precision: Double?

  /// The interval of most accountants, and how close the bounds must be on it.
  static let customary = (interval: 1e-4, precision: 1.5e-3)
  static let mostPhases = 100
  static let smallestDelta = 1e-200
  static let finestPrecision = 1e-7
  /// Below, a quarter of the range of losses lies in one standard deviation, and no grid can be fine enough everywhere.
  static let smallestNoise = 0.02
  /// Of one Fourier transform: 80 MB.
  static let largestTransform = 1 << 20

  /// - Throws: `AccountingError` for a delta of 0 or above 1, no or too many phases, or a precision out of range.
  package init(phases: [Phase], delta: Double, precision: Double? = nil) throws(AccountingError) {
    guard !phases.isEmpty, phases.count <= Self.mostPhases else { throw .phases(phases.count) }
    guard delta >= Self.smallestDelta, delta <= 1 else { throw .delta(delta) }
    if let precision {
      guard precision >= Self.finestPrecision, precision <= 0.1 else { throw .precision(precision) }
    }
    if phases.count > 1, phases.contains(where: { $0.mechanism == .laplace }) {
      throw .laplacePhases(phases.count)
    }
    self.phases = phases
    self.delta = delta
    self.precision = precision
  }

  /// What is known about the epsilon.
  package struct Epsilon: Sendable {
    /// It is at most this; infinite where no bound is known.
    package let upper: Double
    /// It is at least this.
    package let lower: Double
    /// By Rényi differential privacy, which is an upper bound too.
    package let renyi: Double
    /// Of the grid for one step; nil where a closed form was used.
    package let interval: Double?
    /// Whether the bounds are as close as was asked for.
    package let isPrecise: Bool
  }

  /// The epsilon.
  ///
  /// Without a `precision`, losses are put on a grid with the interval 1e-4, as most accountants do, so that figures can be
  /// compared; on a coarser one where the bounds are closer than 5e-6 all the same, and on a finer one where they are not
  /// even within 1.5e-3, or where one step loses less than that.
  package func epsilon() -> Epsilon {
    let phases = phases.filter { $0.samplingRate > 0 }
    guard delta < 1, !phases.isEmpty else {
      return Epsilon(upper: 0, lower: 0, renyi: 0, interval: nil, isPrecise: true)
    }
    let renyi = RenyiAccount.epsilon(of: phases, delta: delta)
    var (bounds, interval) = bounds(of: phases)
    // Its rounding is far below a thousand-millionth.
    bounds.upper = min(bounds.upper, renyi * (1 + 1e-9))
    let isPrecise = bounds.isClose(precision ?? Self.customary.precision)
    bounds.upper = Self.rounded(bounds.upper, .up)
    bounds.lower = min(bounds.upper, Self.rounded(bounds.lower, .down))
    return Epsilon(
      upper: bounds.upper, lower: bounds.lower, renyi: Self.rounded(renyi, .up), interval: interval,
      isPrecise: isPrecise)
  }

  private func bounds(of phases: [Phase]) -> (EpsilonBounds, interval: Double?) {
    if phases[0].mechanism == .laplace {
      return LaplaceAccount(phase: phases[0], delta: delta, precision: precision ?? 5e-6).epsilon()
    }
    // A record that is in every batch is told apart better than one that is in some.
    let distance = phases.reduce(0) { $0 + Double($1.steps) / ($1.noiseMultiplier * $1.noiseMultiplier) }
    let unsampled = GaussianCurve(distance: distance.squareRoot()).epsilon(at: delta)
    if phases.allSatisfy({ $0.samplingRate == 1 }) { return (unsampled, nil) }
    if phases.contains(where: { $0.noiseMultiplier < Self.smallestNoise }) {
      return (EpsilonBounds(lower: 0, upper: unsampled.upper), nil)
    }
    var (bounds, interval) = SampledAccount(phases: phases, delta: delta, precision: precision).epsilon()
    bounds.upper = min(bounds.upper, unsampled.upper)
    return (bounds, interval)
  }

  /// Away from the true value, to seven digits.
  private static func rounded(_ value: Double, _ rule: FloatingPointRoundingRule) -> Double {
    guard value.isFinite, value > 1e-290 else { return value }
    let unit = pow(10, 6 - log10(value).rounded(.down))
    guard unit.isFinite, unit > 0 else { return value }
    let result = (value * unit).rounded(rule) / unit
    // The division rounds to nearest.
    return rule == .up ? max(value, result) : min(value, result)
  }
}
