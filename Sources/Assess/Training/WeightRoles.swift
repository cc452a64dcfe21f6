// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletFormats
import MartletONNXSchema

/// Which float32 constants of a model are weights, told from the operators that use them.
///
/// Operators with parameters (convolutions, products, normalisations, recurrent layers, embeddings) say themselves which of
/// their inputs is what. A constant that is only added, multiplied or joined is a weight where the other side depends on
/// weights; so the scaling of the input by known means stays as it is. One number alone, and what is infinite or huge, such as a mask,
/// is no weight. Constants inside of `Constant` nodes are weights only of operators with parameters.
struct WeightRoles {
  /// In the order of their first use.
  private(set) var names: [String] = []
  private(set) var roles: [String: WeightRole] = [:]

  /// The constants that can be trained, without running statistics.
  var weightNames: [String] { names.filter { roles[$0]?.isWeight ?? false } }

  /// A constant as an operator sees it: with its last two axes swapped by a Transpose, perhaps.
  private struct Constant {
    let name: String
    var dims: [Int]
    let isInitializer: Bool
    let isTame: Bool
  }

  private var constants: [String: Constant] = [:]
  /// Tensors that depend on the model's input, and on weights.
  private var fed: Set<String> = []
  private var learned: Set<String> = []
  private let rectified: RectifiedTensors

  init(of model: ONNXModel) {
    let graph = model.proto.graph
    rectified = RectifiedTensors(graph)
    for tensor in graph.initializer { add(tensor, as: tensor.name, isInitializer: true) }
    fed = Set(graph.input.map(\.name)).subtracting(graph.initializer.map(\.name))
    for node in graph.node where node.domain.isEmpty || node.domain == "ai.onnx" { read(node) }
  }

  private mutating func add(_ tensor: ONNXTensorProto, as name: String, isInitializer: Bool) {
    guard let values = tensor.floats, !values.isEmpty else { return }
    constants[name] = Constant(
      name: name, dims: tensor.dims.map { Int($0) }, isInitializer: isInitializer,
      isTame: values.allSatisfy { abs($0) < 1e4 })
  }

  private mutating func read(_ node: ONNXNodeProto) {
    guard let output = node.output.first else { return }
    if node.opType == "Constant" {
      for attribute in node.attribute where attribute.name == "value" && attribute.hasT {
        add(attribute.t, as: output, isInitializer: false)
      }
      return
    }
    if var constant = node.input.first.flatMap({ constants[$0] }), Self.passing.contains(node.opType) {
      if node.opType == "Transpose", constant.dims.count >= 2 {
        constant.dims.swapAt(constant.dims.count - 1, constant.dims.count - 2)
      }
      constants[output] = constant
      return
    }
    let others = node.input.filter { constants[$0] == nil }
    let isFed = others.contains(where: fed.contains)
    var isLearned = others.contains(where: learned.contains)
    if isFed || isLearned {
      let wasLearned = isLearned
      for (index, input) in node.input.enumerated() {
        guard let constant = constants[input],
          let role = role(of: constant, at: index, in: node, isLearned: wasLearned)
        else { continue }
        isLearned = isLearned || role.isWeight
        if roles[constant.name] == nil { names.append(constant.name) }
        roles[constant.name] = roles[constant.name] ?? role
      }
    }
    if isFed { fed.formUnion(node.output) }
    if isLearned { learned.formUnion(node.output) }
  }

  /// Operators that hand a weight on with its elements unchanged.
  private static let passing: Set = [
    "Cast", "Expand", "Flatten", "Identity", "Reshape", "Squeeze", "Transpose", "Unsqueeze",
  ]

  private func role(
    of constant: Constant, at index: Int, in node: ONNXNodeProto, isLearned: Bool
  ) -> WeightRole? {
    func kernel(_ inputs: Int, _ outputs: Int) -> WeightRole {
      .kernel(inputs: inputs, outputs: outputs, isRectified: rectified.isRectified(node.output.first ?? ""))
    }
    let dims = constant.dims
    let (rows, columns) = (dims.dropLast().last ?? 1, dims.last ?? 1)
    switch (node.opType, index) {
    case ("Conv", 1), ("ConvTranspose", 1):
      guard dims.count > 2 else { return nil }
      let taps = dims.dropFirst(2).reduce(1, *)
      let groups = max(1, Int(clamping: node.attribute.first { $0.name == "group" }?.i ?? 1))
      return node.opType == "Conv"
        ? kernel(dims[1] * taps, dims[0] / groups * taps) : kernel(dims[0] / groups * taps, dims[1] * taps)
    case ("Gemm", 0), ("Gemm", 1):
      let isTurned = node.attribute.contains { $0.name == (index == 0 ? "transA" : "transB") && $0.i != 0 }
      return isTurned == (index == 1) ? kernel(columns, rows) : kernel(rows, columns)
    case ("MatMul", 0): return dims.count < 2 ? nil : kernel(columns, rows)
    case ("MatMul", 1): return dims.count < 2 ? nil : kernel(rows, columns)
    case ("Einsum", _): return dims.count < 2 ? nil : kernel(dims.dropLast().reduce(1, *), columns)
    case ("Conv", 2), ("ConvTranspose", 2), ("Gemm", 2): return .bias
    case ("BatchNormalization", 3): return .runningMean
    case ("BatchNormalization", 4): return .runningVariance
    case ("BatchNormalization", 1), ("InstanceNormalization", 1), ("GroupNormalization", 1),
      ("LayerNormalization", 1), ("RMSNormalization", 1):
      return .scale
    case ("BatchNormalization", 2), ("InstanceNormalization", 2), ("GroupNormalization", 2),
      ("LayerNormalization", 2):
      return .bias
    case ("PRelu", 1): return .slope
    case ("LSTM", 1), ("LSTM", 2), ("LSTM", 7), ("GRU", 1), ("GRU", 2), ("RNN", 1), ("RNN", 2):
      return .recurrent(hidden: Int(clamping: node.attribute.first { $0.name == "hidden_size" }?.i ?? 1))
    case ("LSTM", 3), ("GRU", 3), ("RNN", 3): return .bias
    case ("Gather", 0): return dims.count < 2 ? nil : .embedding
    default: return roleInArithmetic(of: constant, in: node.opType, isLearned: isLearned)
    }
  }

  private func roleInArithmetic(of constant: Constant, in op: String, isLearned: Bool) -> WeightRole? {
    let long = constant.dims.count { $0 > 1 }
    guard constant.isInitializer, constant.isTame, long > 0 else { return nil }
    switch op {
    case "Add", "Sub", "Sum": return long > 1 ? .table : isLearned ? .bias : nil
    case "Mul", "Div": return isLearned ? .scale : nil
    case "Concat": return isLearned ? .table : nil
    default: return nil
    }
  }
}
