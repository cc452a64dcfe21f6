// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// What a model says of each class of some records, and what an attacker makes of it.
struct ClassScores: Sendable {
  enum Kind: Sendable, Equatable {
    /// Before a softmax.
    case logits
    /// Probabilities, which count as at least `clip` and at most `1 - clip`: a forest cannot say more than its number of trees
    /// allows, and 0 has no logarithm.
    case probabilities(clip: Double)
  }

  let kind: Kind
  let classes: Int
  /// [N, classes]
  let values: [Float]

  init(kind: Kind, classes: Int, values: [Float]) {
    (self.kind, self.classes, self.values) = (kind, classes, values)
  }

  /// Takes scores for probabilities where every row of them is a distribution, for logits otherwise.
  init(likely values: [Float], classes: Int, clip: Double) {
    let isDistribution = stride(from: 0, to: values.count, by: classes).allSatisfy { start in
      let own = values[start..<min(start + classes, values.count)]
      return own.allSatisfy { $0 >= -1e-6 && $0 <= 1 + 1e-4 } && abs(own.reduce(0, +) - 1) < 1e-3
    }
    self.init(kind: isDistribution ? .probabilities(clip: clip) : .logits, classes: classes, values: values)
  }

  var rows: Int { values.count / max(1, classes) }

  /// The logit of the right class: the logarithm of p / (1 - p), exact also where p rounds to 1.
  func margins(_ labels: [Int]) -> [Float] {
    labels.indices.map { row in
      let own = values[row * classes..<(row + 1) * classes]
      let right = Double(own[own.startIndex + labels[row]])
      switch kind {
      case .logits:
        var rest: [Double] = []
        for (place, value) in own.enumerated() where place != labels[row] { rest.append(Double(value)) }
        return Float(right - Self.logSum(rest))
      case .probabilities(let clip):
        let p = min(max(right, clip), 1 - clip)
        return Float(log(p) - log1p(-p))
      }
    }
  }

  /// How undecided the model is, in nats: small for what looks like a member.
  func entropies() -> [Double] {
    (0..<rows).map { row in
      probabilities(row).reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 }
    }
  }

  func probabilities(_ row: Int) -> [Double] {
    let own = values[row * classes..<(row + 1) * classes].map(Double.init)
    switch kind {
    case .logits:
      let sum = Self.logSum(own)
      return own.map { exp($0 - sum) }
    case .probabilities:
      let sum = max(own.reduce(0, +), .leastNormalMagnitude)
      return own.map { max(0, $0) / sum }
    }
  }

  /// Whether the model's first choice is the right class.
  func isRight(_ labels: [Int]) -> [Bool] {
    labels.indices.map { row in
      let own = values[row * classes..<(row + 1) * classes]
      return own.firstIndex(of: own.max() ?? 0) == own.startIndex + labels[row]
    }
  }

  /// The place of a row whose scores are not finite; nil where all are.
  var notFinite: Int? { values.firstIndex { !$0.isFinite }.map { $0 / max(1, classes) } }

  private static func logSum(_ values: [Double]) -> Double {
    let most = values.max() ?? 0
    guard most.isFinite else { return most }
    return most + log(values.reduce(0) { $0 + exp($1 - most) })
  }
}
