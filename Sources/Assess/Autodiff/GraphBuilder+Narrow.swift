// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// Where a model reads a single place of an axis, as classifiers do with the token of the class, what stands before is computed for
/// that place alone, as far back as operators treat each place by itself. In a transformer that is most of its last layer.
extension GraphBuilder {
  /// Appends a `Gather` of one place, and before it what it reads, narrowed to that place. The nodes that it read before are left to
  /// be dropped.
  ///
  /// - Parameter reads: how often each tensor is read in the model.
  /// - Returns: whether anything was appended. Where not, nothing can be narrowed.
  func appendNarrowed(_ choice: Node, reads: [String: Int]) throws(AutodiffError) -> Bool {
    // A narrowed axis whose size is open needs padding by a computed number on the way back.
    guard opset >= 11, choice.op == "Gather", choice.domain.isEmpty,
      let tensor = choice.optionalInput(0), let facts = facts[tensor], facts.type.isDifferentiable,
      let shape = facts.shape, let indices = choice.optionalInput(1), let index = constant(indices),
      let places = index.integers, places.count == 1
    else { return false }
    let axis = try choice.axis(try choice.int("axis", default: 0), rank: shape.count)
    guard !shape[axis].isOne else { return false }
    // A place that is not there is refused where the node is differentiated.
    if let size = shape[axis].size, !(-size..<size).contains(places[0]) { return false }
    let narrowing = try Narrowing(to: places[0], axis, of: tensor, builder: self, reads: reads)
    guard !narrowing.nodes.isEmpty else { return false }
    var proto = choice.proto
    proto.input = [try narrowing.write(), try integers([0], dims: index.dims.map { Int($0) })]
    try append(Node(proto: proto))
    return true
  }
}

/// The nodes whose results are read at one place only.
private struct Narrowing {
  private let builder: GraphBuilder
  private let place: Int
  private let tensor: String
  private let axis: Int
  /// From the last to the first: each with the axis that is narrowed in its result, and for each input the axis that is narrowed
  /// in it, nil where it is read whole.
  private(set) var nodes: [(node: Node, axis: Int, inputAxes: [Int?])] = []

  init(
    to place: Int, _ axis: Int, of tensor: String, builder: GraphBuilder, reads: [String: Int]
  ) throws(AutodiffError) {
    (self.builder, self.place, self.tensor, self.axis) = (builder, place, tensor, axis)
    // How often each tensor is read at the one place, and on which axis that is; nil where there is more than one.
    var narrow: [String: (count: Int, axis: Int?)] = [tensor: (1, axis)]
    var open = Set([builder.makers[tensor]].compactMap { $0 })
    while let last = open.max() {
      open.remove(last)
      let node = builder.nodes[last]
      guard node.outputs.count == 1, let read = narrow[node.outputs[0]], let axis = read.axis,
        read.count == reads[node.outputs[0]], let inputAxes = try builder.inputAxes(of: node, for: axis)
      else { continue }
      nodes.append((node, axis, inputAxes))
      for (input, axis) in zip(node.inputs, inputAxes) {
        guard let axis else { continue }
        let known = narrow[input]
        narrow[input] = ((known?.count ?? 0) + 1, known == nil || known?.axis == axis ? axis : nil)
        if let maker = builder.makers[input] { open.insert(maker) }
      }
    }
  }

  /// Writes the nodes anew.
  /// - Returns: the tensor at the one place, with an axis of size 1.
  func write() throws(AutodiffError) -> String {
    var made: [String: String] = [:]
    var cut: [String: String] = [:]
    func narrowed(_ input: String, _ axis: Int) throws(AutodiffError) -> String {
      if let known = made[input] ?? cut["\(axis) \(input)"] { return known }
      // The place behind the last one would be counted from the front.
      let end = place == -1 ? Dim.bound : place + 1
      let slice = try builder.slice(input, axes: [axis], from: [place], to: [end])
      cut["\(axis) \(input)"] = slice
      return slice
    }
    for (node, axis, inputAxes) in nodes.reversed() {
      var proto = node.proto
      for (index, axis) in inputAxes.enumerated() {
        if let axis { proto.input[index] = try narrowed(node.inputs[index], axis) }
      }
      if node.op == "Reshape" {
        let shape = try builder.narrowedShape(node, axis)
        let result = try builder.reshape(proto.input[0], shape.map { $0.size ?? -1 })
        builder.setShape(of: result, shape)
        made[node.outputs[0]] = result
      } else {
        proto.output = [builder.freshName(node.op)]
        try builder.append(Node(proto: proto))
        made[node.outputs[0]] = proto.output[0]
      }
    }
    return try narrowed(tensor, axis)
  }
}

extension GraphBuilder {
  private static let elementwise: Set = [
    "Abs", "Add", "Cast", "Clip", "Div", "Elu", "Erf", "Exp", "Gelu", "HardSigmoid", "HardSwish", "Identity",
    "LeakyRelu", "Log", "Max", "Min", "Mish", "Mul", "Neg", "Pow", "Reciprocal", "Relu", "Sigmoid",
    "Softplus",
    "Sqrt", "Sub", "Tanh", "Where",
  ]

  /// By input, the axis whose places become those of an axis of the result, nil for an input that is read whole. Nil where a place of
  /// the result depends on several of an input, or that cannot be told.
  fileprivate func inputAxes(of node: Node, for axis: Int) throws(AutodiffError) -> [Int?]? {
    guard node.domain.isEmpty, let first = node.optionalInput(0), let shape = facts[node.outputs[0]]?.shape,
      let input = facts[first]?.shape
    else { return nil }
    let whole = [Int?](repeating: nil, count: node.inputs.count - 1)
    switch node.op {
    case let op where Self.elementwise.contains(op):
      return broadcastAxes(node.inputs, shape, axis)
    case "LayerNormalization", "RMSNormalization":
      let start = try node.axis(try node.int("axis", default: -1), rank: shape.count)
      return axis < start ? [axis] + whole : nil
    case "Softmax", "LogSoftmax":
      return try node.softmaxAxes(rank: shape.count, opset: opset).contains(axis) ? nil : [axis]
    case "ReduceMean", "ReduceSum":
      guard try node.int("keepdims", default: 1) != 0,
        let axes = try node.reducedAxes(rank: input.count, self), !axes.contains(axis)
      else { return nil }
      return [axis] + whole
    case "MatMul":
      guard input.count > 1, facts[node.inputs[1]]?.shape?.count ?? 0 > 1, axis < shape.count - 1 else {
        return nil
      }
      // The rows of the left matrix, or an axis that the matrices are stacked along.
      return axis == shape.count - 2 ? [input.count - 2, nil] : broadcastAxes(node.inputs, shape, axis)
    case "Gemm":
      guard axis == 0, try node.int("transA", default: 0) == 0 else { return nil }
      guard let added = broadcastAxes(Array(node.inputs.dropFirst(2)), shape, axis) else { return nil }
      return [0, nil] + added
    case "Transpose":
      let order = try node.ints("perm") ?? Array(shape.indices.reversed())
      return order.count == input.count && input.indices.contains(order[axis]) ? [order[axis]] : nil
    case "Reshape":
      // Only axes behind it are split or joined.
      guard input.count > axis, input[...axis] == shape[...axis],
        try narrowedShape(node, axis).filter({ $0.size == nil }).count <= 1, !shape.contains(Dim(0))
      else { return nil }
      return [axis] + whole
    default: return nil
    }
  }

  fileprivate func narrowedShape(_ node: Node, _ axis: Int) throws(AutodiffError) -> [Dim] {
    var shape = try shape(of: try node.output(), for: node)
    shape[axis] = Dim(1)
    return shape
  }

  /// The axis of each input that is an axis of the result, where shapes are broadcast.
  private func broadcastAxes(_ inputs: [String], _ shape: [Dim], _ axis: Int) -> [Int?]? {
    var result: [Int?] = []
    for input in inputs {
      if input.isEmpty {
        result.append(nil)
        continue
      }
      guard let own = facts[input]?.shape else { return nil }
      let place = axis - (shape.count - own.count)
      if place < 0 || own[place].isOne {
        result.append(nil)
      } else if own[place] == shape[axis] {
        result.append(place)
      } else {
        return nil
      }
    }
    return result
  }
}
