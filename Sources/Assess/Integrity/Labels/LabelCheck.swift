// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletLearners

/// Which labels are likely wrong: what learners say about rows that they have not seen (confident learning; Northcutt, Jiang and
/// Chuang 2021), and what the nearest rows are labelled, put together by rank.
///
/// Where many labels of one class were turned into those of another, learners and neighbours say both, each a bit: a row like those
/// that were turned is then no more doubtful by its label than one that was left. So both are first freed from the turning: how often
/// each class got which label is known from the confident joint, and what is looked for is the mixture of classes that would give the
/// labels that were said (expectation and maximisation, row by row).
struct LabelCheck: Sendable {
  /// How suspicious each label is, from 0 to 1: the mean of two ranks.
  let scores: [Double]
  /// The class that the row more likely has.
  let suggested: [Int]
  /// How likely the label is, freed from turned labels: by the learners and by the neighbours.
  let confidence: [(learners: Float, neighbours: Float)]
  /// Estimated counts, [label, class].
  let joint: [Double]
  let classes: Int
  /// Rows whose labels are taken for wrong, by the confident joint.
  let wrong: [Int]

  /// Whether a label is less likely than all others together, freed from turned labels.
  func isDoubtful(_ row: Int) -> Bool { confidence[row].learners + confidence[row].neighbours < 1 }

  /// Estimated counts, [label, class], by the joint or by the rows that are doubtful, whichever is more: where many labels were turned,
  /// learners are sure of few rows of that class, and the joint counts those alone.
  func counts(_ labels: [Int]) -> [Double] {
    var doubtful = [Double](repeating: 0, count: classes * classes)
    for (row, label) in labels.enumerated() where isDoubtful(row) && suggested[row] != label {
      doubtful[label * classes + suggested[row]] += 1
    }
    return zip(joint, doubtful).map { max($0, $1) }
  }
  let accuracy: Double

  static let neighbours = 10

  init(
    _ rows: TrainingRows, _ prepared: PreparedRows, _ neighbours: Neighbours, seed: UInt64 = 0,
    trees: Int? = nil
  ) {
    var recipe = CrossValidation.Recipe()
    recipe.seed = seed
    recipe.trees = trees ?? max(25, min(100, 400_000 / rows.count))
    let judged = CrossValidation(
      prepared.values, width: prepared.width, labels: rows.labels, classes: rows.classes.count, recipe: recipe
    )
    self.init(
      rows.labels, rows.classes.count, judged.probabilities, neighbours, accuracy: judged.accuracy.both)
  }

  /// - Parameter probabilities: [rows, classes], of learners that have not seen the row.
  init(
    _ labels: [Int], _ classes: Int, _ probabilities: [Float], _ neighbours: Neighbours, accuracy: Double
  ) {
    self.classes = classes
    self.accuracy = accuracy
    joint = Self.joint(labels, classes, probabilities)
    let turning = Self.turning(joint, classes)
    var said = [Float](repeating: 0, count: classes)
    var learners: [Float] = []
    var near: [Float] = []
    var (plainLearners, plainNear): ([Float], [Float]) = ([], [])
    var suggested: [Int] = []
    for (row, label) in labels.enumerated() {
      let own = Array(probabilities[row * classes..<(row + 1) * classes])
      said = said.map { _ in 0 }
      let each = neighbours[row]
      for other in each { said[labels[other]] += 1 / Float(each.count) }
      plainLearners.append(own[label])
      plainNear.append(said[label])
      let freed = Self.freed(own, turning, classes)
      // A tenth of what the learners say breaks ties among ten neighbours.
      let nearFreed = Self.freed(zip(said, own).map { 0.9 * $0 + 0.1 * $1 }, turning, classes)
      learners.append(freed[label])
      near.append(nearFreed[label])
      let both = zip(freed, nearFreed).map { $0 + $1 }
      suggested.append(both.indices.filter { $0 != label }.max { both[$0] < both[$1] } ?? label)
    }
    let first = Self.ranks(zip(learners, plainLearners).map { $0 + 1e-5 * $1 })
    let second = Self.ranks(zip(near, plainNear).map { $0 + 1e-5 * $1 })
    let scores = zip(first, second).map { ($0 + $1) / 2 }
    self.scores = scores
    self.suggested = suggested
    confidence = Array(zip(learners, near)).map { (learners: $0.0, neighbours: $0.1) }
    var off = 0.0
    for label in 0..<classes {
      for other in 0..<classes where other != label { off += joint[label * classes + other] }
    }
    let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
    wrong = order.prefix(Int(off.rounded())).filter { learners[$0] + near[$0] < 0.8 }
  }

  /// How many rows with each label have which class: rows count that are more likely in a class than rows with its label are on average.
  private static func joint(_ labels: [Int], _ classes: Int, _ probabilities: [Float]) -> [Double] {
    var (sums, counts) = ([Double](repeating: 0, count: classes), [Double](repeating: 0, count: classes))
    for (row, label) in labels.enumerated() {
      sums[label] += Double(probabilities[row * classes + label])
      counts[label] += 1
    }
    let thresholds = (0..<classes).map { counts[$0] > 0 ? sums[$0] / counts[$0] : 1 }
    var joint = [Double](repeating: 0, count: classes * classes)
    for (row, label) in labels.enumerated() {
      var best = -1
      for other in 0..<classes {
        let value = Double(probabilities[row * classes + other])
        guard value >= thresholds[other] else { continue }
        if best < 0 || value > Double(probabilities[row * classes + best]) { best = other }
      }
      if best >= 0 { joint[label * classes + best] += 1 }
    }
    for label in 0..<classes {
      let cells = label * classes..<(label + 1) * classes
      let sum = joint[cells].reduce(0, +)
      guard sum > 0 else {
        joint[label * classes + label] = counts[label]
        continue
      }
      for cell in cells { joint[cell] *= counts[label] / sum }
    }
    return joint
  }

  /// How often a class got which label, [class, label].
  private static func turning(_ joint: [Double], _ classes: Int) -> [Float] {
    var turning = [Float](repeating: 0, count: classes * classes)
    for other in 0..<classes {
      let sum = (0..<classes).reduce(0) { $0 + joint[$1 * classes + other] }
      for label in 0..<classes {
        turning[other * classes + label] =
          sum > 0 ? Float(joint[label * classes + other] / sum) : (label == other ? 1 : 0)
      }
    }
    return turning
  }

  /// The mixture of classes that best gives the labels that were said.
  private static func freed(_ said: [Float], _ turning: [Float], _ classes: Int) -> [Float] {
    var mixture = [Float](repeating: 1 / Float(classes), count: classes)
    var next = mixture
    for _ in 0..<60 {
      for index in 0..<classes { next[index] = 0 }
      for label in 0..<classes where said[label] > 0 {
        var expected: Float = 1e-9
        for other in 0..<classes { expected += mixture[other] * turning[other * classes + label] }
        let factor = said[label] / expected
        for other in 0..<classes { next[other] += factor * mixture[other] * turning[other * classes + label] }
      }
      let sum = max(next.reduce(0, +), .leastNormalMagnitude)
      for index in 0..<classes { mixture[index] = next[index] / sum }
    }
    return mixture
  }

  /// From 0 for the largest value to 1 for the smallest; equal ones share their ranks.
  private static func ranks(_ values: [Float]) -> [Double] {
    let order = values.indices.sorted { values[$0] > values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var at = 0
    while at < order.count {
      var end = at
      while end + 1 < order.count, values[order[end + 1]] == values[order[at]] { end += 1 }
      for place in at...end { ranks[order[place]] = Double(at + end) / 2 / Double(max(1, values.count - 1)) }
      at = end + 1
    }
    return ranks
  }
}
