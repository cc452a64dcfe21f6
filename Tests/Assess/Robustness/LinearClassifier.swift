// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletONNXSchema
import SwiftProtobuf

/// A classifier of rows into two classes: class 1 where the sum of the features times their weights is above a threshold.
struct LinearClassifier {
  let weights: [Float]
  let threshold: Float

  var bytes: Bytes {
    get throws {
      var graph = ONNXGraphProto()
      graph.name = "linear"
      var product = ONNXNodeProto()
      (product.opType, product.input, product.output) = ("MatMul", ["x", "w"], ["z"])
      var sum = ONNXNodeProto()
      (sum.opType, sum.input, sum.output) = ("Add", ["z", "b"], ["scores"])
      graph.node = [product, sum]
      graph.input = [Self.value("x", width: weights.count)]
      graph.output = [Self.value("scores", width: 2)]
      graph.initializer = [
        TinyClassifier.floats("w", weights.flatMap { [-$0, $0] }, [Int64(weights.count), 2]),
        TinyClassifier.floats("b", [threshold, -threshold], [2]),
      ]
      var model = ONNXModelProto()
      var opset = ONNXOperatorSetIdProto()
      opset.version = 17
      (model.irVersion, model.opsetImport, model.graph) = (8, [opset], graph)
      return Bytes(try model.serializedBytes() as [UInt8])
    }
  }

  /// The right class of a row, as the model sees it.
  func label(_ row: [Float]) -> Int64 {
    zip(row, weights).reduce(-threshold) { $0 + $1.0 * $1.1 } > 0 ? 1 : 0
  }

  private static func value(_ name: String, width: Int) -> ONNXValueInfoProto {
    var value = ONNXValueInfoProto()
    value.name = name
    value.type.tensorType.elemType = 1
    var (batch, size) = (ONNXTensorShapeProto.Dimension(), ONNXTensorShapeProto.Dimension())
    batch.dimParam = "n"
    size.dimValue = Int64(width)
    value.type.tensorType.shape.dim = [batch, size]
    return value
  }
}
