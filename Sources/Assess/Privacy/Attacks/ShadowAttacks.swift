// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletLearners
import MartletTraining

/// The attacks that have shadows. Scores are high for what looks like a member.
struct ShadowAttacks: Sendable {
  let shadows: ShadowSet
  /// Of each record, as a place below the number of classes.
  let labels: [Int]

  private var all: [Int] { Array(0..<shadows.count) }

  /// - Parameter margins: the target's logit of the right class of each record.
  func scores(_ attack: MembershipAttack, margins: [Float], seed: UInt64) -> [Double] {
    if attack == .meta { return meta(margins, seed: seed) }
    return Self.scores(attack, ShadowStatistics(shadows, using: all, labels: labels), margins)
  }

  static func scores(
    _ attack: MembershipAttack, _ statistics: ShadowStatistics, _ margins: [Float]
  ) -> [Double] {
    margins.indices.map { record in
      let logit = Double(margins[record])
      let (out, inside) = (statistics.out, statistics.inside)
      switch attack {
      case .rmia: return rmia(logit, statistics.meanProbabilityOut[record])
      case .liraOffline: return (logit - out.mean[record]) / out.deviation[record]
      default:
        return logDensity(logit, inside.mean[record], inside.deviation[record])
          - logDensity(logit, out.mean[record], out.deviation[record])
      }
    }
  }

  /// The logarithm of p over the mean of shadows with and without the record, of which the first is guessed from the second as in the
  /// paper's offline mode.
  private static func rmia(_ logit: Double, _ meanOut: Double) -> Double {
    let p = ShadowStatistics.probability(logit)
    let a = 0.3
    return log(max(p, 1e-300)) - log(((1 + a) * meanOut + 1 - a) / 2)
  }

  private static func logDensity(_ value: Double, _ mean: Double, _ deviation: Double) -> Double {
    let z = (value - mean) / deviation
    return -z * z / 2 - log(deviation)
  }

  /// Each shadow in turn plays the target, beside the others. Several sets of trees, each grown on half of what is known, are
  /// added up: with few shadows one alone follows chance.
  private func meta(_ margins: [Float], seed: UInt64) -> [Double] {
    var columns = [[Float]](repeating: [], count: Self.featureCount)
    var targets: [Double] = []
    for shadow in all {
      let others = all.filter { $0 != shadow }
      let features = Self.features(
        ShadowStatistics(shadows, using: others, labels: labels), shadows.margins[shadow])
      for column in features.indices { columns[column] += features[column] }
      targets += shadows.isIn[shadow].map { $0 ? 1 : 0 }
    }
    let known = FeatureColumns(columns)
    let asked = FeatureColumns(
      Self.features(ShadowStatistics(shadows, using: all, labels: labels), margins))
    var sums = [Double](repeating: 0, count: margins.count)
    for set in 0..<Self.sets {
      var random = SeededRandom(seed: seed, stream: 2_000 + UInt64(set))
      let weights = targets.map { _ in random.next() >> 63 == 0 ? 1.0 : 0 }
      let trees = BoostedTrees(known, targets: targets, weights: weights, goal: .probability)
      for (record, score) in trees.scores(asked).enumerated() { sums[record] += score }
    }
    return sums
  }

  private static let sets = 4
  private static let featureCount = 10

  private static func features(_ statistics: ShadowStatistics, _ margins: [Float]) -> [[Float]] {
    let ratio = scores(.liraOnline, statistics, margins)
    let rmia = scores(.rmia, statistics, margins)
    let (out, inside) = (statistics.out, statistics.inside)
    var columns = [[Float]](repeating: [], count: featureCount)
    for record in margins.indices {
      let logit = Double(margins[record])
      let row = [
        logit, logit - out.mean[record], logit - inside.mean[record], out.mean[record],
        inside.mean[record] - out.mean[record], out.deviation[record], ratio[record], rmia[record],
        logit - statistics.level[record], statistics.level[record],
      ]
      for column in row.indices { columns[column].append(Float(row[column])) }
    }
    return columns
  }
}
