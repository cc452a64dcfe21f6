// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletFormats
import MartletONNXSchema
import SwiftProtobuf

/// A network of one hidden layer, for thieves of models whose own architecture cannot be trained: forests, quantised models.
enum PlainStudent {
  private static let hidden = 64

  /// - Parameters:
  ///   - lows: of each element, with `highs`, the range that is mapped to -1 to 1 first.
  static func model(shape: [Int], classes: Int, lows: [Float], highs: [Float]) throws(ONNXError) -> ONNXModel
  {
    let width = shape.reduce(1, *)
    var graph = ONNXGraphProto()
    graph.name = "student"
    graph.input = [info("x", shape.map(Int64.init))]
    graph.output = [info("logits", [Int64(classes)])]
    func constant(_ name: String, _ values: [Float], _ dims: [Int]) {
      var tensor = ONNXTensorProto()
      (tensor.name, tensor.dims) = (name, dims.map(Int64.init))
      tensor.dataType = Int32(ONNXTensorProto.DataType.float.rawValue)
      tensor.rawData = Data(
        values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } })
      graph.initializer.append(tensor)
    }
    func node(_ op: String, _ inputs: [String], _ output: String) {
      var node = ONNXNodeProto()
      (node.opType, node.input, node.output) = (op, inputs, [output])
      graph.node.append(node)
    }
    // In front of the first weights, so that they stay what they are in training.
    constant("middle", zip(lows, highs).map { ($0 + $1) / 2 }, [width])
    constant("half", zip(lows, highs).map { max(($1 - $0) / 2, .leastNormalMagnitude) }, [width])
    constant("w1", [Float](repeating: 0, count: width * hidden), [width, hidden])
    constant("b1", [Float](repeating: 0, count: hidden), [hidden])
    constant("w2", [Float](repeating: 0, count: hidden * classes), [hidden, classes])
    constant("b2", [Float](repeating: 0, count: classes), [classes])
    node("Flatten", ["x"], "flat")
    node("Sub", ["flat", "middle"], "centred")
    node("Div", ["centred", "half"], "scaled")
    node("Gemm", ["scaled", "w1", "b1"], "sums")
    node("Relu", ["sums"], "hidden")
    node("Gemm", ["hidden", "w2", "b2"], "logits")
    var proto = ONNXModelProto()
    proto.irVersion = 8
    var opset = ONNXOperatorSetIdProto()
    opset.version = 17
    proto.opsetImport = [opset]
    proto.graph = graph
    return try ONNXModel(proto)
  }

  private static func info(_ name: String, _ sizes: [Int64]) -> ONNXValueInfoProto {
    var info = ONNXValueInfoProto()
    info.name = name
    info.type.tensorType.elemType = Int32(ONNXTensorProto.DataType.float.rawValue)
    var batch = ONNXTensorShapeProto.Dimension()
    batch.dimParam = "n"
    info.type.tensorType.shape.dim =
      [batch]
      + sizes.map { size in
        var dim = ONNXTensorShapeProto.Dimension()
        dim.dimValue = size
        return dim
      }
    return info
  }
}
