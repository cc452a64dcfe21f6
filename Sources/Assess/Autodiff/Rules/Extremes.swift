// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Operators of any number of inputs that select, average or take rests.
extension GradientRules {
  static let extremes = [
    GradientRule("Max", { (node, builder) throws(AutodiffError) in try Infer.broadcast(node, builder) }) {
      step throws(AutodiffError) in
      try step.shareAmongWinners(losing: "Less")
    },
    GradientRule("Min", { (node, builder) throws(AutodiffError) in try Infer.broadcast(node, builder) }) {
      step throws(AutodiffError) in
      try step.shareAmongWinners(losing: "Greater")
    },
    GradientRule("Mean", { (node, builder) throws(AutodiffError) in try Infer.broadcast(node, builder) }) {
      step throws(AutodiffError) in
      let share = try step.builder.times(try step.gradient(), 1 / Double(step.node.inputs.count))
      for input in step.wanted.sorted() { try step.giveBroadcast(share, to: input) }
    },
    GradientRule("Mod", { (node, builder) throws(AutodiffError) in try Infer.broadcast(node, builder) }) {
      step throws(AutodiffError) in
      guard try step.node.int("fmod", default: 0) != 0 else {
        throw step.node.refused("floating-point numbers need fmod = 1")
      }
      // y = a - b n with a whole number n, which is (a - y) / b.
      let (builder, g) = (step.builder, try step.gradient())
      if step.wants(0) { try step.giveBroadcast(g, to: 0) }
      if step.wants(1) {
        let less = try builder.quotient(
          try builder.difference(try step.output(), try step.input(0)), try step.input(1))
        try step.giveBroadcast(try builder.product(g, less), to: 1)
      }
    },
  ]
}

extension Backward {
  /// The inputs that have the extreme value share the gradient in equal parts, as torch has it.
  fileprivate mutating func shareAmongWinners(losing comparison: String) throws(AutodiffError) {
    let (g, y) = (try gradient(), try output())
    if node.inputs.count == 1 { return give(g, to: 0) }
    guard node.inputs.count <= 1024 else { throw node.refused("it has more than 1024 inputs") }
    var winners: [String] = []
    for index in node.inputs.indices {
      let loses = try builder.add(comparison, try input(index), y)
      winners.append(try builder.cast(try builder.add("Not", loses), like: g))
    }
    let count = try builder.add(winners.count == 2 ? "Add" : "Sum", winners, outputs: 1)[0]
    let share = try builder.quotient(g, count)
    for input in wanted.sorted() { try giveBroadcast(try builder.product(share, winners[input]), to: input) }
  }
}
