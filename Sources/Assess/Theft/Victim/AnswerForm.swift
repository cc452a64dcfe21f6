// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How much of an answer whoever asks gets to see.
package enum AnswerForm: String, CaseIterable, Sendable {
  /// All probabilities.
  case full
  /// All probabilities, with one digit behind the point.
  case rounded
  /// The class and its probability, with two digits.
  case top
  /// The class alone.
  case label

  package var words: String {
    switch self {
    case .full: "all probabilities"
    case .rounded: "all, one digit"
    case .top: "the best, two digits"
    case .label: "label only"
    }
  }

  /// What a thief learns from: rows of probabilities, filled up evenly where nothing was said.
  /// - Parameter probabilities: [N, K]
  func learned(from probabilities: [Float], classes: Int) -> [Float] {
    guard self != .full else { return probabilities }
    var table = probabilities
    for start in stride(from: 0, to: table.count, by: classes) {
      let row = start..<start + classes
      let best = row.max { (table[$0], $1) < (table[$1], $0) } ?? start
      switch self {
      case .full: break
      case .rounded:
        for place in row { table[place] = (table[place] * 10).rounded() / 10 }
        let sum = table[row].reduce(0, +)
        for place in row { table[place] = sum > 0 ? table[place] / sum : place == best ? 1 : 0 }
      case .top:
        let said = min(1, (table[best] * 100).rounded() / 100)
        for place in row { table[place] = place == best ? said : (1 - said) / Float(max(1, classes - 1)) }
      case .label:
        for place in row { table[place] = place == best ? 1 : 0 }
      }
    }
    return table
  }
}
