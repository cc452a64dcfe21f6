// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletRuntime

/// Examples and what a model shall answer to them.
package struct TrainingData: Sendable {
  private enum Targets: Sendable {
    case labels([Int64])
    case probabilities(Tensor)
  }

  /// [N, ...] in the shape and type of the model's input.
  package let inputs: Tensor
  private let targets: Targets
  /// By how much the loss of each example counts.
  private let weights: [Float]?

  package var count: Int { inputs.rowCount ?? 0 }

  /// - Parameters:
  ///   - labels: the class of each example.
  ///   - weights: how often each example counts; once when left out.
  /// - Throws: ``TrainingError/noExamples``, ``TrainingError/targetCount(examples:targets:)`` and
  ///   ``TrainingError/unsuitableTarget(row:)``.
  package init(inputs: Tensor, labels: [Int64], weights: [Float]? = nil) throws(TrainingError) {
    (self.inputs, targets, self.weights) = (inputs, .labels(labels), weights)
    try check(labels.count)
  }

  /// - Parameters:
  ///   - probabilities: float32 [N, K], a row of probabilities for each example, such as the answers of another model.
  ///   - weights: how often each example counts; once when left out.
  /// - Throws: as the other, and ``TrainingError/targetShape(expected:found:)``.
  package init(inputs: Tensor, probabilities: Tensor, weights: [Float]? = nil) throws(TrainingError) {
    (self.inputs, targets, self.weights) = (inputs, .probabilities(probabilities), weights)
    try check(probabilities.rowCount ?? 0)
    guard probabilities.shape.count == 2, probabilities.type == .float32 else {
      throw .targetShape(expected: [count, 0], found: probabilities.shape)
    }
    let width = probabilities.shape[1]
    let values = try running { () throws(RuntimeError) in try probabilities.array(of: Float.self) }
    if let place = values.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .unsuitableTarget(row: place / width)
    }
  }

  private func check(_ targetCount: Int) throws(TrainingError) {
    guard count > 0 else { throw .noExamples }
    guard targetCount == count else { throw .targetCount(examples: count, targets: targetCount) }
    guard let weights else { return }
    guard weights.count == count else { throw .targetCount(examples: count, targets: weights.count) }
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .unsuitableTarget(row: row)
    }
  }

  /// - Throws: ``TrainingError/labelOutOfRange(row:label:classes:)`` and ``TrainingError/targetShape(expected:found:)``.
  func check(classes: Int) throws(TrainingError) {
    switch targets {
    case .labels(let labels):
      if let row = labels.firstIndex(where: { !(0..<Int64(classes)).contains($0) }) {
        throw .labelOutOfRange(row: row, label: labels[row], classes: classes)
      }
    case .probabilities(let table):
      guard table.shape[1] == classes else {
        throw .targetShape(expected: [count, classes], found: table.shape)
      }
    }
  }

  /// Some examples, in the form in which a step takes them. The rows must be of the data, the labels below `classes`.
  package func batch(_ rows: [Int], classes: Int) throws(TrainingError) -> TrainingBatch {
    let examples = try running { () throws(RuntimeError) in try inputs.rows(rows) }
    let targets: Tensor
    switch self.targets {
    case .labels(let labels):
      targets = try running { () throws(RuntimeError) in
        try Tensor(float32Shape: [rows.count, classes]) { table in
          for (place, row) in rows.enumerated() { table[place * classes + Int(labels[row])] = 1 }
        }
      }
    case .probabilities(let table):
      targets = try running { () throws(RuntimeError) in try table.rows(rows) }
    }
    let share = 1 / Float(rows.count)
    let shares = rows.map { row in (weights?[row] ?? 1) * share }
    return TrainingBatch(
      inputs: examples, targets: targets,
      shares: try running { () throws(RuntimeError) in try Tensor(float32: shares, shape: [rows.count]) })
  }
}

/// What one step of training learns from.
package struct TrainingBatch: Sendable {
  /// [N, ...]
  package let inputs: Tensor
  /// float32 [N, K]
  package let targets: Tensor
  /// float32 [N]: by how much each example counts in the sum that is the loss; 1/N for a mean.
  package let shares: Tensor

  package init(inputs: Tensor, targets: Tensor, shares: Tensor) {
    (self.inputs, self.targets, self.shares) = (inputs, targets, shares)
  }
}
