// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletONNXSchema
import MartletRuntime
import SwiftProtobuf
import Testing

@testable import MartletTheft

/// The models and data under `Examples/`, and a linear model that the tests write.
enum TheftExample {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static func bytes(_ path: String) throws -> Bytes { try Bytes(contentsOf: root + "/Examples/" + path) }

  /// `x` and `y` of a part, `train` or `test`.
  static func data(_ path: String, _ part: String) throws -> (inputs: Tensor, labels: [Int64]) {
    let archive = try NumpyArchive(bytes(path))
    let x = try #require(try archive["x_" + part])
    let y = try #require(try archive["y_" + part])
    return (try Tensor(float32: x.float32(), shape: x.shape), try y.int64())
  }

  /// A model of the breast-cancer data by name, with what a thief has and what fidelity is measured on.
  static func cancer(_ name: String) throws -> TheftAssessment {
    let (pool, _) = try data("breast-cancer/breast-cancer.npz", "train")
    let (measured, labels) = try data("breast-cancer/breast-cancer.npz", "test")
    return try TheftAssessment(
      model: bytes("breast-cancer/" + name), pool: pool, measured: measured, labels: labels,
      library: try RuntimeLibrary.open(), threads: 2)
  }

  /// Softmax(x W + b) of 6 features and 3 classes.
  static func linear() throws -> Bytes {
    func tensor(_ name: String, _ values: [Float], _ dims: [Int64]) -> ONNXTensorProto {
      var tensor = ONNXTensorProto()
      (tensor.name, tensor.dataType, tensor.floatData, tensor.dims) = (name, 1, values, dims)
      return tensor
    }
    func node(_ op: String, _ inputs: [String], _ output: String) -> ONNXNodeProto {
      var node = ONNXNodeProto()
      (node.opType, node.input, node.output) = (op, inputs, [output])
      return node
    }
    func value(_ name: String, _ width: Int64) -> ONNXValueInfoProto {
      var value = ONNXValueInfoProto()
      value.name = name
      value.type.tensorType.elemType = 1
      var (first, second) = (ONNXTensorShapeProto.Dimension(), ONNXTensorShapeProto.Dimension())
      (first.dimParam, second.dimValue) = ("N", width)
      value.type.tensorType.shape.dim = [first, second]
      return value
    }
    var proto = ONNXModelProto()
    proto.irVersion = 8
    var version = ONNXOperatorSetIdProto()
    version.version = 17
    proto.opsetImport = [version]
    proto.graph.name = "linear"
    proto.graph.input = [value("x", 6)]
    proto.graph.output = [value("y", 3)]
    proto.graph.initializer = [
      tensor("w", (0..<18).map { Float(($0 * 7) % 11) / 5 - 1 }, [6, 3]), tensor("b", [0.3, -0.1, 0], [3]),
    ]
    proto.graph.node = [node("Gemm", ["x", "w", "b"], "z"), node("Softmax", ["z"], "y")]
    let file: [UInt8] = try proto.serializedBytes()
    return Bytes(file)
  }
}
