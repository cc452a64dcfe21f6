// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletLearners
import MartletTraining

/// What of the model's certainty its record does not explain. Boosted trees learn, on non-members alone, how certain the model is of a
/// record of that kind; how much more certain it is tells a member.
struct CalibratedLoss {
  private static let parts = 5
  /// More rows and columns make it slower, and hardly better.
  private static let mostRows = 4_000
  static let mostColumns = 64

  /// - Parameters:
  ///   - features: of all records, with the label among them.
  ///   - known: records of which membership may be used. Each is judged by trees that did not see it.
  /// - Returns: a score for each record.
  static func scores(
    _ features: FeatureColumns, margins: [Float], isMember: [Bool], known: [Int], seed: UInt64
  ) -> [Double] {
    var random = SeededRandom(seed: seed, stream: 4_000)
    var order = known
    random.shuffle(&order)
    func expected(_ rows: [Int]) -> [Double] {
      let outside = Array(rows.filter { !isMember[$0] }.prefix(mostRows))
      return BoostedTrees(
        features.rows(outside), targets: outside.map { Double(margins[$0]) }, goal: .value
      ).scores(features)
    }
    var scores = zip(margins, expected(order)).map { Double($0) - $1 }
    for part in 0..<parts {
      let without = order.indices.filter { $0 % parts != part }.map { order[$0] }
      let usual = expected(without)
      for place in order.indices where place % parts == part {
        scores[order[place]] = Double(margins[order[place]]) - usual[order[place]]
      }
    }
    return scores
  }
}
