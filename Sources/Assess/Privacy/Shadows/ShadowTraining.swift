// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletLearners
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
  private let target: TargetModel
  /// float32 [N, ...]
  private let inputs: Tensor
  private let labels: [Int]
  private let classes: Int
  private let recipe: ShadowRecipe
  private let loss: Double
  /// Of trees: what they learn from.
  private let trees: (kind: Trees, columns: FeatureColumns)?

  /// How trees like the target's are grown.
  private enum Trees {
    /// But for the seed.
    case forest(ForestRecipe)
    case boosted(BoostedTrees.Recipe)
  }

  /// - Parameters:
  ///   - labels: of each record, below `classes`.
  ///   - loss: the target's mean loss on known members, at which networks stop.
  init(
    of target: TargetModel, inputs: Tensor, labels: [Int], classes: Int, recipe: ShadowRecipe, loss: Double
  ) throws(PrivacyError) {
    (self.target, self.inputs, self.labels) = (target, inputs, labels)
    (self.classes, self.recipe, self.loss) = (classes, recipe, loss)
    guard case .forest(let shape) = target.architecture else {
      trees = nil
      return
    }
    let values = try running { () throws(RuntimeError) in try inputs.array(of: Float.self) }
    let columns = FeatureColumns(
      rowMajor: values, rows: labels.count, count: values.count / max(1, labels.count))
    let half = ShadowSet.half(of: labels.count, seed: recipe.seed, shadow: 0)
    let rows = half.indices.filter { half[$0] }
    let kind: Trees =
      if let rounds = shape.rounds {
        .boosted(Self.boosted(shape, rounds, columns, labels, classes, rows, loss))
      } else {
        .forest(Self.forest(shape, columns, labels, classes, rows, recipe.seed))
      }
    trees = (kind, columns)
  }

  /// With the smallest leaf with which a few trees have about as many leaves as the target's.
  private static func forest(
    _ shape: ForestShape, _ columns: FeatureColumns, _ labels: [Int], _ classes: Int, _ rows: [Int],
    _ seed: UInt64
  ) -> ForestRecipe {
    func grown(_ leaf: Int, _ trees: Int) -> ForestRecipe {
      ForestRecipe(trees: trees, depth: shape.isDepthLimited ? shape.depth : nil, leaf: leaf, seed: seed)
    }
    let leaves = [1, 2, 3, 5, 8, 12, 20, 32, 50].map { leaf -> (leaf: Int, off: Double) in
      let few = DecisionForest(
        columns, labels: labels, classes: classes, rows: rows, recipe: grown(leaf, 5))
      return (leaf, abs(log(few.meanLeaves / max(1, shape.meanLeaves))))
    }
    return grown(leaves.min { $0.off < $1.off }?.leaf ?? 1, shape.trees)
  }

  /// A file does not say how far each tree went: as far as gives about the loss that the target has on known members.
  private static func boosted(
    _ shape: ForestShape, _ rounds: Int, _ columns: FeatureColumns, _ labels: [Int], _ classes: Int,
    _ rows: [Int], _ loss: Double
  ) -> BoostedTrees.Recipe {
    let depth = max(1, min(shape.depth, Int(log2(max(2, shape.meanLeaves)).rounded(.up)), 8))
    func recipe(_ rate: Double) -> BoostedTrees.Recipe {
      .init(trees: rounds, depth: depth, rate: rate, shrinkage: 1, leaf: 1)
    }
    let rates = [0.02, 0.05, 0.1, 0.2, 0.4].map { rate -> (rate: Double, off: Double) in
      let scores = BoostedClassifier(
        columns, labels: labels, classes: classes, rows: rows, recipe: recipe(rate)
      )
      .scores(columns)
      let own = rows.reduce(0.0) { $0 - scores.logProbability(of: labels[$1], row: $1) } / Double(rows.count)
      return (rate, abs(log(max(own, 1e-9) / max(loss, 1e-9))))
    }
    return recipe(rates.min { $0.off < $1.off }?.rate ?? 0.1)
  }

  /// The logits of the right class of all records by a shadow trained on some of them.
  func margins(shadow: Int, isIn: [Bool]) throws(PrivacyError) -> [Float] {
    let rows = isIn.indices.filter { isIn[$0] }
    let seed = recipe.seed &* 0x1_0001 &+ UInt64(shadow)
    if case .network(let trainer) = target.architecture { return try network(trainer, rows, seed) }
    guard let trees else { throw .records(reason: target.architectureWords) }
    switch trees.kind {
    case .forest(var grown):
      grown.seed = seed
      let forest = DecisionForest(trees.columns, labels: labels, classes: classes, rows: rows, recipe: grown)
      return ClassScores(
        kind: .probabilities(clip: target.clip), classes: classes,
        values: forest.probabilities(trees.columns)
      ).margins(labels)
    case .boosted(let grown):
      let boosted = BoostedClassifier(
        trees.columns, labels: labels, classes: classes, rows: rows, recipe: grown)
      return ClassScores(
        kind: .probabilities(clip: target.clip), classes: classes,
        values: boosted.scores(trees.columns).probabilities
      ).margins(labels)
    }
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
