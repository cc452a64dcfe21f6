// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The epsilon by Rényi differential privacy: looser than privacy loss distributions, computed in another way, and what many
/// others report. It guards against mistakes in either.
///
/// Whole orders as Mironov, Talwar and Zhang have them (arXiv 1908.10530, 3.3), fractional ones by their series with every
/// term counted as positive, which makes it an upper bound; to epsilon by Balle et al. (arXiv 1905.09982, theorem 21).
enum RenyiAccount {
  /// The orders that are customary, so that figures can be compared.
  static let orders: [Double] = {
    var orders = (1..<100).map { 1 + Double($0) / 10 }
    orders += (11..<64).map { Double($0) }
    return orders + [128, 256, 512, 1024]
  }()

  /// The smallest epsilon over all orders; infinite where none has a finite one.
  static func epsilon(of phases: [Phase], delta: Double) -> Double {
    var best = Double.infinity
    for order in orders {
      let divergence = phases.reduce(0) { $0 + Double($1.steps) * logMoment(of: $1, order) } / (order - 1)
      let epsilon = divergence + log1p(-1 / order) - log(delta * order) / (order - 1)
      if epsilon < best { best = epsilon }
    }
    return max(0, best)
  }

  /// (order - 1) times the Rényi divergence of one step.
  static func logMoment(of phase: Phase, _ order: Double) -> Double {
    let (noise, rate) = (phase.noiseMultiplier, phase.samplingRate)
    if rate == 0 { return 0 }
    if phase.mechanism == .laplace {
      return logSum(
        log(order / (2 * order - 1)) + (order - 1) / noise,
        log((order - 1) / (2 * order - 1)) - order / noise)
    }
    if rate == 1 { return order * (order - 1) / (2 * noise * noise) }
    return order == order.rounded() ? whole(noise, rate, Int(order)) : fractional(noise, rate, order)
  }

  private static func whole(_ noise: Double, _ rate: Double, _ order: Int) -> Double {
    let terms = (0...order).map { index -> Double in
      let i = Double(index)
      return logChoose(Double(order), i) + i * log(rate) + (Double(order) - i) * log1p(-rate)
        + (i * i - i) / (2 * noise * noise)
    }
    let largest = terms.max()!
    return largest + log(terms.reduce(0) { $0 + exp($1 - largest) })
  }

  /// The integral, split where both parts of the mixture are equally likely, so that both series converge.
  private static func fractional(_ noise: Double, _ rate: Double, _ order: Double) -> Double {
    let (logRate, logRest) = (log(rate), log1p(-rate))
    let split = noise * noise * (logRest - logRate) + 0.5
    let variance = 2 * noise * noise
    var (total, before) = (-Double.infinity, Double.infinity)
    for index in 0..<1000 {
      let i = Double(index)
      let rest = order - i
      let choose = logChoose(order, i)
      let below =
        choose + i * logRate + rest * logRest + (i * i - i) / variance
        + NormalTail.log((i - split) / noise)
      let above =
        choose + rest * logRate + i * logRest + (rest * rest - rest) / variance
        + NormalTail.log((split - rest) / noise)
      let term = logSum(below, above)
      total = logSum(total, term)
      if term < before, term < total - 30 { return total }
      before = term
    }
    return .infinity
  }

  /// The logarithm of the magnitude of a binomial coefficient.
  private static func logChoose(_ n: Double, _ k: Double) -> Double {
    lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
  }

  private static func logSum(_ a: Double, _ b: Double) -> Double {
    let (low, high) = a < b ? (a, b) : (b, a)
    return high == -.infinity ? high : high + log1p(exp(low - high))
  }
}
