// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletLearners
import MartletTraining

/// Tells members from non-members without the model: from the records alone. Where that works, the two come from different
/// sources, and an attack's success would say so rather than what the model remembers (Das, Zhang and Tramèr 2024).
struct BlindAttack {
  /// The success above which nothing is measured: its interval lies above it.
  static let refused = 0.6
  private static let parts = 4
  /// More rows make it slower, and not the answer another.
  private static let mostRows = 4_000

  /// How well a forest tells rows that it was not grown on, by inputs and label.
  static func curve(_ features: FeatureColumns, labels: [Int], isMember: [Bool], seed: UInt64) -> RankCurve {
    var random = SeededRandom(seed: seed, stream: 3_000)
    var order = Array(0..<features.rows)
    random.shuffle(&order)
    order = Array(order.prefix(mostRows))
    let all = features.adding([labels.map(Float.init)])
    let targets = isMember.map { $0 ? 1 : 0 }
    var scores = [Double](repeating: 0, count: features.rows)
    for part in 0..<parts {
      let chosen = order.indices.filter { $0 % parts != part }.map { order[$0] }
      let forest = DecisionForest(
        all, labels: targets, classes: 2, rows: chosen,
        recipe: ForestRecipe(trees: 40, depth: 10, leaf: 2, seed: seed &+ UInt64(part)))
      let shares = forest.probabilities(all)
      for place in order.indices where place % parts == part {
        scores[order[place]] = Double(shares[2 * order[place] + 1])
      }
    }
    return RankCurve(order.map { scores[$0] }, isMember: order.map { isMember[$0] })
  }

  /// - Throws: ``PrivacyError/misleading(reason:)`` where records alone tell too much.
  static func check(
    _ features: FeatureColumns, labels: [Int], isMember: [Bool], seed: UInt64
  ) throws(PrivacyError) -> RecordCheck {
    let curve = curve(features, labels: labels, isMember: isMember, seed: seed)
    let interval = curve.aucInterval
    func two(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
    let words =
      "AUC \(two(curve.auc)), 95 % interval \(two(interval.lowerBound)) to \(two(interval.upperBound))"
    guard interval.lowerBound <= refused else {
      throw .misleading(
        reason:
          "members and non-members can be told apart without the model (\(words)), so that an attack would measure how they "
          + "were collected: expected both drawn at random from one source")
    }
    if interval.lowerBound > 0.52 {
      return .noted(
        "one source",
        "without the model, members and non-members can be told apart a little (\(words)): that much of the result is not the "
          + "model's doing")
    }
    return .passed(
      "one source", "without the model, members and non-members cannot be told apart (\(words))")
  }
}
