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
  /// How likely so large a difference is where both directions are as likely, times the number of pairs.
  package let p: Double

  /// Classes that look alike are mistaken for each other in both directions: what goes one way only was done.
  /// - Parameters:
  ///   - joint: [label, class], counts.
  ///   - counts: rows by label.
  static func found(_ joint: [Double], counts: [Int]) -> [TurnedPair] {
    let classes = counts.count
    var rates: [Double] = []
    for label in 0..<classes {
      for other in 0..<classes where other != label { rates.append(joint[label * classes + other]) }
    }
    rates.sort()
    // What usual pairs have.
    let usual = rates.isEmpty ? 0 : rates[rates.count * 3 / 4]
    var found: [TurnedPair] = []
    for label in 0..<classes {
      for other in 0..<classes where other != label {
        let (there, back) = (joint[label * classes + other], joint[other * classes + label])
        let (hits, total) = (Int(there.rounded()), Int((there + back).rounded()))
        guard hits >= 5, there > 3 * usual + 3 else { continue }
        // Both directions are as likely where nobody did anything.
        let p = Binomial.tail(hits, of: total, chance: 0.5) * Double(classes * (classes - 1))
        guard p < 0.001 else { continue }
        found.append(TurnedPair(from: other, to: label, count: there, back: back, p: min(1, p)))
      }
    }
    return found.sorted { $0.count > $1.count }
  }
}
