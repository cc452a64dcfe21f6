// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// What some shadows say of each record when it was in their training, and when it was not.
///
/// With few shadows a record may have been in none of them, or in all, and a mean over one or two says little. So each mean is
/// drawn towards what is usual for its class, by as much as shadows differ about one record compared with how records differ
/// (empirical Bayes), and deviations towards the common one.
struct ShadowStatistics: Sendable {
  struct Side: Sendable {
    var mean: [Double]
    var deviation: [Double]
    /// The common deviation about one record.
    var common: Double
  }

  private(set) var out: Side
  private(set) var inside: Side
  /// How sure all shadows are of the record, after what membership usually adds was taken off those that had it: twice the values
  /// that either side has alone.
  private(set) var level: [Double]
  /// The mean probability of the right class where the record was not in the training.
  private(set) var meanProbabilityOut: [Double]

  init(_ shadows: ShadowSet, using chosen: [Int], labels: [Int]) {
    out = Self.side(shadows, chosen, labels, member: false)
    inside = Self.side(shadows, chosen, labels, member: true)
    level = Self.level(shadows, chosen)
    meanProbabilityOut = []
    let usual = out.mean.map(Self.probability)
    meanProbabilityOut = labels.indices.map { record in
      // One imagined shadow that says what is usual keeps the mean defined for who was in all of them.
      var (sum, count) = (usual[record], 1.0)
      for shadow in chosen where !shadows.isIn[shadow][record] {
        sum += Self.probability(Double(shadows.margins[shadow][record]))
        count += 1
      }
      return sum / count
    }
  }

  static func probability(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }

  private static func level(_ shadows: ShadowSet, _ chosen: [Int]) -> [Double] {
    var (sums, counts) = ([0.0, 0.0], [0.0, 0.0])
    for shadow in chosen {
      for (margin, isIn) in zip(shadows.margins[shadow], shadows.isIn[shadow]) {
        sums[isIn ? 1 : 0] += Double(margin)
        counts[isIn ? 1 : 0] += 1
      }
    }
    let gap = sums[1] / max(1, counts[1]) - sums[0] / max(1, counts[0])
    return shadows.margins[0].indices.map { record in
      let sum = chosen.reduce(0.0) { sum, shadow in
        sum + Double(shadows.margins[shadow][record]) - (shadows.isIn[shadow][record] ? gap : 0)
      }
      return sum / Double(chosen.count)
    }
  }

  private static func side(
    _ shadows: ShadowSet, _ chosen: [Int], _ labels: [Int], member: Bool
  ) -> Side {
    let records = labels.count
    var counts = [Double](repeating: 0, count: records)
    var sums = counts
    var squares = counts
    for shadow in chosen {
      for record in 0..<records where shadows.isIn[shadow][record] == member {
        let value = Double(shadows.margins[shadow][record])
        counts[record] += 1
        sums[record] += value
        squares[record] += value * value
      }
    }
    let classes = (labels.max() ?? 0) + 1
    var classSums = [Double](repeating: 0, count: classes)
    var classCounts = classSums
    for record in 0..<records {
      classSums[labels[record]] += sums[record]
      classCounts[labels[record]] += counts[record]
    }
    let all = classSums.reduce(0, +) / max(1, classCounts.reduce(0, +))
    let usual = (0..<classes).map { classCounts[$0] > 0 ? classSums[$0] / classCounts[$0] : all }
    // The variance about one record, over all that have two values or more, and that of the records' means.
    var (within, freedom, between, several) = (0.0, 0.0, 0.0, 0.0)
    for record in 0..<records where counts[record] > 0 {
      let mean = sums[record] / counts[record]
      if counts[record] > 1 {
        within += max(0, squares[record] - counts[record] * mean * mean)
        freedom += counts[record] - 1
      }
      let off = mean - usual[labels[record]]
      between += off * off
      several += 1
    }
    let variance = freedom > 0 ? max(within / freedom, 1e-6) : 1
    let perRecord = counts.reduce(0, +) / max(1, several)
    let spread = max(between / max(1, several) - variance / max(1, perRecord), variance * 1e-2)
    let weight = variance / spread
    var side = Side(mean: [], deviation: [], common: variance.squareRoot())
    for record in 0..<records {
      let n = counts[record]
      side.mean.append((sums[record] + weight * usual[labels[record]]) / (n + weight))
      let mean = n > 0 ? sums[record] / n : 0
      let own = n > 1 ? max(0, squares[record] - n * mean * mean) : 0
      // The common variance counts as four values: below a dozen shadows a record's own says little.
      side.deviation.append(((own + 4 * variance) / (max(0, n - 1) + 4)).squareRoot())
    }
    return side
  }
}
