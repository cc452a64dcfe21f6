// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Labels of one class that were turned into those of another, in one direction.
package struct TurnedPair: Sendable, Equatable {
  /// The class that the rows have, and the label that they got.
  package let from: Int
  package let to: Int
  /// How many rows with that label are estimated to be of the other class, and how many the other way round.
  package let count: Double
  package let back: Double
  /// How likely so many are by chance: by what other pairs of classes have, and by what the other direction has; the larger of both.
  package let p: Double

  /// Classes that look alike are mistaken for each other in both directions, and other pairs hardly ever: what is frequent and goes
  /// one way was done.
  /// - Parameters:
  ///   - joint: [label, class], counts.
  ///   - counts: rows by label.
  static func found(_ joint: [Double], counts: [Int]) -> [TurnedPair] {
    let classes = counts.count
    var found: [TurnedPair] = []
    for label in 0..<classes {
      for other in 0..<classes where other != label {
        let (there, back) = (joint[label * classes + other], joint[other * classes + label])
        let (hits, total) = (Int(there.rounded()), Int((there + back).rounded()))
        guard hits >= 5 else { continue }
        let usual = Self.usual(joint, classes, label, other)
        let frequent = Tails.poisson(hits, rate: max(1, 3 * usual)) * Double(classes * (classes - 1))
        let oneWay = Tails.binomial(hits, of: total, chance: 0.5)
        guard frequent < 0.001, oneWay < 0.01 else { continue }
        found.append(
          TurnedPair(from: other, to: label, count: there, back: back, p: min(1, max(frequent, oneWay))))
      }
    }
    return found.sorted { $0.count > $1.count }
  }

  /// The mean of all other pairs but the two of these classes; where there are none, what the other direction has.
  private static func usual(_ joint: [Double], _ classes: Int, _ label: Int, _ other: Int) -> Double {
    guard classes > 2 else { return joint[other * classes + label] }
    var (sum, pairs) = (0.0, 0.0)
    for a in 0..<classes {
      for b in 0..<classes where a != b && Set([a, b]) != [label, other] {
        sum += joint[a * classes + b]
        pairs += 1
      }
    }
    return sum / pairs
  }
}
