// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletLearners
import MartletTraining
import Testing

@testable import MartletPrivacy

@Suite("Forests and boosted trees")
struct LearnerTests {
  /// Two features that tell the class only together, and one that tells nothing.
  static func checkers(_ rows: Int, seed: UInt64) -> (features: FeatureColumns, labels: [Int]) {
    var random = SeededRandom(seed: seed, stream: 0)
    func number() -> Float { Float(random.next() >> 40) * 0x1p-24 }
    let columns = (0..<3).map { _ in (0..<rows).map { _ in number() } }
    let labels = (0..<rows).map { (columns[0][$0] < 0.5) == (columns[1][$0] < 0.5) ? 1 : 0 }
    return (FeatureColumns(columns), labels)
  }

  private func accuracy(_ shares: [Float], _ labels: [Int], _ rows: Range<Int>) -> Double {
    Double(rows.count { (shares[2 * $0 + 1] > 0.5) == (labels[$0] == 1) }) / Double(rows.count)
  }

  @Test("a forest learns what two features say together, and the same seed gives the same forest")
  func forest() {
    let (features, labels) = Self.checkers(600, seed: 1)
    func grown(_ seed: UInt64) -> [Float] {
      DecisionForest(
        features, labels: labels, classes: 2, rows: Array(0..<400),
        recipe: ForestRecipe(trees: 20, seed: seed)
      ).probabilities(features)
    }
    let shares = grown(3)
    #expect(accuracy(shares, labels, 0..<400) > 0.99)
    #expect(accuracy(shares, labels, 400..<600) > 0.85)
    #expect(shares == grown(3) && shares != grown(4))
    #expect(shares.allSatisfy { (0...1).contains($0) })
  }

  @Test("the depth and the smallest leaf bound the trees")
  func bounds() {
    let (features, labels) = Self.checkers(300, seed: 2)
    func leaves(_ recipe: ForestRecipe) -> Double {
      DecisionForest(features, labels: labels, classes: 2, rows: Array(0..<300), recipe: recipe).meanLeaves
    }
    #expect(leaves(ForestRecipe(trees: 5, depth: 2)) <= 4)
    #expect(leaves(ForestRecipe(trees: 5, leaf: 50)) <= 6)
    #expect(leaves(ForestRecipe(trees: 5)) > 10)
  }

  @Test("rows that are all the same make one leaf, also where their labels differ")
  func constants() {
    let features = FeatureColumns([[Float](repeating: 7, count: 10)])
    let forest = DecisionForest(
      features, labels: (0..<10).map { $0 % 2 }, classes: 2, rows: Array(0..<10),
      recipe: ForestRecipe(trees: 3))
    #expect(forest.meanLeaves == 1)
  }

  @Test("values that are next to each other are still kept apart")
  func neighbours() {
    let one: Float = 1
    let features = FeatureColumns([[one, one, one.nextUp, one.nextUp, -0.0, -5]])
    let forest = DecisionForest(
      features, labels: [0, 0, 1, 1, 0, 0], classes: 2, rows: Array(0..<6), recipe: ForestRecipe(trees: 30))
    let shares = forest.probabilities(features)
    #expect(shares[1] < 0.5 && shares[2 * 2 + 1] > 0.5)
  }

  @Test("boosted trees learn classes and numbers, and weights of 0 leave rows out")
  func boosting() {
    let (features, labels) = Self.checkers(600, seed: 5)
    let targets = labels.map(Double.init)
    let trees = BoostedTrees(features, targets: targets, goal: .probability)
    let scores = trees.scores(features)
    #expect(RankCurve(scores, isMember: labels.map { $0 == 1 }).auc > 0.95)
    let numbers = BoostedTrees(features, targets: targets.map { 10 * $0 + 3 }, goal: .value).scores(features)
    #expect(zip(numbers, targets).allSatisfy { abs($0 - 8) < 6 && ($0 > 8) == ($1 > 0.5) || abs($0 - 8) < 5 })
    let weights = targets.indices.map { $0 < 300 ? 1.0 : 0 }
    let spoilt = targets.indices.map { $0 < 300 ? targets[$0] : 1 - targets[$0] }
    let half = BoostedTrees(features, targets: spoilt, weights: weights, goal: .probability).scores(features)
    #expect(RankCurve(half, isMember: labels.map { $0 == 1 }).auc > 0.9)
  }

  @Test("boosted trees of two classes are those of the probability of the second")
  func twoClasses() {
    let (features, labels) = Self.checkers(200, seed: 7)
    let recipe = BoostedTrees.Recipe(trees: 12, depth: 3, rate: 0.3, shrinkage: 1, leaf: 1)
    let rows = Array(0..<200)
    let classes = BoostedClassifier(features, labels: labels, classes: 2, rows: rows, recipe: recipe)
      .scores(features)
    let one = BoostedTrees(features, targets: labels.map(Double.init), goal: .probability, recipe: recipe)
      .scores(features)
    for row in rows {
      #expect(abs(classes.values[2 * row + 1] - classes.values[2 * row] - one[row]) < 1e-3)
      #expect(abs(classes.probabilities[2 * row] + classes.probabilities[2 * row + 1] - 1) < 1e-5)
    }
  }

  @Test("boosted trees learn several classes from the rows they are given alone")
  func severalClasses() {
    let (features, _) = Self.checkers(300, seed: 8)
    let labels = (0..<300).map { Int(features.values[$0] * 3) }
    let spoilt = labels.indices.map { $0 < 200 ? labels[$0] : 0 }
    let shares = BoostedClassifier(
      features, labels: spoilt, classes: 3, rows: Array(0..<200),
      recipe: .init(trees: 15, depth: 2, rate: 0.3, shrinkage: 1, leaf: 1)
    ).scores(features).probabilities
    let right = (200..<300).count { row in
      shares[3 * row + labels[row]] == shares[3 * row..<3 * row + 3].max()
    }
    #expect(right > 93)
  }
}
