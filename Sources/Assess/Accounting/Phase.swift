// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What noise is added to a sum over records of which each adds at most 1 in norm.
package enum Mechanism: String, Sendable, CaseIterable {
  /// Normal, with the noise multiplier as its standard deviation; norms are Euclidean.
  case gaussian
  /// Laplace, with the noise multiplier as its scale; norms are sums of magnitudes.
  case laplace
}

/// Steps of training that are all alike: each looks at a random part of the records and adds noise to what it sums up.
package struct Phase: Hashable, Sendable {
  package let mechanism: Mechanism
  /// Of the noise, over the largest norm that one record can add.
  package let noiseMultiplier: Double
  /// With which chance a record is in a batch, independently of all others.
  package let samplingRate: Double
  package let steps: Int

  static let largestNoise = 1e6
  static let mostSteps = 999_999_999

  /// - Throws: `AccountingError` for what is no number, or out of range.
  package init(
    mechanism: Mechanism = .gaussian, noiseMultiplier: Double, samplingRate: Double, steps: Int
  ) throws(AccountingError) {
    guard noiseMultiplier > 0, noiseMultiplier <= Self.largestNoise else {
      throw .noiseMultiplier(noiseMultiplier)
    }
    guard samplingRate >= 0, samplingRate <= 1 else { throw .samplingRate(samplingRate) }
    guard steps >= 1, steps <= Self.mostSteps else { throw .steps(steps) }
    if mechanism == .laplace, samplingRate != 1 { throw .sampledLaplace(samplingRate) }
    self.mechanism = mechanism
    self.noiseMultiplier = noiseMultiplier
    self.samplingRate = samplingRate
    self.steps = steps
  }
}
