// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// ln E e^(order * loss) of one step, by quadrature: close, and without a claim about its error. It only says where to look:
/// which tilt, which grid. The bounds hold whatever it says.
struct MomentCurve: Sendable {
  private let losses: [Double]
  private let logWeights: [Double]

  struct Value {
    let logMoment: Double
    /// Of the loss in the tilted distribution.
    let mean: Double
    let variance: Double
  }

  /// The trapezoidal rule, which is exact to rounding for densities as smooth as these.
  init(_ step: StepLoss, from low: Double, to high: Double) {
    let width = min(0.4 * step.noise, 0.5 * step.noise * step.noise)
    let count = min(200_000, max(64, Int((high - low) / width)))
    let spacing = (high - low) / Double(count)
    var (losses, logWeights) = ([Double](), [Double]())
    for index in 0...count {
      let position = low + Double(index) * spacing
      let loss = step.loss(at: position)
      losses.append(loss)
      logWeights.append(step.logDensity(at: position, loss: loss) + log(spacing))
    }
    self.losses = losses
    self.logWeights = logWeights
  }

  init(losses: [Double], masses: [Double]) {
    self.losses = losses
    logWeights = masses.map(log)
  }

  func callAsFunction(_ order: Double) -> Value {
    var largest = -Double.infinity
    for index in losses.indices { largest = max(largest, logWeights[index] + order * losses[index]) }
    var (sum, first, second) = (0.0, 0.0, 0.0)
    for index in losses.indices {
      let exponent = logWeights[index] + order * losses[index] - largest
      if exponent < -60 { continue }
      let weight = exp(exponent)
      sum += weight
      first += weight * losses[index]
      second += weight * losses[index] * losses[index]
    }
    let mean = first / sum
    return Value(
      logMoment: largest + log(sum), mean: mean, variance: max(0, second / sum - mean * mean))
  }
}

/// Looks for the smallest value of a function with one valley, by golden section.
func valley(of function: (Double) -> Double, from low: Double, to high: Double, rounds: Int) -> Double {
  let golden = 0.5 * (5.0.squareRoot() - 1)
  var (low, high) = (low, high)
  var (left, right) = (high - golden * (high - low), low + golden * (high - low))
  var (atLeft, atRight) = (function(left), function(right))
  for _ in 0..<rounds {
    if atLeft < atRight {
      (high, right, atRight) = (right, left, atLeft)
      left = high - golden * (high - low)
      atLeft = function(left)
    } else {
      (low, left, atLeft) = (left, right, atRight)
      right = low + golden * (high - low)
      atRight = function(right)
    }
  }
  return atLeft < atRight ? left : right
}
