// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFormats
package import MartletONNXSchema
import SwiftProtobuf

/// An ONNX graph that computes a tensor of a model and the gradients of others, in standard operators.
///
///     let gradient = try Gradient.of(model, target: "logits", withRespectTo: ["image", "conv1.weight"])
///
/// It has the model's inputs and one more, the seed: a tensor in the shape of the target. The outputs are the target and,
/// for each tensor asked for, the gradient of the sum over the elements of (seed times target).
package struct Gradient: Sendable {
  package let proto: ONNXModelProto
  package let serialized: [UInt8]
  package let targetName: String
  package let seedName: String
  /// In the order of the tensors asked for.
  package let gradientNames: [String]
  /// Nodes at which a gradient stops because the derivative is zero (rounding, signs): the slope that is found may hide
  /// the true one.
  package let cuts: [String]

  /// - Parameters:
  ///   - target: any tensor of the graph.
  ///   - sources: inputs, weights or tensors in between.
  /// - Throws: ``AutodiffError``.
  package static func of(
    _ model: ONNXModel, target: String, withRespectTo sources: [String]
  ) throws(AutodiffError) -> Gradient {
    let builder = try GraphBuilder(reading: model, for: [target] + sources)
    for (name, role) in [(target, "target")] + sources.map({ ($0, "source") }) {
      guard try builder.type(of: name).isDifferentiable else {
        throw .unsuitableTensor(name: name, role: role, reason: "its elements are no floating-point numbers")
      }
    }
    let sweep = try ReverseSweep(builder, from: target, to: sources)
    let seed = builder.freshName("seed")
    builder.addInput(seed, TensorFacts(try builder.type(of: target), builder.facts[target]?.shape))
    let gradients = try builder.outputs(try sweep.gradients(seed: seed), named: "gradient")
    let shownTarget = try builder.outputs([target], named: "target")[0]
    let proto = try builder.finish(from: model, outputs: [shownTarget] + gradients)
    return Gradient(
      proto: proto, serialized: try proto.serializedModel(), targetName: shownTarget, seedName: seed,
      gradientNames: gradients, cuts: sweep.cuts)
  }
}

extension GraphBuilder {
  /// Names under which tensors can be outputs of the graph: each different, and made by a node.
  func outputs(_ tensors: [String], named stem: String) throws(AutodiffError) -> [String] {
    var result: [String] = []
    for tensor in tensors {
      let output = freshName(stem)
      var proto = ONNXNodeProto()
      proto.opType = "Identity"
      proto.input = [tensor]
      proto.output = [output]
      try append(Node(proto: proto))
      result.append(output)
    }
    return result
  }
}

extension ONNXModelProto {
  func serializedModel() throws(AutodiffError) -> [UInt8] {
    do {
      return try serializedBytes()
    } catch {
      // Every field of the layout can be written; only its size can be too much.
      throw .tooLarge
    }
  }
}
