// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// How weights follow their slopes, with the formulas and the defaults of torch.optim. The decay is of all weights alike, biases
/// and norms included, as torch has it for `optimizer(model.parameters())`.
package enum Optimiser: Sendable, Equatable {
  /// torch.optim.SGD: g' = g + decay w; v' = momentum v + g'; w' = w - rate v'.
  case sgd(momentum: Double = 0.9, decay: Double = 0)
  /// torch.optim.AdamW (Loshchilov and Hutter 2019), where the decay is apart from the slope: w' = (1 - rate decay) w -
  /// rate / (1 - b1^t) m / (sqrt(s) / sqrt(1 - b2^t) + epsilon) with the means m of g and s of g^2.
  case adamW(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, decay: Double = 0.01)

  /// The lists, as long as that of the weights, that it keeps from step to step.
  var stateNames: [String] {
    switch self {
    case .sgd(let momentum, _): momentum == 0 ? [] : ["velocity"]
    case .adamW: ["mean", "square"]
    }
  }

  /// The numbers that differ from step to step, in the order of ``Optimiser/rateNames``. Steps count from 1.
  func rates(learningRate: Double, step: Int) -> [Double] {
    switch self {
    case .sgd: [learningRate]
    case .adamW(let beta1, let beta2, _, let decay):
      [
        1 - learningRate * decay, learningRate / (1 - pow(beta1, Double(step))),
        (1 - pow(beta2, Double(step))).squareRoot(),
      ]
    }
  }

  var rateNames: [String] {
    switch self {
    case .sgd: ["rate"]
    case .adamW: ["keep", "rate", "root"]
    }
  }

  /// - Throws: ``TrainingError/unsuitableRecipe(parameter:reason:)``.
  func check() throws(TrainingError) {
    func require(_ isRight: Bool, _ parameter: String, _ reason: String) throws(TrainingError) {
      guard isRight else { throw .unsuitableRecipe(parameter: parameter, reason: reason) }
    }
    switch self {
    case .sgd(let momentum, let decay):
      try require(momentum >= 0 && momentum < 1, "momentum", "expected 0 or more and less than 1")
      try require(decay >= 0 && decay.isFinite, "decay", "expected 0 or more")
    case .adamW(let beta1, let beta2, let epsilon, let decay):
      for beta in [beta1, beta2] {
        try require(beta >= 0 && beta < 1, "beta", "expected 0 or more and less than 1")
      }
      try require(epsilon > 0 && epsilon.isFinite, "epsilon", "expected a number above 0")
      try require(decay >= 0 && decay.isFinite, "decay", "expected 0 or more")
    }
  }
}
