// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

/// Losses that are operators of their own, in graphs that were exported for training.
extension GradientRules {
  static let losses = ["SoftmaxCrossEntropyLoss", "NegativeLogLikelihoodLoss"].map {
    GradientRule($0, inferLoss) { step throws(AutodiffError) in
      let form = LossForm(node: step.node, builder: step.builder)
      try step.decompose { (_, names) throws(AutodiffError) in try form.write(names) }
    }
  }

  private static func inferLoss(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError) -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    let labels = builder.facts[try node.input(1)]?.shape
    let isList = node.string("reduction") == "none"
    return [TensorFacts(facts.type, isList ? labels : []), TensorFacts(facts.type, facts.shape)]
  }
}

/// The loss of the scores or log-probabilities [N, C, ...] and the labels [N, ...], written out.
private struct LossForm {
  let node: Node
  let builder: GraphBuilder

  func write(_ names: [String?]) throws(AutodiffError) -> [String] {
    guard names.count > 1, let scores = names[0], let labels = names[1] else {
      throw node.invalid("lacks scores or labels")
    }
    let rank = try builder.shape(of: scores, for: node).count
    guard rank >= 2, try builder.shape(of: labels, for: node).count == rank - 1 else {
      throw node.invalid("needs a label for each list of scores")
    }
    // The classes come last, where a softmax means the same in every operator set.
    let last = try builder.transpose(scores, [0] + Array(2..<rank) + [1])
    let logs =
      node.op == "SoftmaxCrossEntropyLoss"
      ? try builder.add("LogSoftmax", last, with: [.int("axis", rank - 1)]) : last
    let classes = try builder.slice(try builder.add("Shape", scores), axes: [0], from: [1], to: [2])
    var chosen = try builder.oneHot(labels, depth: classes, like: scores)
    builder.setShape(of: chosen, like: last)
    if let ignored = try node.int("ignore_index") {
      let number = try builder.add(
        "Cast", try builder.integers([ignored]), with: [.int("to", try builder.type(of: labels).rawValue)])
      let counts = try builder.add("Not", try builder.add("Equal", labels, number))
      chosen = try builder.masked(chosen, by: try builder.unsqueeze(counts, axes: [rank - 1]))
      builder.setShape(of: chosen, like: last)
    }
    if names.count > 2, let weights = names[2] {
      chosen = try builder.product(chosen, weights)
      builder.setShape(of: chosen, like: last)
    }
    let parts = try builder.add("Neg", try builder.product(chosen, logs))
    let back = try builder.transpose(logs, [0, rank - 1] + Array(1..<rank - 1))
    return [try reduced(parts, chosen, rank), back]
  }

  private func reduced(_ parts: String, _ chosen: String, _ rank: Int) throws(AutodiffError) -> String {
    switch node.string("reduction") ?? "mean" {
    case "none": return try builder.reduceSum(parts, axes: [rank - 1], keep: false)
    case "sum": return try builder.reduceSum(parts, axes: Array(0..<rank), keep: false)
    case "mean":
      let all = Array(0..<rank)
      return try builder.quotient(
        try builder.reduceSum(parts, axes: all, keep: false),
        try builder.reduceSum(chosen, axes: all, keep: false))
    case let other: throw node.invalid("has the reduction \(shown(other))")
    }
  }
}
