// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff
package import MartletFormats
import MartletONNXSchema
package import MartletRuntime
import SwiftProtobuf

/// An architecture with weights that were trained.
package struct TrainedModel: Sendable {
  private let trainer: Trainer
  /// float32 [P], cut up by ``Trainer/weights``.
  package let weightList: Tensor
  /// The running statistics of batch normalisations.
  let statistics: Tensor?
  /// The mean loss over each epoch, before each of its steps.
  package let losses: [Double]

  init(_ trainer: Trainer, weights: Tensor, statistics: Tensor?, losses: [Double]) {
    (self.trainer, weightList, self.statistics, self.losses) = (trainer, weights, statistics, losses)
  }

  /// The logits, float32 [N, K], of some examples [N, ...]: those before a Softmax at the model's end.
  /// - Throws: ``TrainingError/runtime(_:)``.
  package func logits(for inputs: Tensor) throws(TrainingError) -> Tensor {
    try trainer.logits(for: inputs, weights: weightList, statistics: statistics)
  }

  /// The share of some examples whose largest logit is that of their label.
  /// - Throws: ``TrainingError/runtime(_:)``.
  package func accuracy(on inputs: Tensor, labels: [Int64]) throws(TrainingError) -> Double {
    let classes = trainer.classes
    let logits = try logits(for: inputs)
    let scores = try running { () throws(RuntimeError) in try logits.array(of: Float.self) }
    let right = labels.indices.count { row in
      let own = scores[row * classes..<(row + 1) * classes]
      return own.firstIndex(of: own.max() ?? 0) == row * classes + Int(labels[row])
    }
    return Double(right) / Double(max(1, labels.count))
  }

  /// The values of the weights, and of the running statistics, by name.
  package func constants() throws(TrainingError) -> [String: [Float]] {
    var values: [String: [Float]] = [:]
    for (slots, list) in [(trainer.gradient.weights, weightList), (trainer.gradient.statistics, statistics)] {
      guard let list else { continue }
      let numbers = try running { () throws(RuntimeError) in try list.array(of: Float.self) }
      for slot in slots { values[slot.name] = Array(numbers[slot.range]) }
    }
    return values
  }

  /// The model with its new weights: the same graph, inputs and outputs.
  package func model() throws(TrainingError) -> ONNXModel {
    try trainer.architecture.replacing(try constants())
  }

  /// The file of ``model()``.
  package func bytes() throws(TrainingError) -> [UInt8] {
    do { return try model().proto.serializedBytes() } catch let error as TrainingError {
      throw error
    } catch {
      throw .gradient(.tooLarge)
    }
  }
}

extension ONNXModel {
  /// The values of constants, be they initialisers or nodes.
  func constants(_ slots: [WeightSlot]) -> [String: [Float]] {
    let names = Set(slots.map(\.name))
    var values: [String: [Float]] = [:]
    for tensor in proto.graph.initializer where names.contains(tensor.name) {
      values[tensor.name] = tensor.floats
    }
    for node in proto.graph.node where node.opType == "Constant" {
      guard let name = node.output.first, names.contains(name) else { continue }
      for attribute in node.attribute {
        if attribute.name == "value" { values[name] = attribute.t.floats }
        if attribute.name == "value_floats" { values[name] = attribute.floats }
      }
    }
    return values
  }

  /// The same model with other values for some constants, in their shapes.
  fileprivate func replacing(_ values: [String: [Float]]) throws(TrainingError) -> ONNXModel {
    var proto = proto
    for place in proto.graph.initializer.indices {
      proto.graph.initializer[place].replace(by: values[proto.graph.initializer[place].name])
    }
    for place in proto.graph.node.indices where proto.graph.node[place].opType == "Constant" {
      guard let name = proto.graph.node[place].output.first, let new = values[name] else { continue }
      for index in proto.graph.node[place].attribute.indices {
        switch proto.graph.node[place].attribute[index].name {
        case "value": proto.graph.node[place].attribute[index].t.replace(by: new)
        case "value_floats": proto.graph.node[place].attribute[index].floats = new
        default: continue
        }
      }
    }
    do { return try ONNXModel(proto) } catch { throw .model(error) }
  }
}

extension ONNXTensorProto {
  fileprivate mutating func replace(by values: [Float]?) {
    guard let values else { return }
    floatData = []
    rawData = unsafe values.withUnsafeBytes { unsafe Data($0) }
  }
}
