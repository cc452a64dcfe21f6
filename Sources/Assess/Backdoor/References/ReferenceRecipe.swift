// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletFormats
import MartletRuntime
import MartletTraining

/// How clean models are trained for comparison.
package struct ReferenceRecipe: Sendable, Equatable {
  package var count: Int
  package var seed: UInt64
  package var batchSize = 64

  /// What nobody knows of the model's own training: the references are trained in all of these ways in turn.
  static let ways: [(epochs: Int, rate: Double)] = [
    (40, 2e-3), (20, 4e-3), (80, 1e-3), (30, 1e-3), (60, 3e-3),
  ]

  package init(count: Int = 20, seed: UInt64 = 0) { (self.count, self.seed) = (count, seed) }

  /// The training of one of them.
  func training(_ place: Int) -> TrainingRecipe {
    let way = Self.ways[place % Self.ways.count]
    return TrainingRecipe(
      epochs: way.epochs, batchSize: batchSize, learningRate: way.rate,
      seed: seed &* 0x1_0001 &+ UInt64(place) &+ 1)
  }
}
