// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// The tensor with one score for each class.
struct Logits {
  let tensor: String
  let batch: Dim
  let classCount: Int
  /// Whether the shape is [N, K], and not [N, K, 1, 1].
  let isTable: Bool
  let description: String
}

/// Which tensors of a model are the examples and the scores.
extension GraphBuilder {
  /// - Throws: ``AutodiffError/noSuchTensor(name:role:available:)`` and
  ///   ``AutodiffError/unsuitableTensor(name:role:reason:)``.
  func classifierInput(named name: String?) throws(AutodiffError) -> String {
    let names = inputs.map(\.name)
    if let name {
      guard names.contains(name) else { throw .noSuchTensor(name: name, role: "input", available: names) }
      guard facts[name]?.type.isDifferentiable ?? false else {
        throw .unsuitableTensor(
          name: name, role: "input",
          reason: "its elements are no floating-point numbers, so it has no gradient")
      }
      return name
    }
    let numbers = names.filter { facts[$0]?.type.isDifferentiable ?? false }
    if numbers.count == 1 { return numbers[0] }
    guard numbers.isEmpty else {
      throw .unsuitableTensor(
        name: numbers[0], role: "input",
        reason:
          "there are \(numbers.count) inputs of floating-point numbers; name the one to differentiate for")
    }
    throw .unsuitableTensor(
      name: names.first ?? "", role: "input",
      reason: "no input of the model has floating-point elements, so there is no gradient")
  }

  /// Walks back from the output that tells the class to the scores behind it.
  func scores(outputs: [String]) throws(AutodiffError) -> (tensor: String, skipped: [String]) {
    let tables = outputs.filter {
      (facts[$0]?.type.isDifferentiable ?? false) && (facts[$0]?.shape?.count ?? 0) > 1
    }
    guard let output = tables.first ?? outputs.first else { throw .invalidGraph("there is no output") }
    var tensor = output
    var skipped: [String] = []
    while let node = makers[tensor].map({ nodes[$0] }), node.domain.isEmpty, try isRanking(node),
      let before = node.optionalInput(0)
    {
      if node.op != "Identity" { skipped.append("\(node.op) \(shown(node.label))") }
      tensor = before
    }
    return (tensor, skipped)
  }

  /// - Throws: ``AutodiffError/unsuitableTensor(name:role:reason:)`` when there is no score for each class.
  func logits(_ scores: (tensor: String, skipped: [String])) throws(AutodiffError) -> Logits {
    let (tensor, skipped) = scores
    let role = "scores of the classes"
    guard let found = facts[tensor], found.type.isDifferentiable, let shape = found.shape else {
      throw .unsuitableTensor(
        name: tensor, role: role,
        reason: "expected floating-point numbers of the shape [N, K], found another tensor")
    }
    guard shape.count >= 2, shape.dropFirst(2).allSatisfy(\.isOne), let count = shape[1].size else {
      throw .unsuitableTensor(
        name: tensor, role: role,
        reason: "expected the shape [N, K] with a fixed number of classes K, found \(Self.written(shape))")
    }
    guard (2...1 << 20).contains(count) else {
      throw .unsuitableTensor(
        name: tensor, role: role,
        reason: "expected one score for each of at least two classes, found \(count)")
    }
    let description =
      skipped.isEmpty
      ? "\(shown(tensor)), the output, taken as logits"
      : "\(shown(tensor)), the logits before \(skipped.joined(separator: " and "))"
    return Logits(
      tensor: tensor, batch: shape[0], classCount: count, isTable: shape.count == 2, description: description)
  }

  /// Whether a node only turns scores of classes into other scores, or into the class, of the same order.
  private func isRanking(_ node: Node) throws(AutodiffError) -> Bool {
    if node.op == "Identity" { return true }
    guard let shape = facts[node.optionalInput(0) ?? ""]?.shape, shape.count >= 2,
      shape.dropFirst(2).allSatisfy(\.isOne)
    else { return false }
    switch node.op {
    case "Softmax", "LogSoftmax": return try node.softmaxAxes(rank: shape.count, opset: opset).first == 1
    case "ArgMax": return try node.axis(try node.int("axis", default: 0), rank: shape.count) == 1
    default: return false
    }
  }

  private static func written(_ shape: [Dim]) -> String {
    "[" + shape.map { $0.size.map(String.init) ?? "?" }.joined(separator: ", ") + "]"
  }
}
