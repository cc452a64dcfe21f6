// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Gaussian noise without sampling: steps add up to one step with less noise, whose delta has a closed form.
///
/// With mu the distance of the means over the standard deviation,
/// delta(epsilon) = N(mu/2 - epsilon/mu) - e^epsilon N(-mu/2 - epsilon/mu) (Balle and Wang 2018, theorem 8).
struct GaussianCurve {
  /// The square root of the sum of steps / noise multiplier^2.
  let distance: Double

  /// The epsilon at a delta, from below and from above by the rounding of the closed form.
  func epsilon(at delta: Double) -> EpsilonBounds {
    // Both terms agree in as many digits as the distance has zeroes behind the point.
    let slack = 1e-13 * (10 + 10 / distance)
    return EpsilonBounds(
      lower: solve(delta * (1 + slack)) * (1 - 1e-14),
      upper: solve(delta * max(0.5, 1 - slack)) * (1 + 1e-14))
  }

  /// The delta at epsilon = distance * (offset + distance / 2), in a form in which nothing overflows: the densities
  /// at both ends are the same but for e^epsilon.
  private func delta(at offset: Double) -> Double {
    if offset < -30 { return 1 }
    let density = exp(-0.5 * offset * offset) / (2 * Double.pi).squareRoot()
    return density * (NormalTail.millsRatio(offset) - NormalTail.millsRatio(offset + distance))
  }

  private func solve(_ delta: Double) -> Double {
    var (low, high) = (-distance / 2, 60.0)
    if self.delta(at: low) <= delta { return 0 }
    if low < -30 { low = -30 }
    while true {
      let middle = 0.5 * (low + high)
      if middle <= low || middle >= high { break }
      if self.delta(at: middle) > delta { low = middle } else { high = middle }
    }
    return max(0, distance * (high + distance / 2))
  }
}
