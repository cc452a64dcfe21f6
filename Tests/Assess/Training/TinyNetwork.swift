// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletFormats
import MartletONNXSchema
import MartletRuntime
import MartletTraining
import SwiftProtobuf

/// Small models of two features and two classes, written by the tests.
enum TinyNetwork {
  static func floats(_ name: String, _ values: [Float], _ dims: [Int64]) -> ONNXTensorProto {
    var tensor = ONNXTensorProto()
    (tensor.name, tensor.dataType, tensor.floatData, tensor.dims) = (name, 1, values, dims)
    return tensor
  }

  static func node(
    _ op: String, _ inputs: [String], _ output: String, _ attributes: [String: Int64] = [:]
  ) -> ONNXNodeProto {
    var node = ONNXNodeProto()
    (node.opType, node.input, node.output) = (op, inputs, [output])
    node.attribute = attributes.sorted { $0.key < $1.key }.map { name, value in
      var attribute = ONNXAttributeProto()
      (attribute.name, attribute.type, attribute.i) = (name, .int, value)
      return attribute
    }
    return node
  }

  /// A weight inside of a node.
  static func constant(_ tensor: ONNXTensorProto) -> ONNXNodeProto {
    var node = ONNXNodeProto()
    (node.opType, node.output) = ("Constant", [tensor.name])
    var attribute = ONNXAttributeProto()
    (attribute.name, attribute.type, attribute.t) = ("value", .tensor, tensor)
    node.attribute = [attribute]
    return node
  }

  /// From `x` [N, 2] to `y` [N, 2]. A batch of nil is open.
  static func model(
    _ nodes: [ONNXNodeProto], _ constants: [ONNXTensorProto], batch: Int64? = nil, opset: Int64 = 17
  ) throws -> ONNXModel {
    func value(_ name: String) -> ONNXValueInfoProto {
      var value = ONNXValueInfoProto()
      value.name = name
      value.type.tensorType.elemType = 1
      var (first, second) = (ONNXTensorShapeProto.Dimension(), ONNXTensorShapeProto.Dimension())
      if let batch { first.dimValue = batch } else { first.dimParam = "N" }
      second.dimValue = 2
      value.type.tensorType.shape.dim = [first, second]
      return value
    }
    var proto = ONNXModelProto()
    proto.irVersion = opset >= 13 ? 8 : 4
    var version = ONNXOperatorSetIdProto()
    version.version = opset
    proto.opsetImport = [version]
    proto.graph.name = "tiny"
    proto.graph.node = nodes
    proto.graph.input = [value("x")]
    proto.graph.output = [value("y")]
    proto.graph.initializer = constants
    return try ONNXModel(proto)
  }

  /// x W + b, then Softmax.
  static func linear(batch: Int64? = nil, opset: Int64 = 17) throws -> ONNXModel {
    try model(
      [
        node("MatMul", ["x", "w"], "z"), node("Add", ["z", "b"], "logits"),
        node("Softmax", ["logits"], "y", ["axis": 1]),
      ], [floats("w", [0.1, 0.2, -0.1, 0.3], [2, 2]), floats("b", [0, 0], [2])], batch: batch, opset: opset)
  }

  /// Class 1 where the first feature is above the second.
  static func data(count: Int = 64) throws -> TrainingData {
    var random = SeededRandom(seed: 5, stream: 0)
    var values: [Float] = []
    var labels: [Int64] = []
    for _ in 0..<count {
      let pair = (0..<2).map { _ in Float(random.next() >> 40) * 0x1p-24 }
      values += pair
      labels.append(pair[0] > pair[1] ? 1 : 0)
    }
    return try TrainingData(inputs: try Tensor(float32: values, shape: [count, 2]), labels: labels)
  }
}
