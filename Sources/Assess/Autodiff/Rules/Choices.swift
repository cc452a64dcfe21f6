// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Operators that pass on some elements and stop others.
extension GradientRules {
  static let choices = [
    GradientRule("Clip", Infer.same) { step throws(AutodiffError) in
      try step.clip()
    },
    GradientRule("Where", inferWhere) { step throws(AutodiffError) in
      let (builder, g) = (step.builder, try step.gradient())
      let (condition, zero) = (try step.input(0), try builder.scalar(0, like: g))
      if step.wants(1) { try step.giveBroadcast(try builder.add("Where", condition, g, zero), to: 1) }
      if step.wants(2) { try step.giveBroadcast(try builder.add("Where", condition, zero, g), to: 2) }
    },
    GradientRule("Expand", inferExpand) { step throws(AutodiffError) in
      try step.giveBroadcast(try step.gradient(), to: 0)
    },
  ]

  /// Also the numbers of a list of sizes, where it is known which are chosen.
  private static func inferWhere(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard var facts = try Infer.broadcast(node, builder, from: 1)[0] else { return [nil] }
    if let lists = try builder.contents(of: node, [0, 1, 2]) {
      facts.content = lists[0].indices.map { lists[0][$0] == Dim(0) ? lists[2][$0] : lists[1][$0] }
    }
    return [facts]
  }

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
  /// At the bounds themselves the slope by the tensor is 1, as torch has it.
  fileprivate mutating func clip() throws(AutodiffError) {
    let (x, g) = (try input(0), try gradient())
    var low = node.optionalInput(1)
    var high = node.optionalInput(2)
    if builder.opset < 11 {
      low = try bound("min", like: x)
      high = try bound("max", like: x)
    }
    var below = try low.map { low throws(AutodiffError) in try builder.add("Less", x, low) }
    var above = try high.map { high throws(AutodiffError) in try builder.add("Greater", x, high) }
    if wants(0) {
      let conditions = try [below, above].compactMap { $0 }.map { name throws(AutodiffError) in
        try builder.add("Not", name)
      }
      var gradient = g
      if let first = conditions.first {
        let inside = conditions.count == 2 ? try builder.add("And", first, conditions[1]) : first
        gradient = try builder.masked(g, by: inside)
      }
      give(gradient, to: 0)
    }
    guard wants(1) || wants(2) else { return }
    // Where the bounds cross, the upper one holds.
    if let low, let high {
      let crossed = try builder.add("Greater", low, high)
      below = try below.map { below throws(AutodiffError) in
        try builder.add("And", below, try builder.add("Not", crossed))
      }
      above = try above.map { above throws(AutodiffError) in try builder.add("Or", above, crossed) }
    }
    if wants(1), let below { try giveBroadcast(try builder.masked(g, by: below), to: 1) }
    if wants(2), let above { try giveBroadcast(try builder.masked(g, by: above), to: 2) }
  }

  fileprivate func bound(_ name: String, like tensor: String) throws(AutodiffError) -> String? {
    guard let value = node.float(name), value.isFinite else { return nil }
    return try builder.scalar(value, like: tensor)
  }
}
