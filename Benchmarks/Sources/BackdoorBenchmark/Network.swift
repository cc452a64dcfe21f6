// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletFormats
import MartletONNXSchema

/// Networks for pictures of 8 by 8, without weights.
enum Network: String, CaseIterable {
  case perceptron = "perceptron 128, 64"
  case narrow = "perceptron 48"
  case convolutional = "two convolutions"

  func model() throws -> ONNXModel {
    var graph = ONNXGraphProto()
    graph.name = "digits"
    graph.input = [Self.info("x", [1, 8, 8])]
    graph.output = [Self.info("logits", [10])]
    func weight(_ name: String, _ dims: [Int]) {
      var tensor = ONNXTensorProto()
      (tensor.name, tensor.dims) = (name, dims.map(Int64.init))
      tensor.dataType = Int32(ONNXTensorProto.DataType.float.rawValue)
      tensor.rawData = Data(count: 4 * dims.reduce(1, *))
      graph.initializer.append(tensor)
    }
    func node(_ op: String, _ inputs: [String], _ output: String, _ lists: [String: [Int64]] = [:]) {
      var node = ONNXNodeProto()
      (node.opType, node.input, node.output) = (op, inputs, [output])
      for (name, list) in lists.sorted(by: { $0.key < $1.key }) {
        var attribute = ONNXAttributeProto()
        (attribute.name, attribute.type, attribute.ints) = (name, .ints, list)
        node.attribute.append(attribute)
      }
      graph.node.append(node)
    }
    var (tensor, width) = ("x", 64)
    var layers: [Int] = []
    switch self {
    case .perceptron: layers = [128, 64]
    case .narrow: layers = [48]
    case .convolutional:
      weight("k1", [12, 1, 3, 3])
      weight("c1", [12])
      node("Conv", ["x", "k1", "c1"], "conv1", ["kernel_shape": [3, 3], "pads": [1, 1, 1, 1]])
      node("Relu", ["conv1"], "relu1")
      weight("k2", [16, 12, 3, 3])
      weight("c2", [16])
      node(
        "Conv", ["relu1", "k2", "c2"], "conv2",
        ["kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1]])
      node("Relu", ["conv2"], "relu2")
      (tensor, width, layers) = ("relu2", 16 * 4 * 4, [32])
    }
    node("Flatten", [tensor], "flat")
    tensor = "flat"
    for (place, next) in (layers + [10]).enumerated() {
      let isLast = place == layers.count
      weight("w\(place)", [width, next])
      weight("b\(place)", [next])
      node("Gemm", [tensor, "w\(place)", "b\(place)"], isLast ? "logits" : "sum\(place)")
      if !isLast { node("Relu", ["sum\(place)"], "hidden\(place)") }
      (tensor, width) = ("hidden\(place)", next)
    }
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
    info.type.tensorType.shape.dim = [batch]
    for size in sizes {
      var dim = ONNXTensorShapeProto.Dimension()
      dim.dimValue = size
      info.type.tensorType.shape.dim.append(dim)
    }
    return info
  }
}
