// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletRuntime
import MartletTraining

/// How shadows are trained.
package struct ShadowRecipe: Sendable, Equatable {
  package var shadows: Int
  /// Decides who is in which shadow, and the fresh weights.
  package var seed: UInt64
  /// The most often that a network sees each record. It stops earlier, as soon as its loss is down to that of the target on known
  /// members.
  package var epochs: Int
  package var batchSize: Int
  package var learningRate: Double

  package init(
    shadows: Int = 8, seed: UInt64 = 0, epochs: Int = 300, batchSize: Int = 64, learningRate: Double = 1e-3
  ) {
    (self.shadows, self.seed, self.epochs) = (shadows, seed, epochs)
    (self.batchSize, self.learningRate) = (batchSize, learningRate)
  }
}

/// Trains shadows of one target on halves of some records.
struct ShadowTraining: Sendable {
  let target: TargetModel
  /// float32 [N, ...]
  let inputs: Tensor
  /// Of each record, below the number of classes.
  let labels: [Int]
  let classes: Int
  let recipe: ShadowRecipe
  /// The target's mean loss on known members, at which networks stop.
  let loss: Double

  /// The logits of the right class of all records by a shadow trained on some of them.
  func margins(shadow: Int, isIn: [Bool]) throws(PrivacyError) -> [Float] {
    let rows = isIn.indices.filter { isIn[$0] }
    let seed = recipe.seed &* 0x1_0001 &+ UInt64(shadow)
    switch target.architecture {
    case .opaque(let reason): throw .records(reason: reason)
    case .network(let trainer): return try network(trainer, rows, seed)
    case .forest(let shape):
      let columns = try columns()
      let forest = DecisionForest(
        columns, labels: labels, classes: classes, rows: rows,
        recipe: ForestRecipe(
          trees: shape.trees, depth: shape.isDepthLimited ? shape.depth : nil,
          leaf: leaf(like: shape, columns, rows), seed: seed))
      return ClassScores(
        kind: .probabilities(clip: target.clip), classes: classes, values: forest.probabilities(columns)
      ).margins(labels)
    }
  }

  private func columns() throws(PrivacyError) -> FeatureColumns {
    let values = try running { () throws(RuntimeError) in try inputs.array(of: Float.self) }
    return FeatureColumns(rowMajor: values, rows: labels.count, count: values.count / max(1, labels.count))
  }

  /// The size of the smallest leaf with which a few trees have about as many leaves as the target's.
  private func leaf(like shape: ForestShape, _ columns: FeatureColumns, _ rows: [Int]) -> Int {
    func off(_ leaf: Int) -> Double {
      let forest = DecisionForest(
        columns, labels: labels, classes: classes, rows: rows,
        recipe: ForestRecipe(
          trees: 5, depth: shape.isDepthLimited ? shape.depth : nil, leaf: leaf, seed: recipe.seed))
      return abs(log(forest.meanLeaves / max(1, shape.meanLeaves)))
    }
    return [1, 2, 3, 5, 8, 12, 20, 32, 50].map { ($0, off($0)) }.min { $0.1 < $1.1 }?.0 ?? 1
  }

  private func network(_ trainer: Trainer, _ rows: [Int], _ seed: UInt64) throws(PrivacyError) -> [Float] {
    let labels = labels
    let model = try trained { () throws(TrainingError) in
      let data = try TrainingData(inputs: inputs, labels: labels.map(Int64.init))
      var state = try trainer.state(.fresh, seed: seed)
      var random = SeededRandom(seed: seed, stream: 3)
      var order = rows
      let steps = recipe.epochs * ((rows.count + recipe.batchSize - 1) / recipe.batchSize)
      var losses: [Double] = []
      for _ in 0..<recipe.epochs {
        random.shuffle(&order)
        var sum = 0.0
        for first in stride(from: 0, to: order.count, by: recipe.batchSize) {
          let part = Array(order[first..<min(first + recipe.batchSize, order.count)])
          let batch = try data.batch(part, classes: classes)
          let loss = try trainer.step(&state, batch, learningRate: recipe.learningRate)
          guard loss.isFinite else {
            throw .diverged(step: state.steps, steps: steps, learningRate: recipe.learningRate)
          }
          sum += Double(loss) * Double(part.count)
        }
        losses.append(sum / Double(max(1, order.count)))
        if let last = losses.last, last <= loss { break }
      }
      return trainer.trained(state, losses: losses)
    }
    let logits = try trained { () throws(TrainingError) in try model.logits(for: inputs) }
    let values = try running { () throws(RuntimeError) in try logits.array(of: Float.self) }
    return ClassScores(kind: .logits, classes: classes, values: values).margins(labels)
  }
}
