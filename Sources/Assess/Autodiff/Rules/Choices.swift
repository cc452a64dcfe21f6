// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Operators that pass on some elements and stop others.
extension GradientRules {
  static let choices = [
    GradientRule("Clip", Infer.same) { step throws(AutodiffError) in
      // At the bounds themselves the slope is 1, as torch has it.
      let (builder, x) = (step.builder, try step.input(0))
      var low = step.node.optionalInput(1)
      var high = step.node.optionalInput(2)
      if builder.opset < 11 {
        low = try step.bound("min", like: x)
        high = try step.bound("max", like: x)
      }
      var conditions: [String] = []
      if let low { conditions.append(try builder.add("Not", try builder.add("Less", x, low))) }
      if let high { conditions.append(try builder.add("Not", try builder.add("Greater", x, high))) }
      var gradient = try step.gradient()
      if let first = conditions.first {
        let inside = conditions.count == 2 ? try builder.add("And", first, conditions[1]) : first
        gradient = try builder.masked(gradient, by: inside)
      }
      step.give(gradient, to: 0)
    },
    GradientRule(
      "Where", { (node, builder) throws(AutodiffError) in try Infer.broadcast(node, builder, from: 1) }
    ) {
      step throws(AutodiffError) in
      let (builder, g) = (step.builder, try step.gradient())
      let (condition, zero) = (try step.input(0), try builder.scalar(0, like: g))
      if step.wants(1) { try step.giveBroadcast(try builder.add("Where", condition, g, zero), to: 1) }
      if step.wants(2) { try step.giveBroadcast(try builder.add("Where", condition, zero, g), to: 2) }
    },
    GradientRule("Expand", inferExpand) { step throws(AutodiffError) in
      try step.giveBroadcast(try step.gradient(), to: 0)
    },
  ]

  private static func inferExpand(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape, let target = builder.facts[try node.input(1)]?.content else {
      return [TensorFacts(facts.type, nil)]
    }
    return [TensorFacts(facts.type, try builder.broadcast([shape, target], for: node))]
  }
}

extension Backward {
  fileprivate func bound(_ name: String, like tensor: String) throws(AutodiffError) -> String? {
    guard let value = node.float(name), value.isFinite else { return nil }
    return try builder.scalar(value, like: tensor)
  }
}
