// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What one in M held-out rows exceeds, and how often a benign query may.
///
/// Of n exchangeable scores the k-th largest is exceeded by the next with a probability that is Beta(k + 1, n - k) over the
/// draw of the n, ties aside (Vovk 2012, on conditional validity). ``rate`` bounds it but for a share `eta` of all draws.
package struct ConformalThreshold: Codable, Equatable, Sendable {
  package let oneIn: Int
  package let score: Float
  package let rate: Double

  /// One in so many.
  package static let shares = [3, 10, 40]

  /// - Parameter sorted: the scores of n held-out rows, ascending.
  init(_ sorted: [Float], oneIn: Int, eta: Double) {
    let exceeding = sorted.count / oneIn
    self.oneIn = oneIn
    score = sorted[sorted.count - 1 - exceeding]
    rate = RegularisedBeta.quantile(1 - eta, Double(exceeding + 1), Double(sorted.count - exceeding))
  }
}
