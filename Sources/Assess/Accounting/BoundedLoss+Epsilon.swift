// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// An epsilon from below and from above. That they never cross is for the tests to see, so nothing here makes it so.
struct EpsilonBounds: Sendable {
  var lower: Double
  var upper: Double

  /// How far they are apart, as a fraction of the upper one.
  var gap: Double { (upper - lower) / upper }

  /// An epsilon of a ten-millionth is as good as none.
  func isClose(_ precision: Double) -> Bool {
    upper.isFinite && upper - lower <= max(precision * upper, 1e-7)
  }

  /// Both hold.
  func intersected(with other: EpsilonBounds) -> EpsilonBounds {
    EpsilonBounds(lower: max(lower, other.lower), upper: min(upper, other.upper))
  }
}

extension BoundedLoss {
  /// The epsilons at a delta, from below and from above.
  ///
  /// - Parameter roundOff: by how much losses, and masses as a fraction, can be off in all.
  func epsilons(at delta: Double, roundOff: (loss: Double, mass: Double)) -> EpsilonBounds {
    // Sums of as many numbers are off by as many units of rounding, a few for each.
    let slack = roundOff.mass + 0x1p-49 * Double(indices.count)
    let high = epsilon(at: delta * exp(-slack), of: .upper, infinity: infinity) + roundOff.loss
    let low = max(0, epsilon(at: delta * exp(slack), of: .lower, infinity: 0) - roundOff.loss)
    return EpsilonBounds(lower: low, upper: high)
  }

  /// The smallest epsilon at which delta is no larger, from the largest loss down.
  private func epsilon(at delta: Double, of side: Side, infinity: Double) -> Double {
    guard infinity < delta else { return .infinity }
    let masses = masses(side)
    let logDelta = log(delta)
    // In units of delta: the mass at losses above, and the delta at the loss we are at.
    var (mass, excess) = (0.0, infinity / delta)
    let beyond = excess
    var before = loss(indices.count - 1)
    // Of neighbours on the grid, which are most.
    let (decay, fall) = (exp(-interval), -expm1(-interval))
    let rise = exp(tilt * interval)
    var (weight, last, enough) = (0.0, Int.max, 1.0)
    for entry in indices.indices.reversed() {
      let loss = loss(entry)
      let step = before - loss
      let index = indices[entry]
      let isNext = index == last - 1
      let here =
        isNext
        ? beyond + decay * (excess - beyond) + fall * mass
        : beyond + exp(-step) * (excess - beyond) - expm1(-step) * mass
      // Nothing is known from numbers that are none.
      guard here.isFinite else { return side == .upper ? .infinity : 0 }
      if !isNext || index & 63 == 63 {
        // For the 64 losses from here down: it rises as they fall.
        let lowest = loss - 64 * interval
        enough = side == .lower ? 1 + wrapped(at: lowest) / delta : 1 - vanished(at: lowest) / delta
      }
      if here > enough {
        // Between two losses, delta is a straight line in e^epsilon.
        let part = here > excess ? min(1, (here - enough) / (here - excess)) : 0
        return max(0, loss + log1p(part * expm1(step)))
      }
      // Epsilon is never negative.
      if loss <= 0 { return 0 }
      // A chain of products is exact enough for as long as it is short.
      weight = isNext && index & 63 != 0 ? weight * rise : exp(logMoment - logDelta - tilt * loss)
      mass += masses[entry] * weight
      (excess, before, last) = (here, loss, index)
    }
    // Even at the smallest loss there is less than delta.
    return side == .upper ? max(0, before) : 0
  }

  /// What of delta masses can have that were too small for a number when they were tilted: each below 1e-300, and fewer than
  /// 1e40 in all.
  private func vanished(at epsilon: Double) -> Double { exp(logMoment - tilt * epsilon - 598) }

  private func wrapped(at epsilon: Double) -> Double {
    wrapped.below + exp(wrapped.offset - wrapped.order * epsilon)
  }
}
