// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why no epsilon can be given.
package enum AccountingError: Error, Equatable, Sendable {
  case noiseMultiplier(Double)
  case samplingRate(Double)
  case steps(Int)
  case phases(Int)
  case delta(Double)
  /// Laplace noise is accounted for without sampling.
  case sampledLaplace(Double)
  /// Laplace noise is accounted for in one phase.
  case laplacePhases(Int)
  case precision(Double)
  case target(Double)
  /// No noise multiplier in the range that is searched reaches the epsilon.
  case unreachable(epsilon: Double, noiseMultiplier: Double)
}

extension AccountingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noiseMultiplier(let value):
      "the noise multiplier is \(value), expected a number above 0 and at most \(Phase.largestNoise): the standard deviation of the noise over the clipping norm"
    case .samplingRate(let value):
      "the sampling rate is \(value), expected a number from 0 to 1: the expected size of a batch over the number of records"
    case .steps(let value):
      "the number of steps is \(value), expected a whole number from 1 to \(Phase.mostSteps)"
    case .phases(let count):
      "there are \(count) phases, expected 1 to \(PrivacyAccount.mostPhases)"
    case .delta(let value):
      "delta is \(value), expected a number from \(PrivacyAccount.smallestDelta) to 1, well below one over the number of records: no finite epsilon holds for Gaussian noise at delta 0"
    case .sampledLaplace(let rate):
      "Laplace noise is accounted for without sampling, found the sampling rate \(rate): leave it out"
    case .laplacePhases(let count):
      "Laplace noise is accounted for in one phase, found \(count)"
    case .precision(let value):
      "the precision is \(value), expected a number from \(PrivacyAccount.finestPrecision) to 0.1: how far apart the bounds may be, as a fraction of epsilon"
    case .target(let value):
      "the wanted epsilon is \(value), expected a finite number above 0"
    case .unreachable(let epsilon, let noise):
      "no noise multiplier up to \(noise) reaches the wanted epsilon: at that one it is \(epsilon); take fewer steps, a smaller sampling rate or a larger epsilon"
    }
  }
}
