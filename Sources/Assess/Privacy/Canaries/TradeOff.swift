// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// What an attacker against a private training can reach at best: with a true-positive rate of r, the smallest false-positive rate.
enum TradeOff: Sendable, Equatable {
  /// Gaussian differential privacy (Dong, Roth and Su 2022), as training with Gaussian noise has it.
  case gaussian(mu: Double)
  /// (epsilon, delta): any training, whatever its noise.
  case approximate(epsilon: Double, delta: Double)

  func leastFalsePositives(at truePositives: Double) -> Double {
    switch self {
    case .gaussian(let mu): Normal.cumulative(Normal.quantile(truePositives) - mu)
    case .approximate(let epsilon, let delta):
      max(
        0, 1 - delta - exp(epsilon) * (1 - truePositives), exp(-epsilon) * (truePositives - delta))
    }
  }

  /// The epsilon of Gaussian privacy at a delta (Balle and Wang 2018).
  static func epsilon(mu: Double, delta: Double) -> Double {
    guard mu > 0 else { return 0 }
    func spent(_ epsilon: Double) -> Double {
      // The second term is the product of a huge and a tiny number.
      let tail = Normal.cumulative(-epsilon / mu - mu / 2)
      return Normal.cumulative(-epsilon / mu + mu / 2) - (tail > 0 ? exp(epsilon + log(tail)) : 0)
    }
    var (low, high) = (0.0, 1.0)
    guard spent(0) > delta else { return 0 }
    while spent(high) > delta, high < 1e4 { high *= 2 }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if spent(middle) > delta { low = middle } else { high = middle }
    }
    return low
  }
}
