// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletONNXSchema
import MartletRuntime
import SwiftProtobuf
import Testing

/// A model of a few nodes, written by the test that runs it.
struct SmallModel {
  var proto: ONNXModelProto

  /// `nodes` are `(operator, inputs, outputs)`; sizes may be numbers or names.
  init(
    _ nodes: [(String, [String], [String])], inputs: [(String, ElementType, [any SmallDimension])],
    outputs: [(String, ElementType, [any SmallDimension])], initialisers: [ONNXTensorProto] = []
  ) {
    var graph = ONNXGraphProto()
    graph.name = "small"
    graph.node = nodes.map { operation, inputs, outputs in
      var node = ONNXNodeProto()
      node.opType = operation
      node.input = inputs
      node.output = outputs
      return node
    }
    graph.input = inputs.map(Self.value)
    graph.output = outputs.map(Self.value)
    graph.initializer = initialisers
    var opset = ONNXOperatorSetIdProto()
    opset.version = 17
    proto = ONNXModelProto()
    proto.irVersion = 8
    proto.opsetImport = [opset]
    proto.graph = graph
  }

  /// One node `Identity` that passes values of one type through.
  static func identity(_ type: ElementType) -> SmallModel {
    SmallModel([("Identity", ["x"], ["y"])], inputs: [("x", type, ["n"])], outputs: [("y", type, ["n"])])
  }

  /// `y = x · w` with `x` of any number of rows by 2 and the 2 by 2 matrix `w` inside.
  static func product(with w: ONNXTensorProto = tensor("w", [1, 2, 3, 4], [2, 2])) -> SmallModel {
    SmallModel(
      [("MatMul", ["x", "w"], ["y"])], inputs: [("x", .float32, ["batch", 2])],
      outputs: [("y", .float32, ["batch", 2])], initialisers: [w])
  }

  static func tensor(_ name: String, _ values: [Float], _ shape: [Int64]) -> ONNXTensorProto {
    var tensor = ONNXTensorProto()
    tensor.name = name
    tensor.dataType = ElementType.float32.rawValue
    tensor.dims = shape
    tensor.rawData = unsafe values.withUnsafeBytes { unsafe Data($0) }
    return tensor
  }

  var bytes: [UInt8] {
    get throws { try proto.serializedBytes() }
  }

  func session(_ options: Session.Options = Session.Options(threads: 1)) throws -> Session {
    try Self.load(try bytes, options)
  }

  static func load(_ bytes: [UInt8], _ options: Session.Options = Session.Options(threads: 1)) throws
    -> Session
  {
    let library = try RuntimeLibrary.open()
    return try unsafe bytes.withUnsafeBytes {
      try unsafe Session(library: library, model: $0, options: options)
    }
  }

  private static func value(_ name: String, _ type: ElementType, _ shape: [any SmallDimension])
    -> ONNXValueInfoProto
  {
    var value = ONNXValueInfoProto()
    value.name = name
    value.type.tensorType.elemType = type.rawValue
    value.type.tensorType.shape.dim = shape.map { $0.dimension }
    return value
  }
}

protocol SmallDimension { var dimension: ONNXTensorShapeProto.Dimension { get } }

extension Int: SmallDimension {
  var dimension: ONNXTensorShapeProto.Dimension {
    var dimension = ONNXTensorShapeProto.Dimension()
    dimension.dimValue = Int64(self)
    return dimension
  }
}

extension String: SmallDimension {
  var dimension: ONNXTensorShapeProto.Dimension {
    var dimension = ONNXTensorShapeProto.Dimension()
    dimension.dimParam = self
    return dimension
  }
}
