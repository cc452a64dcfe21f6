// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The privacy loss of some steps, from both sides: a distribution on a grid that tells the two data sets apart at least as
/// well, and one that tells them apart at most as well.
///
/// Masses are tilted: entry `i` stands for the mass `upper[i] * exp(logMoment - tilt * loss)` at the loss
/// `offset + indices[i] * interval`. So what lies far out, where a small delta is decided, is as large a number as the rest.
/// The masses are those of P; those of Q follow from the loss.
struct BoundedLoss: Sendable {
  let interval: Double
  /// Of index 0.
  let offset: Double
  let tilt: Double
  var logMoment: Double
  /// In rising order.
  var indices: [Int]
  var upper: [Double]
  var lower: [Double]
  /// What `upper` has beyond all losses. `lower` has nothing there.
  var infinity: Double
  /// What of `lower` may be there by mistake.
  var wrapped = Wrapped()

  enum Side { case upper, lower }

  func masses(_ side: Side) -> [Double] { side == .upper ? upper : lower }

  func loss(_ entry: Int) -> Double { offset + Double(indices[entry]) * interval }

  /// Makes the tilted masses of `upper` sum up to 1, so that powers of their transform stay within numbers.
  mutating func normalise() {
    let sum = upper.reduce(0, +)
    guard sum > 0, sum.isFinite else { return }
    logMoment += log(sum)
    for entry in indices.indices {
      upper[entry] /= sum
      lower[entry] /= sum
    }
  }

  /// By how much a computed loss and a mass (as a fraction) of one step can be off, for all that is computed before the
  /// composition: quadrature, exponentials, sums.
  static func roundOff(largestLoss: Double) -> (loss: Double, mass: Double) {
    (1e-14 * (1 + largestLoss), 2e-13)
  }
}

/// How much a sum in a window that is shorter than the sum can overstate delta at an epsilon in the window: mass from beyond
/// one end comes in at the other.
struct Wrapped: Sendable {
  /// From below the window, at any epsilon.
  var below = 0.0
  /// From above: exp(offset - order * epsilon).
  var offset = -Double.infinity
  var order = 0.0
}

/// Masses at losses that are on no grid, in rising order; tilted as those of a `BoundedLoss`.
struct LossAtoms {
  var losses: [Double] = []
  var masses: [Double] = []
}
