// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// How long and how fast a model learns.
package struct TrainingRecipe: Sendable, Equatable {
  package enum Schedule: Sendable, Equatable {
    case constant
    /// Half a cosine from the learning rate to 0, by step (Loshchilov and Hutter 2017).
    case cosine
  }

  /// How often every example is seen.
  package var epochs: Int
  /// Examples a step. The last step of an epoch takes what is left.
  package var batchSize: Int
  package var learningRate: Double
  package var schedule: Schedule
  /// Decides the fresh weights and the order of the examples.
  package var seed: UInt64

  package init(
    epochs: Int = 20, batchSize: Int = 64, learningRate: Double = 2e-3, schedule: Schedule = .cosine,
    seed: UInt64 = 0
  ) {
    (self.epochs, self.batchSize, self.learningRate) = (epochs, batchSize, learningRate)
    (self.schedule, self.seed) = (schedule, seed)
  }

  /// - Parameter step: counted from 0.
  func rate(at step: Int, of steps: Int) -> Double {
    switch schedule {
    case .constant: learningRate
    case .cosine: learningRate * (1 + cos(.pi * Double(step) / Double(max(1, steps)))) / 2
    }
  }

  /// - Throws: ``TrainingError/unsuitableRecipe(parameter:reason:)``.
  func check() throws(TrainingError) {
    guard (0...1_000_000).contains(epochs) else {
      throw .unsuitableRecipe(parameter: "epochs", reason: "expected 0 to a million, found \(epochs)")
    }
    guard batchSize > 0 else {
      throw .unsuitableRecipe(parameter: "batch size", reason: "expected at least 1, found \(batchSize)")
    }
    guard learningRate >= 0, learningRate.isFinite else {
      throw .unsuitableRecipe(parameter: "learning rate", reason: "expected 0 or more, found \(learningRate)")
    }
  }
}
