// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema
import SwiftProtobuf

extension ONNXModel {
  /// The tensor with the last activations before the logits: what the last product with weights takes in. Nil for a model
  /// without such a layer, as a decision forest or a model of one layer is.
  package var penultimateTensor: String? {
    let graph = proto.graph
    let constants = Set(graph.initializer.map(\.name))
      .union(graph.node.filter { $0.opType == "Constant" }.flatMap(\.output))
    let inputs = Set(graph.input.map(\.name))
    for node in graph.node.reversed() where ["Gemm", "MatMul"].contains(node.opType) && node.domain.isEmpty {
      let fed = node.input.prefix(2).filter { !constants.contains($0) }
      guard node.input.count >= 2, fed.count == 1, let name = fed.first else { continue }
      return inputs.contains(name) ? nil : name
    }
    return nil
  }

  /// What to write behind the file of a model so that a session of it gives a tensor beside its other outputs: of a message that
  /// comes in parts, readers put the lists together (Protocol Buffers, "Last One Wins"). So weights that must not be copied need
  /// not be.
  package static func exposure(of tensor: String) -> [UInt8] {
    var proto = ONNXModelProto()
    proto.graph.output = [value(tensor)]
    // A name and a number: there is nothing in it that could fail to encode.
    return try! proto.serializedBytes()
  }

  private static func value(_ tensor: String) -> ONNXValueInfoProto {
    var value = ONNXValueInfoProto()
    value.name = tensor
    value.type.tensorType.elemType = Int32(ONNXTensorProto.DataType.float.rawValue)
    return value
  }

  /// The file of the model with a tensor as its last output, for a session that gives it beside the others.
  /// - Throws: ``ONNXError/missing(_:)`` where there is no such tensor, and for what is too large for a file.
  package func exposing(_ tensor: String) throws(ONNXError) -> [UInt8] {
    var proto = proto
    guard proto.graph.node.contains(where: { $0.output.contains(tensor) }) else {
      throw .missing("the tensor \(tensor)")
    }
    if !proto.graph.output.contains(where: { $0.name == tensor }) {
      proto.graph.output.append(Self.value(tensor))
    }
    do { return try proto.serializedBytes() } catch { throw .missing("a size below 2 GiB") }
  }
}
