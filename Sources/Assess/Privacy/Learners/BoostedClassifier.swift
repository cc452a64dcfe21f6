// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletLearners

/// Boosted trees that tell classes: one tree for each class and round on the slope of the softmax, and one a round where there are
/// two classes (Friedman 2001, with the leaves of ``BoostedTrees``).
struct BoostedClassifier: Sendable {
  /// Scores before the softmax, [rows, classes].
  struct Scores: Sendable {
    let classes: Int
    var values: [Double]

    func logProbability(of label: Int, row: Int) -> Double {
      let scores = values[row * classes..<(row + 1) * classes]
      let most = scores.max() ?? 0
      return values[row * classes + label] - most - log(scores.reduce(0) { $0 + exp($1 - most) })
    }

    var probabilities: [Float] {
      (0..<values.count).map { Float(exp(logProbability(of: $0 % classes, row: $0 / classes))) }
    }
  }

  private let classes: Int
  /// By round; of two classes, those of the second one.
  private var trees: [[BoostedTrees.Tree]] = []
  private let base: [Double]

  /// - Parameters:
  ///   - labels: of all rows, below `classes`.
  ///   - chosen: the rows to learn from.
  ///   - recipe: its `trees` are rounds.
  init(
    _ features: FeatureColumns, labels: [Int], classes: Int, rows chosen: [Int], recipe: BoostedTrees.Recipe
  ) {
    self.classes = classes
    let own = features.rows(chosen)
    let answers = chosen.map { labels[$0] }
    base = (0..<classes).map { label in
      log(max(Double(answers.count { $0 == label }), 0.5) / Double(max(1, answers.count)))
    }
    let bins = BoostedTrees.Bins(own)
    var scores = Scores(classes: classes, values: answers.flatMap { _ in base })
    var slopes = [Double](repeating: 0, count: answers.count)
    var curvatures = slopes
    let grown = classes == 2 ? 1..<2 : 0..<classes
    for _ in 0..<recipe.trees {
      let likely = scores.probabilities
      var round: [BoostedTrees.Tree] = []
      for label in grown {
        for row in answers.indices {
          let p = Double(likely[row * classes + label])
          slopes[row] = p - (answers[row] == label ? 1 : 0)
          curvatures[row] = max(p * (1 - p), 1e-9)
        }
        let (tree, places) = BoostedTrees.grown(bins, slopes, curvatures, recipe)
        for row in answers.indices { scores.values[row * classes + label] += tree.leaves[places[row]] }
        round.append(tree)
      }
      trees.append(round)
    }
  }

  func scores(_ features: FeatureColumns) -> Scores {
    var scores = Scores(classes: classes, values: (0..<features.rows).flatMap { _ in base })
    let (values, rows) = (features.values, features.rows)
    for round in trees {
      for (label, tree) in zip(classes == 2 ? 1..<2 : 0..<classes, round) {
        for row in 0..<rows { scores.values[row * classes + label] += tree.value(values, row, of: rows) }
      }
    }
    return scores
  }
}
