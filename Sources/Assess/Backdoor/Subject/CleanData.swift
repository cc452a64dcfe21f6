// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletRuntime

/// Clean data: what a trigger is searched on, and what references learn.
package struct CleanData: Sendable {
  /// float32 [N, ...], and the class of each row.
  package let inputs: Tensor
  package let labels: [Int64]
  /// Of a part that references learn from; nil where they learn from the same rows.
  package let learned: (inputs: Tensor, labels: [Int64])?
  /// What the columns of a table are called.
  package let names: [String]?

  package init(
    inputs: Tensor, labels: [Int64], learned: (inputs: Tensor, labels: [Int64])? = nil,
    names: [String]? = nil
  ) {
    (self.inputs, self.labels, self.learned, self.names) = (inputs, labels, learned, names)
  }

  /// The fewest rows of a class.
  private static let fewest = 5

  /// - Throws: ``BackdoorError/data(reason:)`` naming the row or the class.
  func check(classes: Int) throws(BackdoorError) {
    for (inputs, labels) in [(inputs, labels)] + (learned.map { [($0.inputs, $0.labels)] } ?? []) {
      let values = try running { () throws(RuntimeError) in try inputs.array(of: Float.self) }
      let width = values.count / max(1, inputs.rowCount ?? 1)
      if let place = values.firstIndex(where: { !$0.isFinite }) {
        throw .data(reason: "expected finite inputs, found NaN or infinity in row \(place / max(1, width))")
      }
      guard labels.count == inputs.rowCount else {
        throw .data(
          reason: "expected a label for each of \(inputs.rowCount ?? 0) rows, found \(labels.count)")
      }
      if let row = labels.firstIndex(where: { $0 < 0 || $0 >= Int64(classes) }) {
        throw .data(
          reason:
            "expected labels from 0 to \(classes - 1), since the model has \(classes) classes; found \(labels[row]) in row \(row)"
        )
      }
      for label in 0..<Int64(classes) {
        let count = labels.count { $0 == label }
        guard count >= Self.fewest else {
          throw .data(
            reason:
              "expected at least \(Self.fewest) rows of each of the model's \(classes) classes, found \(count) of class \(label)"
          )
        }
      }
    }
  }
}
