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

  /// Walks back from the output that tells the class to the scores behind it. Where one probability is all there is, that of class
  /// 1, its logit z and a zero for class 0 become the scores.
  func scores(outputs: [String]) throws(AutodiffError) -> (tensor: String, skipped: [String]) {
    let tables = outputs.filter {
      (facts[$0]?.type.isDifferentiable ?? false) && (facts[$0]?.shape?.count ?? 0) > 1
    }
    let maps = outputs.filter { makers[$0].map { nodes[$0].isClassMap } ?? false }
    let lone = outputs.filter { (facts[$0]?.type.isDifferentiable ?? false) && isLone($0) }
    guard let output = tables.first ?? maps.first ?? lone.first ?? outputs.first else {
      throw .invalidGraph("there is no output")
    }
    var tensor = output
    var skipped: [String] = []
    func skip(_ node: Node) { skipped.append("\(node.op) \(shown(node.label))") }
    while let node = maker(of: tensor), let before = node.optionalInput(0) {
      if let sigmoid = try complementedSigmoid(node) {
        skip(sigmoid)
        return (try twoScores(try sigmoid.input(0)), skipped)
      }
      if isLone(tensor), Self.reshaping.contains(node.op), isLone(before) {
        tensor = before
        continue
      }
      if node.op == "Sigmoid", isLone(before) {
        skip(node)
        return (try twoScores(before), skipped)
      }
      let isRanking = try isRanking(node)
      guard node.isClassMap || isRanking else { break }
      if node.op != "Identity" { skip(node) }
      tensor = before
    }
    return (tensor, skipped)
  }

  private func maker(of tensor: String) -> Node? {
    makers[tensor].map { nodes[$0] }.flatMap { $0.domain.isEmpty || $0.isClassMap ? $0 : nil }
  }

  private static let reshaping: Set = ["Flatten", "Identity", "Reshape", "Squeeze", "Unsqueeze"]

  /// Whether a tensor has one number for each example: [N] or [N, 1].
  private func isLone(_ tensor: String) -> Bool {
    guard let shape = facts[tensor]?.shape, (1...2).contains(shape.count) else { return false }
    return shape.dropFirst().allSatisfy(\.isOne)
  }

  /// The Sigmoid behind a table [1 - p, p], as scikit-learn's exporter writes it.
  private func complementedSigmoid(_ node: Node) throws(AutodiffError) -> Node? {
    guard node.op == "Concat", node.inputs.count == 2, isLone(node.inputs[1]),
      try node.axis(try node.int("axis", default: 0), rank: 2) == 1,
      let sigmoid = maker(of: node.inputs[1]), sigmoid.op == "Sigmoid",
      let rest = maker(of: node.inputs[0]), rest.op == "Sub", rest.inputs.last == node.inputs[1]
    else { return nil }
    return sigmoid
  }

  /// The scores [0, z] of two classes, whose softmax is [1 - sigmoid(z), sigmoid(z)].
  private func twoScores(_ logit: String) throws(AutodiffError) -> String {
    loneLogit = logit
    let column = facts[logit]?.shape?.count == 1 ? try unsqueeze(logit, axes: [1]) : logit
    let zero = try add("Mul", column, try scalar(0, like: column))
    let table = try add("Concat", [zero, column], outputs: 1, [.int("axis", 1)])[0]
    if let batch = facts[logit]?.shape?.first { setShape(of: table, [batch, Dim(2)]) }
    return table
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
        reason: "expected one score for each of at least two classes, found \(count)"
          + (count == 1 ? ", with no Sigmoid at the end that tells where class 1 begins" : ""))
    }
    let name = loneLogit.map { "\(shown($0)) and a zero for class 0" } ?? shown(tensor)
    let description =
      skipped.isEmpty
      ? "\(name), the output, taken as logits"
      : "\(name), the logits before \(skipped.joined(separator: " and "))"
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
    case "Sigmoid": return true
    case "Softmax", "LogSoftmax": return try node.softmaxAxes(rank: shape.count, opset: opset).first == 1
    case "ArgMax": return try node.axis(try node.int("axis", default: 0), rank: shape.count) == 1
    default: return false
    }
  }

  private static func written(_ shape: [Dim]) -> String {
    "[" + shape.map { $0.size.map(String.init) ?? "?" }.joined(separator: ", ") + "]"
  }
}

extension Node {
  /// Whether it only names the columns of a table of probabilities, as scikit-learn's exporter does at the end.
  fileprivate var isClassMap: Bool { domain == "ai.onnx.ml" && op == "ZipMap" }
}
