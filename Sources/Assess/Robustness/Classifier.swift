// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletFormats
import MartletRuntime

/// The model as its users see it: examples in, classes out.
struct Classifier: Sendable {
  private enum Reading { case labels, scores, probability }

  private let session: BatchedSession
  private let input: String
  private let reading: Reading
  /// The output that says the class.
  let output: String
  /// How many classes there are; nil when the model says labels of its own.
  let classes: Int?

  /// Prefers an output of labels to one of scores: it is the answer that users act on, and its labels need not be
  /// the places of the scores. One number alone is taken for the probability of class 1 where a Sigmoid makes it.
  /// - Throws: ``RobustnessError/severalInputs(_:)`` and ``RobustnessError/noClasses(outputs:)``.
  init(_ session: Session, of model: ONNXModel, _ sharing: Sharing) throws(RobustnessError) {
    guard session.inputs.count == 1 else { throw .severalInputs(session.inputs.map(\.name)) }
    input = session.inputs[0].name
    self.session = BatchedSession(session, sharing)
    if let labels = session.outputs.first(where: { $0.type == .int64 && ($0.shape?.count ?? 1) == 1 }) {
      (reading, output, classes) = (.labels, labels.name, nil)
    } else if let scores = session.outputs.first(where: Self.areScores) {
      output = scores.name
      reading = .scores
      if case .fixed(let count) = scores.shape?[1] { classes = count } else { classes = nil }
    } else if let lone = session.outputs.first(where: Self.isLone), Self.endsInSigmoid(model, lone.name) {
      (reading, output, classes) = (.probability, lone.name, 2)
    } else {
      throw .noClasses(outputs: session.outputs.map { "\($0.name) (\($0.typeName))" })
    }
  }

  private static func isLone(_ output: ValueInfo) -> Bool {
    guard output.type == .float32 || output.type == .float64, let shape = output.shape else { return false }
    return shape.count == 1 || shape.count == 2 && shape[1] == .fixed(1)
  }

  private static func endsInSigmoid(_ model: ONNXModel, _ output: String) -> Bool {
    let graph: LogitsGraph? = try? LogitsGraph(of: model, output: output)
    return graph?.classCount == 2
  }

  private static func areScores(_ output: ValueInfo) -> Bool {
    guard output.type == .float32 || output.type == .float64, let shape = output.shape, shape.count >= 2
    else {
      return false
    }
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
      let scores = try Self.numbers(answer)
      return (0..<rows).map { row in
        let width = scores.count / rows
        return largest(scores[row * width..<(row + 1) * width]).map(Int64.init)
      }
    case .probability:
      guard answer.count == rows else { throw .outputShape(name: output, found: answer.shape) }
      return try Self.numbers(answer).map { $0.isFinite ? $0 > 0.5 ? 1 : 0 : nil }
    }
  }
}

extension Classifier {
  private static func numbers(_ tensor: Tensor) throws(RobustnessError) -> [Double] {
    try running { () throws(RuntimeError) in
      tensor.type == .float32
        ? try tensor.array(of: Float.self).map(Double.init) : try tensor.array(of: Double.self)
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
