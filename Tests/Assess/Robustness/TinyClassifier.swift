// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletONNXSchema
import MartletRuntime
import SwiftProtobuf

/// A classifier of two classes on two features in [0, 1] whose border everybody can see: class 1 where the first
/// feature is above the second. An example at distance d from the border is fooled by a radius above d / 2.
struct TinyClassifier {
  var proto = ONNXModelProto()

  /// `steps` are `(operator, domain, inputs, outputs)` between the input `x` and the scores `scores`.
  /// The initialiser `w` gives the scores by `MatMul`.
  init(
    _ steps: [(String, [String], [String])] = [("MatMul", ["x", "w"], ["scores"])], batch: Int? = nil,
    outputs: [(String, Int32, [Int])] = [("scores", 1, [0, 2])], weight: Float = 10,
    argMax: Bool = false
  ) {
    var graph = ONNXGraphProto()
    graph.name = "tiny"
    graph.node = steps.map { operation, inputs, outputs in
      var node = ONNXNodeProto()
      node.opType = operation
      node.input = inputs
      node.output = outputs
      if argMax, operation == "ArgMax" {
        node.attribute = [("axis", 1), ("keepdims", 0)].map { name, value in
          var attribute = ONNXAttributeProto()
          (attribute.name, attribute.type, attribute.i) = (name, .int, Int64(value))
          return attribute
        }
      }
      return node
    }
    graph.input = [Self.value("x", 1, [0, 2], batch)]
    graph.output = outputs.map { Self.value($0.0, $0.1, $0.2, batch) }
    graph.initializer = [
      Self.floats("w", [-weight, weight, weight, -weight], [2, 2]), Self.floats("ten", [10], []),
      Self.floats("zero", [0], []),
    ]
    var opset = ONNXOperatorSetIdProto()
    opset.version = 17
    proto.irVersion = 8
    proto.opsetImport = [opset]
    proto.graph = graph
  }

  var bytes: Bytes {
    get throws { Bytes(try proto.serializedBytes() as [UInt8]) }
  }

  static func floats(_ name: String, _ values: [Float], _ shape: [Int64]) -> ONNXTensorProto {
    var tensor = ONNXTensorProto()
    tensor.name = name
    tensor.dataType = 1
    tensor.dims = shape
    tensor.floatData = values
    return tensor
  }

  /// A size of 0 is the batch: open, or `batch`.
  private static func value(_ name: String, _ type: Int32, _ shape: [Int], _ batch: Int?)
    -> ONNXValueInfoProto
  {
    var value = ONNXValueInfoProto()
    value.name = name
    value.type.tensorType.elemType = type
    value.type.tensorType.shape.dim = shape.map { size in
      var dimension = ONNXTensorShapeProto.Dimension()
      if let fixed = size > 0 ? size : batch {
        dimension.dimValue = Int64(fixed)
      } else {
        dimension.dimParam = "n"
      }
      return dimension
    }
    return value
  }

  /// Examples at distances 0.05, 0.15, 0.25, ... on both sides of the border, and one that is labelled wrong.
  static func data() throws -> (inputs: Tensor, labels: [Int64]) {
    var values: [Float] = []
    var labels: [Int64] = []
    for index in 0..<8 {
      let half = (Float(index) * 0.1 + 0.05) / 2
      values += [0.5 + half, 0.5 - half, 0.5 - half, 0.5 + half]
      labels += [1, 0]
    }
    values += [0.9, 0.1]
    labels.append(0)
    return (try Tensor(float32: values, shape: [labels.count, 2]), labels)
  }
}
