// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletONNXSchema
import SwiftProtobuf

/// One step of training as one ONNX graph: the batch, the weights and the optimiser's lists go in; the loss, the new weights and
/// the new lists come out. Its arithmetic is in operators that every operator set has.
struct UpdateGraph: Sendable {
  let serialized: [UInt8]
  /// In the order of ``Optimiser/rateNames``: single numbers.
  let rateNames: [String]
  /// In the order of ``Optimiser/stateNames``: [P], before and after.
  let stateNames: [(before: String, after: String)]
  let newWeightsName: String

  /// - Parameter clipping: the largest norm that the slope of all weights together keeps, as torch's `clip_grad_norm_`.
  init(_ gradient: WeightGradient, optimiser: Optimiser, clipping: Double?) throws(TrainingError) {
    var writer = NodeWriter(gradient.proto)
    let count = gradient.weights.last?.range.upperBound ?? 0
    let rates = optimiser.rateNames.map { writer.input($0, shape: []) }
    let states = optimiser.stateNames.map { writer.input($0, shape: [count]) }
    let w = gradient.weightsName
    var g = gradient.gradientName
    if let clipping {
      let norm = writer.node("Sqrt", writer.node("ReduceSum", writer.node("Mul", g, g), keepsAxes: false))
      let ratio = writer.node("Div", writer.number(clipping), writer.node("Add", norm, writer.number(1e-6)))
      g = writer.node("Mul", g, writer.node("Min", ratio, writer.number(1)))
    }
    let newStates: [String]
    let newWeights: String
    switch optimiser {
    case .sgd(_, let decay):
      if decay != 0 { g = writer.node("Add", g, writer.node("Mul", w, writer.number(decay))) }
      if case .sgd(let momentum, _) = optimiser, let velocity = states.first {
        g = writer.node("Add", writer.node("Mul", velocity, writer.number(momentum)), g)
      }
      newStates = states.isEmpty ? [] : [g]
      newWeights = writer.node("Sub", w, writer.node("Mul", g, rates[0]))
    case .adamW(let beta1, let beta2, let epsilon, _):
      func mean(_ old: String, _ new: String, _ beta: Double) -> String {
        writer.node(
          "Add", writer.node("Mul", old, writer.number(beta)),
          writer.node("Mul", new, writer.number(1 - beta)))
      }
      let first = mean(states[0], g, beta1)
      let second = mean(states[1], writer.node("Mul", g, g), beta2)
      let root = writer.node("Div", writer.node("Sqrt", second), rates[2])
      let direction = writer.node("Div", first, writer.node("Add", root, writer.number(epsilon)))
      newStates = [first, second]
      newWeights = writer.node(
        "Sub", writer.node("Mul", w, rates[0]), writer.node("Mul", direction, rates[1]))
    }
    var outputs = [gradient.lossName] + [gradient.newStatisticsName].compactMap { $0 }
    newWeightsName = writer.output(newWeights, named: "weights.new", shape: [count])
    rateNames = rates
    var pairs: [(before: String, after: String)] = []
    for (old, new) in zip(states, newStates) {
      pairs.append((old, writer.output(new, named: "state.new", shape: [count])))
    }
    stateNames = pairs
    outputs += [newWeightsName] + pairs.map(\.after)
    serialized = try writer.finished(outputs: outputs)
  }
}

/// Appends nodes to a graph, under names that nothing in it has.
private struct NodeWriter {
  private var proto: ONNXModelProto
  private var names: Set<String>
  private var count = 0

  init(_ proto: ONNXModelProto) {
    self.proto = proto
    names = proto.graph.allNames
  }

  mutating func input(_ name: String, shape: [Int]) -> String {
    let info = Self.info(fresh(name), shape)
    proto.graph.input.append(info)
    return info.name
  }

  mutating func number(_ value: Double) -> String {
    var tensor = ONNXTensorProto(floats: [Float(value)], dims: [])
    tensor.name = fresh("number")
    proto.graph.initializer.append(tensor)
    return tensor.name
  }

  mutating func node(_ op: String, _ inputs: String..., keepsAxes: Bool = true) -> String {
    var node = ONNXNodeProto()
    (node.opType, node.input, node.output) = (op, inputs, [fresh(op)])
    if !keepsAxes {
      var attribute = ONNXAttributeProto()
      (attribute.name, attribute.type, attribute.i) = ("keepdims", .int, 0)
      node.attribute = [attribute]
    }
    node.name = node.output[0]
    proto.graph.node.append(node)
    return node.output[0]
  }

  mutating func output(_ tensor: String, named name: String, shape: [Int]) -> String {
    var node = ONNXNodeProto()
    (node.opType, node.input, node.output) = ("Identity", [tensor], [fresh(name)])
    proto.graph.node.append(node)
    proto.graph.output.append(Self.info(node.output[0], shape))
    return node.output[0]
  }

  /// - Throws: ``TrainingError/gradient(_:)`` for a graph that no file can hold.
  mutating func finished(outputs: [String]) throws(TrainingError) -> [UInt8] {
    proto.graph.name = "training"
    proto.graph.output.removeAll { !outputs.contains($0.name) }
    do { return try proto.serializedBytes() } catch { throw .gradient(.tooLarge) }
  }

  private mutating func fresh(_ stem: String) -> String {
    var name = "martlet.update." + stem
    while !names.insert(name).inserted {
      count += 1
      name = "martlet.update.\(stem).\(count)"
    }
    return name
  }

  private static func info(_ name: String, _ shape: [Int]) -> ONNXValueInfoProto {
    var info = ONNXValueInfoProto()
    info.name = name
    info.type.tensorType.elemType = Int32(ONNXTensorProto.DataType.float.rawValue)
    info.type.tensorType.shape.dim = shape.map { size in
      var dim = ONNXTensorShapeProto.Dimension()
      dim.dimValue = Int64(size)
      return dim
    }
    return info
  }
}
