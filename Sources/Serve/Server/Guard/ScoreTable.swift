// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletRuntime

/// The output of a model that has its scores, as rows of classes.
struct ScoreTable: Sendable {
  let name: String
  let tensor: Tensor
  let rows: Int
  /// At least two.
  let classes: Int
  /// [N, K]
  let numbers: Numbers
  /// Whether the model gives one number a row, which is taken for the second of two classes.
  let isLone: Bool

  /// - Parameter rows: of the question.
  /// - Returns: nil for an output that is no such table: it has more dimensions, or none.
  init?(_ tensor: Tensor, named name: String, rows asked: Int) throws(RuntimeError) {
    guard tensor.isFloating, tensor.count > 0, let first = tensor.shape.first,
      tensor.shape.dropFirst(2).allSatisfy({ $0 == 1 })
    else { return nil }
    // Scores of one row without a dimension for rows, or a number for each row.
    let rows = tensor.shape.count > 1 ? first : asked == first ? first : 1
    guard tensor.count % rows == 0 else { return nil }
    (self.name, self.tensor, self.rows) = (name, tensor, rows)
    isLone = tensor.count == rows
    classes = isLone ? 2 : tensor.count / rows
    numbers = isLone ? Numbers(try tensor.rounded.flatMap { [1 - $0, $0] }) : try Numbers(tensor)
  }

  /// What to shape, which of a lone logit is another than what is looked at.
  func shapeable(areLogits: Bool) -> [Float] {
    let scores = numbers.array
    return isLone && areLogits ? scores.enumerated().map { $0.offset % 2 == 0 ? 0 : $0.element } : scores
  }

  /// The output with shaped scores.
  func with(_ shaped: [Float]) throws(RuntimeError) -> Tensor {
    try tensor.with(
      isLone ? stride(from: 1, to: shaped.count, by: 2).map { shaped[$0] } : shaped)
  }

  /// The class of each row.
  var answers: [Int] {
    let scores = numbers.array
    return (0..<rows).map { row in
      var best = 0
      for place in 1..<classes where scores[row * classes + place] > scores[row * classes + best] {
        best = place
      }
      return best
    }
  }
}
