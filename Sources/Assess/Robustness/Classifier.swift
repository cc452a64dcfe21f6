// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletRuntime

/// The model as its users see it: examples in, classes out.
struct Classifier: Sendable {
  private enum Reading { case labels, scores }

  private let session: BatchedSession
  private let input: String
  private let reading: Reading
  /// The output that says the class.
  let output: String
  /// How many classes there are; nil when the model says labels of its own.
  let classes: Int?

  /// Prefers an output of labels to one of scores: it is the answer that users act on, and its labels need not be
  /// the places of the scores.
  /// - Throws: ``RobustnessError/severalInputs(_:)`` and ``RobustnessError/noClasses(outputs:)``.
  init(_ session: Session) throws(RobustnessError) {
    guard session.inputs.count == 1 else { throw .severalInputs(session.inputs.map(\.name)) }
    input = session.inputs[0].name
    self.session = BatchedSession(session)
    if let labels = session.outputs.first(where: { $0.type == .int64 && ($0.shape?.count ?? 1) == 1 }) {
      (reading, output, classes) = (.labels, labels.name, nil)
    } else if let scores = session.outputs.first(where: Self.areScores) {
      output = scores.name
      reading = .scores
      if case .fixed(let count) = scores.shape?[1] { classes = count } else { classes = nil }
    } else {
      throw .noClasses(outputs: session.outputs.map { "\($0.name) (\($0.typeName))" })
    }
  }

  private static func areScores(_ output: ValueInfo) -> Bool {
    guard output.type == .float32 || output.type == .float64, let shape = output.shape, shape.count >= 2
    else {
      return false
    }
    // One score alone would need a threshold that the model does not tell.
    return shape[1] != .fixed(1) && shape.dropFirst(2).allSatisfy { $0 == .fixed(1) }
  }

  /// The class of each row; nil where the scores are not finite.
  /// - Throws: ``RobustnessError/runtime(_:)`` and ``RobustnessError/outputShape(name:found:)``.
  func classes(of inputs: Tensor) throws(RobustnessError) -> [Int64?] {
    let rows = inputs.rowCount ?? 0
    let answer = try running { () throws(RuntimeError) in
      try session.run([(input, inputs)], outputs: [output])
    }
    guard let answer = answer[output], answer.rowCount == rows else {
      throw .outputShape(name: output, found: answer[output]?.shape ?? [])
    }
    switch reading {
    case .labels:
      guard answer.count == rows else { throw .outputShape(name: output, found: answer.shape) }
      return try running { () throws(RuntimeError) in try answer.array(of: Int64.self) }
    case .scores:
      guard rows > 0, answer.count >= 2 * rows else { throw .outputShape(name: output, found: answer.shape) }
      let scores = try running { () throws(RuntimeError) in
        answer.type == .float32
          ? try answer.array(of: Float.self).map(Double.init) : try answer.array(of: Double.self)
      }
      return (0..<rows).map { row in
        let width = scores.count / rows
        return largest(scores[row * width..<(row + 1) * width]).map(Int64.init)
      }
    }
  }
}

/// The place of the largest score, the first when several are; nil when a score is not finite or there is none.
func largest<Scores: RandomAccessCollection>(_ scores: Scores) -> Int?
where Scores.Element: BinaryFloatingPoint, Scores.Index == Int {
  guard scores.allSatisfy(\.isFinite) else { return nil }
  return scores.indices.max { scores[$0] < scores[$1] || (scores[$0] == scores[$1] && $0 > $1) }
    .map { $0 - scores.startIndex }
}
