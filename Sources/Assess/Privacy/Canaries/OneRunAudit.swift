// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// A lower bound on what a training leaks, from one training: many records were each put in or left out by a fair coin, and an attacker
/// guesses which (Steinke, Nasr and Jagielski 2023). The analysis is the one by f-DP of Mahloujifar, Melis and Chaudhuri
/// (arXiv 2410.22235).
///
/// The numbers of guesses are fixed before anything is seen, and each has its share of the error of 5 %, so that choosing the best
/// of them claims nothing false more often than that.
package struct OneRunAudit: Sendable, Equatable {
  /// Guesses, as shares of all canaries.
  static let guessShares = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8]
  static let error = 0.05
  /// Fewer cannot show anything that matters.
  package static let fewest = 100

  package let canaries: Int
  /// Those of the guesses that gave the bound; of the most where none did.
  package let guesses: Int
  package let right: Int
  /// The largest mu of Gaussian privacy that the guesses refute; 0 for none.
  package let mu: Double
  package let delta: Double
  /// The training has at least this epsilon at `delta`, if its noise is Gaussian, with 95 % confidence.
  package let epsilonLower: Double
  /// The same without that assumption.
  package let epsilonLowerAnyNoise: Double

  /// - Parameters:
  ///   - scores: of each canary, high for what looks like it was in.
  ///   - isIn: what the coins said.
  ///   - delta: at which epsilons are told.
  init(_ scores: [Double], isIn: [Bool], delta: Double) {
    let m = scores.count
    let order = scores.indices.sorted { (scores[$0], $0) > (scores[$1], $1) }
    var best: (guesses: Int, right: Int, mu: Double)?
    var any = 0.0
    for share in Self.guessShares {
      let half = Int((share * Double(m) / 2).rounded())
      guard half > 0, 2 * half <= m else { continue }
      let right =
        order.prefix(half).count { isIn[$0] } + order.suffix(half).count { !isIn[$0] }
      let error = Self.error / Double(Self.guessShares.count)
      let mu = Self.largest(20) {
        Self.refutes(.gaussian(mu: $0), m: m, guesses: 2 * half, right: right, error: error)
      }
      any = max(
        any,
        Self.largest(40) {
          Self.refutes(
            .approximate(epsilon: $0, delta: delta), m: m, guesses: 2 * half, right: right, error: error)
        })
      if best.map({ mu >= $0.mu }) ?? true { best = (2 * half, right, mu) }
    }
    (canaries, self.delta) = (m, delta)
    (guesses, right, mu) = best ?? (0, 0, 0)
    epsilonLower = TradeOff.epsilon(mu: mu, delta: delta)
    epsilonLowerAnyNoise = any
  }

  /// Whether so many right guesses have a probability of at most `error` where the training is as private as said.
  static func refutes(_ privacy: TradeOff, m: Int, guesses: Int, right: Int, error: Double) -> Bool {
    guard right > 0, guesses > 0 else { return false }
    // Ever fewer right guesses: r bounds the share of canaries guessed right by then, h that of those guessed wrong.
    var r = error * Double(right) / Double(m)
    var h = error * Double(guesses - right) / Double(m)
    for i in stride(from: right - 1, through: 0, by: -1) {
      let next = max(h, privacy.leastFalsePositives(at: r))
      r = min(1, r + Double(i) / Double(guesses - i) * (next - h))
      h = next
    }
    return r + h > Double(guesses) / Double(m)
  }

  /// The largest value that is refuted; 0 where none is.
  private static func largest(_ most: Double, _ isRefuted: (Double) -> Bool) -> Double {
    guard isRefuted(0) else { return 0 }
    var (low, high) = (0.0, most)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if isRefuted(middle) { low = middle } else { high = middle }
    }
    return low
  }
}
