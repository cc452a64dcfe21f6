// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
package import MartletBytes
import MartletFormats
import MartletONNXSchema
package import MartletRuntime
import MartletTraining
import SwiftProtobuf

/// The model that is audited.
package struct TargetModel: Sendable {
  /// What shadows of it can be made of.
  enum Architecture: Sendable {
    case network(Trainer)
    case forest(ForestShape)
    /// No shadows. The reason is a sentence.
    case opaque(reason: String)
  }

  let architecture: Architecture
  private let session: Session
  private let input: ValueInfo
  private let output: String
  /// By what the scores are told, for the report.
  package let answeredBy: String

  /// How the shadows are made, in words.
  package var architectureWords: String {
    switch architecture {
    case .network(let trainer):
      "a network of \(trainer.weights.reduce(0) { $0 + $1.range.count }) weights, trained anew from its own graph"
    case .forest(let shape) where shape.rounds != nil:
      "\(shape.trees) boosted trees, at most \(shape.depth) deep, with \(Int(shape.meanLeaves.rounded())) leaves each on average"
    case .forest(let shape):
      "a forest of \(shape.trees) trees, at most \(shape.depth) deep, with \(Int(shape.meanLeaves.rounded())) leaves each on average"
    case .opaque(let reason): "no shadows: \(reason)"
    }
  }

  /// - Throws: ``PrivacyError/model(_:)``, ``PrivacyError/runtime(_:)`` and ``PrivacyError/noScores(outputs:)``.
  package init(_ file: Bytes, library: RuntimeLibrary) throws(PrivacyError) {
    let model: ONNXModel
    do { model = try ONNXModel(file).withoutClassMaps } catch { throw .model(error) }
    let bytes: [UInt8]
    do { bytes = try model.proto.serializedBytes() } catch {
      throw .records(reason: "expected a model of less than 2 GiB, found a larger one")
    }
    session = try Self.session(of: bytes, library)
    guard session.inputs.count == 1 else {
      throw .records(
        reason: "expected a model whose only input is the record, found \(session.inputs.count) inputs: "
          + session.inputs.map(\.name).joined(separator: ", "))
    }
    input = session.inputs[0]
    if let shape = ForestShape(of: model) {
      architecture = .forest(shape)
    } else {
      do {
        architecture = .network(
          try Trainer(model, options: .init(optimiser: .adamW(decay: 0)), library: library))
      } catch { architecture = .opaque(reason: error.description) }
    }
    let tables = session.outputs.filter { output in
      guard output.type == .float32 || output.type == .float64, let shape = output.shape else { return false }
      return shape.count >= 2 && shape.dropFirst(2).allSatisfy { $0 == .fixed(1) }
    }
    if case .network = architecture {
      (output, answeredBy) = (session.outputs.first?.name ?? "", "the logits behind its output")
    } else if let table = tables.first {
      (output, answeredBy) = (table.name, "its output '\(table.name)'")
    } else {
      throw .noScores(outputs: session.outputs.map { "\($0.name) (\($0.typeName))" })
    }
  }

  private static func session(
    of bytes: [UInt8], _ library: RuntimeLibrary
  ) throws(PrivacyError) -> Session {
    try running { () throws(RuntimeError) in
      try Session(library: library, model: bytes.span, options: .init(threads: 1))
    }
  }

  /// - Throws: ``PrivacyError/runtime(_:)``, ``PrivacyError/training(_:)``, ``PrivacyError/outputShape(name:found:)``,
  ///   ``PrivacyError/records(reason:)`` for inputs of another schema and for scores that are not finite.
  func scores(of inputs: Tensor) throws(PrivacyError) -> ClassScores {
    try check(inputs)
    let scores: ClassScores
    if case .network(let trainer) = architecture {
      let logits = try trained { () throws(TrainingError) in
        try trainer.trained(try trainer.state(.model, seed: 0)).logits(for: inputs)
      }
      let values = try running { () throws(RuntimeError) in try logits.array(of: Float.self) }
      scores = ClassScores(kind: .logits, classes: trainer.classes, values: values)
    } else {
      scores = try answers(to: inputs)
    }
    if let row = scores.notFinite {
      throw .records(reason: "expected finite scores, found others for the record in row \(row)")
    }
    return scores
  }

  private func check(_ inputs: Tensor) throws(PrivacyError) {
    guard let shape = input.shape else { return }
    let fits =
      shape.count == inputs.shape.count
      && zip(shape, inputs.shape).dropFirst().allSatisfy { declared, found in
        if case .fixed(let size) = declared { return size == found }
        return true
      }
    guard fits else {
      throw .records(
        reason:
          "expected records of the shape [\(shape.map(\.description).joined(separator: ", "))], which the model "
          + "takes, found \(inputs.shape)")
    }
  }

  /// Asks in parts, so that memory stays bound, and as many at a time as the model wants.
  private func answers(to inputs: Tensor) throws(PrivacyError) -> ClassScores {
    var size = 1024
    var isFixed = false
    if case .fixed(let count)? = input.shape?.first, count > 0 { (size, isFixed) = (count, true) }
    let rows = inputs.rowCount ?? 0
    var values: [Float] = []
    var classes = 0
    for start in stride(from: 0, to: rows, by: size) {
      let count = min(size, rows - start)
      let part = try running { () throws(RuntimeError) in
        // The last record stands in for those that are missing from the last part.
        isFixed && count < size
          ? try inputs.rows((start..<start + size).map { min($0, rows - 1) })
          : inputs.rows(start..<start + count)
      }
      let answer = try running { () throws(RuntimeError) in
        try session.run([(input.name, try converted(part))], outputs: [output])
      }[output]
      guard let answer, let found = answer.rowCount, found >= count, answer.count >= 2 * found,
        answer.count % found == 0
      else { throw .outputShape(name: output, found: answer?.shape ?? []) }
      classes = answer.count / found
      values += try Self.numbers(answer).prefix(count * classes)
    }
    return ClassScores(likely: values, classes: classes, clip: clip)
  }

  /// Carlini et al. (2022) clip the probabilities of a forest at half a vote.
  var clip: Double {
    if case .forest(let shape) = architecture, shape.rounds == nil { return 1 / (2 * Double(shape.trees)) }
    return 1e-7
  }

  private func converted(_ inputs: Tensor) throws(RuntimeError) -> Tensor {
    guard input.type == .float64 else { return inputs }
    return try Tensor(float64: inputs.array(of: Float.self).map(Double.init), shape: inputs.shape)
  }

  private static func numbers(_ tensor: Tensor) throws(PrivacyError) -> [Float] {
    try running { () throws(RuntimeError) in
      tensor.type == .float64
        ? try tensor.array(of: Double.self).map { Float($0) } : try tensor.array(of: Float.self)
    }
  }
}

extension ONNXModel {
  /// The same model with the scores themselves as output, where it has maps from class to score, as scikit-learn's exporter
  /// writes them unless told otherwise.
  fileprivate var withoutClassMaps: ONNXModel {
    get throws(ONNXError) {
      guard proto.graph.node.contains(where: { $0.opType == "ZipMap" }) else { return self }
      var proto = proto
      for map in proto.graph.node where map.opType == "ZipMap" {
        guard let scores = map.input.first else { continue }
        var info = ONNXValueInfoProto()
        info.name = scores
        info.type.tensorType.elemType = Int32(ONNXTensorProto.DataType.float.rawValue)
        info.type.tensorType.shape.dim = [.init(), .init()]
        proto.graph.output.removeAll { map.output.contains($0.name) || $0.name == scores }
        proto.graph.output.append(info)
      }
      proto.graph.node.removeAll { $0.opType == "ZipMap" }
      return try ONNXModel(proto)
    }
  }
}
