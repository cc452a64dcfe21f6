// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBytes
package import MartletFormats
package import MartletRuntime

/// A model as whoever asks it sees it: examples in, scores out.
package struct Victim: Sendable {
  enum Reading: Sendable { case scores, probabilityOfOne, labels }

  package let model: ONNXModel
  package let input: String
  package let output: String
  /// The tensor with the last activations before the logits; nil where there is none.
  package let layer: String?
  /// Whether the model only names the class.
  package var namesOnly: Bool { reading == .labels }
  let reading: Reading
  let session: Session
  /// The number of rows that the model insists on.
  let fixed: Int?

  /// Answers to some examples.
  package struct Answers: Sendable {
    /// [N, K], as the model gives them; of a model that only names the class, 1 for it and 0 for the others.
    package let scores: [Float]
    package let classes: Int
    /// [N, H], or empty.
    package let layer: [Float]

    package var count: Int { scores.count / max(1, classes) }

    /// The class of each example.
    package var labels: [Int] {
      (0..<count).map { row in
        let own = scores[row * classes..<(row + 1) * classes]
        return (own.indices.max { (own[$0], $1) < (own[$1], $0) } ?? own.startIndex) - own.startIndex
      }
    }
  }

  /// - Parameter wantsLayer: whether answers have the activations of ``layer`` with them.
  /// - Throws: ``TheftError``.
  package init(_ bytes: Bytes, wantsLayer: Bool = false, library: RuntimeLibrary, threads: Int? = nil)
    throws(TheftError)
  {
    let model: ONNXModel
    do { model = try ONNXModel(bytes) } catch { throw .model(error) }
    let layer = wantsLayer ? model.penultimateTensor : nil
    var exposed: [UInt8]?
    if let layer {
      do { exposed = try model.exposing(layer) } catch { throw .model(error) }
    }
    self.model = model
    let exposedBytes = exposed.map { Bytes($0) } ?? bytes
    let session = try running { () throws(RuntimeError) in
      try Session(library: library, model: exposedBytes.span, options: .init(threads: threads))
    }
    self.session = session
    self.layer = layer
    guard session.inputs.count == 1 else { throw .severalInputs(session.inputs.map(\.name)) }
    input = session.inputs[0].name
    if case .fixed(let size)? = session.inputs[0].shape?.first, size > 0 { fixed = size } else { fixed = nil }
    func isFloat(_ info: ValueInfo) -> Bool { info.type == .float32 || info.type == .float64 }
    let own = session.outputs.filter { $0.name != layer }
    if let scores = own.first(where: {
      isFloat($0) && ($0.shape?.count ?? 0) >= 2 && $0.shape?[1] != .fixed(1)
        && ($0.shape ?? []).dropFirst(2).allSatisfy { $0 == .fixed(1) }
    }) {
      (reading, output) = (.scores, scores.name)
    } else if let lone = own.first(where: { isFloat($0) && ($0.shape?.count ?? 0) > 0 }) {
      (reading, output) = (.probabilityOfOne, lone.name)
    } else if let labels = own.first(where: { $0.type == .int64 && ($0.shape?.count ?? 1) == 1 }) {
      (reading, output) = (.labels, labels.name)
    } else {
      throw .noScores(outputs: session.outputs.map { "\($0.name) (\($0.typeName))" })
    }
  }

  /// - Parameter classes: how many there are at least, for a model that only names them.
  /// - Throws: ``TheftError/runtime(_:)``, ``TheftError/outputShape(name:found:)`` and ``TheftError/notFinite(row:)``.
  package func answers(to inputs: Tensor, classes atLeast: Int = 2) throws(TheftError) -> Answers {
    let rows = inputs.rowCount ?? 0
    let size = fixed ?? 256
    var (scores, layers): ([Float], [Float]) = ([], [])
    var labels: [Int64] = []
    for start in stride(from: 0, to: rows, by: size) {
      let count = min(size, rows - start)
      let batch = try running { () throws(RuntimeError) in
        fixed == nil
          ? inputs.rows(start..<start + count)
          : try inputs.rows((start..<start + size).map { min($0, rows - 1) })
      }
      let made = try running { () throws(RuntimeError) in
        try session.run([(input, batch)], outputs: [output] + (layer.map { [$0] } ?? []))
      }
      guard let answer = made[output], answer.rowCount == batch.rowCount else {
        throw .outputShape(name: output, found: made[output]?.shape ?? [])
      }
      if reading == .labels {
        labels += try running { () throws(RuntimeError) in try answer.array(of: Int64.self) }.prefix(count)
      } else {
        let numbers = try Self.numbers(answer)
        scores += numbers.prefix(numbers.count / (batch.rowCount ?? 1) * count)
      }
      if let layer, let found = made[layer], let width = batch.rowCount.map({ found.count / max(1, $0) }) {
        layers += try Self.numbers(found).prefix(width * count)
      }
    }
    if let place = scores.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(row: place / max(1, scores.count / max(1, rows)))
    }
    switch reading {
    case .scores:
      return Answers(scores: scores, classes: scores.count / max(1, rows), layer: layers)
    case .probabilityOfOne:
      guard scores.count == rows else {
        throw .outputShape(name: output, found: [rows, scores.count / max(1, rows)])
      }
      return Answers(scores: scores.flatMap { [1 - $0, $0] }, classes: 2, layer: layers)
    case .labels:
      let classes = max(atLeast, Int(clamping: (labels.max() ?? 0)) + 1)
      guard labels.allSatisfy({ $0 >= 0 && $0 < 1 << 20 }) else {
        throw .outputShape(name: output, found: [rows])
      }
      var table = [Float](repeating: 0, count: rows * classes)
      for (row, label) in labels.enumerated() { table[row * classes + Int(label)] = 1 }
      return Answers(scores: table, classes: classes, layer: layers)
    }
  }

  private static func numbers(_ tensor: Tensor) throws(TheftError) -> [Float] {
    try running { () throws(RuntimeError) in
      tensor.type == .float64
        ? try tensor.array(of: Double.self).map { Float($0) } : try tensor.array(of: Float.self)
    }
  }
}

extension Victim.Answers {
  /// Whether every row is one of probabilities; otherwise they are taken for logits.
  package var areProbabilities: Bool {
    (0..<count).allSatisfy { row in
      let own = scores[row * classes..<(row + 1) * classes]
      return own.allSatisfy { (-1e-4...1.0001).contains($0) } && abs(own.reduce(0, +) - 1) < 1e-2
    }
  }

  /// [N, K]: the scores as probabilities.
  /// - Parameter areLogits: what the scores are.
  func probabilities(areLogits: Bool) -> [Float] {
    guard areLogits else { return scores }
    var table = scores
    for row in 0..<count {
      let own = row * classes..<(row + 1) * classes
      let most = table[own].max() ?? 0
      var sum: Float = 0
      for place in own {
        table[place] = exp(table[place] - most)
        sum += table[place]
      }
      for place in own { table[place] /= sum }
    }
    return table
  }
}
