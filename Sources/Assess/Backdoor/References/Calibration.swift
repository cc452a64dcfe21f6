// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// What is measured of each class of a model. The larger, the more suspicious.
package enum Statistic: String, Sendable, Codable, CaseIterable {
  /// The logarithm of the largest margin.
  case margin
  /// The logarithm of how small a patch is enough.
  case patch
  /// The logarithm of how little added everywhere is enough.
  case shift
  /// For models without slopes: how well a few values in a few columns turn rows.
  case values

  package var words: String {
    switch self {
    case .margin: "margin"
    case .patch: "patch"
    case .shift: "shift"
    case .values: "values"
    }
  }
}

/// The statistics of one model: by statistic, a number for each class.
struct Observation: Sendable, Equatable {
  var values: [Statistic: [Double]]
  /// The mean over the classes of the share of their rows that the model gets right.
  var accuracy: Double

  /// As it is kept, so that what was kept gives the same as what was just measured.
  var rounded: Observation {
    Observation(
      values: values.mapValues { $0.map { Double(Float($0)) } }, accuracy: Double(Float(accuracy)))
  }

  /// Fewer classes have no middle that a backdoor in one of them leaves alone.
  private static let fewest = 5

  /// Every statistic less the middle one over the classes: how long a model was trained moves all classes alike, a backdoor one. Of
  /// few classes only margins, which grow with training most.
  var centred: [Statistic: [Double]] {
    var result = values
    for (statistic, own) in values where own.count >= Self.fewest || statistic == .margin {
      let sorted = own.sorted()
      let middle = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
      result[statistic] = own.map { $0 - middle }
    }
    return result
  }
}

/// How far each class of a model is from what it is in clean models of the same architecture.
package struct Calibration: Sendable {
  package struct ClassScore: Sendable {
    /// By statistic, in deviations of the references.
    package let deviations: [Statistic: Double]
    /// All together, in deviations of the references.
    package let score: Double
  }

  package let classes: [ClassScore]
  /// The chance that some class of a clean model is so far out, by Student's t over the references and Šidák over the classes.
  package let p: Double
  package let target: Int
  package var score: Double { classes[target].score }

  /// - Parameter references: of clean models, at least three.
  init(_ own: Observation, references: [Observation]) {
    let statistics = Statistic.allCases.filter { own.values[$0] != nil }
    let count = own.values[statistics[0]]?.count ?? 0
    let mine = own.centred
    let others = references.map(\.centred)
    let n = Double(others.count)
    var sums = [Double](repeating: 0, count: count)
    var referenceSums = [[Double]](repeating: sums, count: others.count)
    var deviations = [[Statistic: Double]](repeating: [:], count: count)
    for statistic in statistics {
      let columns = (0..<count).map { label in others.map { $0[statistic]?[label] ?? 0 } }
      let spread = Self.spreads(columns)
      for label in 0..<count {
        let mean = columns[label].reduce(0, +) / n
        let z = ((mine[statistic]?[label] ?? 0) - mean) / spread[label]
        deviations[label][statistic] = z
        sums[label] += z
        for place in others.indices {
          referenceSums[place][label] += (columns[label][place] - mean) / spread[label]
        }
      }
    }
    // The statistics go together: their sum is measured against the sums of the references.
    let spread = Self.spreads((0..<count).map { label in referenceSums.map { $0[label] } })
    let inflation = (1 + 1 / n).squareRoot()
    let scores = (0..<count).map { sums[$0] / (spread[$0] * inflation) }
    classes = zip(deviations, scores).map { ClassScore(deviations: $0, score: $1) }
    target = scores.indices.max { scores[$0] < scores[$1] } ?? 0
    let tail = StudentTail.above(scores[target], freedom: n - 1)
    p = -expm1(Double(count) * log1p(-min(tail, 1 - 1e-12)))
  }

  /// The deviation of each class, drawn towards that of all classes together: few references say little of one class.
  private static func spreads(_ columns: [[Double]]) -> [Double] {
    let variances = columns.map { own -> Double in
      let mean = own.reduce(0, +) / Double(own.count)
      return own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, own.count - 1))
    }
    let common = variances.reduce(0, +) / Double(variances.count)
    let n = Double(columns.first?.count ?? 0) - 1
    return variances.map { ((n * $0 + Self.prior * common) / (n + Self.prior) + 1e-8).squareRoot() }
  }

  /// As many references as the deviation of all classes counts for.
  private static let prior = 10.0
}
