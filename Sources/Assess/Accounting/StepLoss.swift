// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Which way two data sets differ: a record is there and is removed, or is not there and is added.
enum Direction: Sendable, CaseIterable {
  case remove, add
}

/// The privacy loss of one step of Poisson-subsampled Gaussian noise, as a function of where the output lies.
///
/// Outputs come from P and are held against Q. For `remove`, P = (1-q) N(0, s²) + q N(1, s²) and Q = N(0, s²); for `add` the
/// two are swapped. No pair of neighbouring data sets is told apart better (Zhu, Dong and Wang 2022, theorem 11). The output
/// is mirrored for `add`, so that the loss grows with the position in both.
struct StepLoss: Sendable {
  let noise: Double
  let rate: Double
  let direction: Direction

  private let variance: Double
  private let logRate: Double
  private let logScale: Double

  init(noise: Double, rate: Double, direction: Direction) {
    self.noise = noise
    self.rate = rate
    self.direction = direction
    variance = noise * noise
    logRate = log(rate)
    logScale = log(noise) + 0.5 * log(2 * Double.pi)
  }

  /// ln(P/Q) at a position.
  func loss(at position: Double) -> Double {
    direction == .remove ? ratio(position) : -ratio(-position)
  }

  /// ln of the density of P at a position whose loss is given.
  func logDensity(at position: Double, loss: Double) -> Double {
    -position * position / (2 * variance) - logScale + (direction == .remove ? loss : 0)
  }

  /// Where the loss is `loss`; infinite where it is never so small or so large.
  func position(of loss: Double) -> Double {
    direction == .remove ? output(loss) : -output(-loss)
  }

  /// How fast the logarithms of the densities change, per unit of position.
  func slope(at position: Double) -> Double {
    (1 + (abs(position) + 1) / noise) / noise
  }

  /// The position of the outputs that are as near to 0 as to 1.
  var border: Double { direction == .remove ? 0.5 : -0.5 }

  /// The loss of all outputs together that are nearer to 0 than to 1. With little noise that is most outputs, and all have
  /// about this loss.
  var bulk: Double {
    let inside = 0.5 * erfc(-0.5 / noise * 0.5.squareRoot())
    let reached = 0.5 * erfc(0.5 / noise * 0.5.squareRoot())
    let ratio = log1p(rate * (reached / inside - 1))
    return direction == .remove ? ratio : -ratio
  }

  /// The largest loss there can be.
  var largest: Double { direction == .remove ? .infinity : -log1p(-rate) }

  /// ln(1 - q + q e^y), y the log ratio of the two normal densities.
  private func ratio(_ output: Double) -> Double {
    let y = (output - 0.5) / variance
    if rate == 1 { return y }
    return y < 700 ? log1p(rate * expm1(y)) : y + logRate
  }

  private func output(_ ratio: Double) -> Double {
    if rate == 1 { return variance * ratio + 0.5 }
    let y: Double
    if ratio > 1 {
      y = ratio - logRate + log1p((rate - 1) * exp(-ratio))
    } else {
      let change = expm1(ratio) / rate
      if change <= -1 { return -.infinity }
      y = log1p(change)
    }
    return variance * y + 0.5
  }
}
