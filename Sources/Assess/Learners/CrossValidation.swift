// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import MartletTraining
import Synchronization

/// What learners say about rows that they have not seen: each part of the rows is judged by learners of the other parts.
package struct CrossValidation: Sendable {
  package struct Recipe: Sendable {
    package var folds = 5
    package var trees = 100
    package var seed: UInt64 = 0

    package init() {}
  }

  /// [rows, classes]: the mean of a forest and of logistic regression.
  package let probabilities: [Float]
  package let classes: Int
  /// How often the most likely class is the label, of the two and of both together.
  package let accuracy: (forest: Double, linear: Double, both: Double)

  /// - Parameters:
  ///   - values: row after row of `width` features, finite.
  ///   - labels: below `classes`, at least two rows of each class that occurs.
  package init(_ values: [Float], width: Int, labels: [Int], classes: Int, recipe: Recipe = .init()) {
    let folds = Self.folds(labels, classes, recipe)
    let columns = FeatureColumns(rowMajor: values, rows: labels.count, count: width)
    let made = Mutex(
      (
        forest: [Float](repeating: 0, count: labels.count * classes),
        linear: [Float](repeating: 0, count: labels.count * classes)
      )
    )
    // Two jobs a fold, which are of about one length on all cores.
    DispatchQueue.concurrentPerform(iterations: 2 * recipe.folds) { job in
      let fold = job / 2
      let others = labels.indices.filter { folds[$0] != fold }
      let own = labels.indices.filter { folds[$0] == fold }
      guard !own.isEmpty, !others.isEmpty else { return }
      let found: [Float]
      if job.isMultiple(of: 2) {
        let forest = DecisionForest(
          columns, labels: labels, classes: classes, rows: others,
          recipe: ForestRecipe(trees: recipe.trees, seed: recipe.seed &+ UInt64(fold)))
        let all = forest.probabilities(columns.rows(own))
        found = all
      } else {
        found = SoftmaxRegression(values, width: width, labels: labels, classes: classes, rows: others)
          .probabilities(values, rows: own)
      }
      made.withLock { made in
        for (place, row) in own.enumerated() {
          for label in 0..<classes {
            let value = found[place * classes + label]
            if job.isMultiple(of: 2) {
              made.forest[row * classes + label] = value
            } else {
              made.linear[row * classes + label] = value
            }
          }
        }
      }
    }
    let (forest, linear) = made.withLock { $0 }
    let both = zip(forest, linear).map { ($0 + $1) / 2 }
    func accuracy(_ probabilities: [Float]) -> Double {
      let right = labels.indices.count { row in
        let all = probabilities[row * classes..<(row + 1) * classes]
        return all.firstIndex(of: all.max()!)! - all.startIndex == labels[row]
      }
      return Double(right) / Double(max(1, labels.count))
    }
    self.accuracy = (accuracy(forest), accuracy(linear), accuracy(both))
    // Where one of the two is clearly better, the other only blurs what it says.
    let gap = self.accuracy.forest - self.accuracy.linear
    probabilities = abs(gap) < 0.02 ? both : gap > 0 ? forest : linear
    self.classes = classes
  }

  /// The fold of each row: every class is spread evenly.
  private static func folds(_ labels: [Int], _ classes: Int, _ recipe: Recipe) -> [Int] {
    var random = SeededRandom(seed: recipe.seed, stream: 7)
    var order = Array(labels.indices)
    random.shuffle(&order)
    var next = [Int](repeating: 0, count: classes)
    var folds = [Int](repeating: 0, count: labels.count)
    for row in order {
      folds[row] = next[labels[row]] % recipe.folds
      next[labels[row]] += 1
    }
    return folds
  }
}
