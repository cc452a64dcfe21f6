// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// What is measured of a query. Each grows with how unlike the held-out rows it is.
package enum DetectionChannel: Int, CaseIterable, Sendable {
  /// The distance of the input to the nearest reference.
  case input
  /// The same in the last layer before the logits, over the length of its activations.
  case layer
  /// How far the runner-up is below the answer in the logits, negated.
  case margin

  package var name: String {
    switch self {
    case .input: "input"
    case .layer: "layer"
    case .margin: "margin"
    }
  }

  /// What is said of a query that stands out in it.
  var words: String {
    switch self {
    case .input: "inputs far from the known ones"
    case .layer: "activations unlike the known ones"
    case .margin: "answers between two classes"
    }
  }

  /// The negated margin of one row.
  /// - Parameters:
  ///   - scores: of one row, at least two.
  ///   - areLogits: otherwise probabilities, whose logarithms are taken.
  static func margin(_ scores: Span<Float>, areLogits: Bool) -> Float {
    var (first, second) = (-Float.infinity, -Float.infinity)
    for place in scores.indices {
      let score = scores[place]
      if score > first {
        (first, second) = (score, first)
      } else if score > second || second == -.infinity {
        second = score
      }
    }
    return areLogits ? second - first : Self.log(second) - Self.log(first)
  }
}

extension DetectionChannel {
  private static func log(_ probability: Float) -> Float { Foundation.log(max(probability, 1e-12)) }
}
