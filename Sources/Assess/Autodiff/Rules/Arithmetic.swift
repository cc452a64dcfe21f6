// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension GradientRules {
  static let arithmetic = [
    GradientRule("Add", inferIntegers) { step throws(AutodiffError) in
      for input in step.wanted.sorted() { try step.giveBroadcast(try step.gradient(), to: input) }
    },
    GradientRule("Sum", { (node, builder) throws(AutodiffError) in try Infer.broadcast(node, builder) }) {
      step throws(AutodiffError) in
      for input in step.wanted.sorted() { try step.giveBroadcast(try step.gradient(), to: input) }
    },
    GradientRule("Sub", inferIntegers) { step throws(AutodiffError) in
      if step.wants(0) { try step.giveBroadcast(try step.gradient(), to: 0) }
      if step.wants(1) { try step.giveBroadcast(try step.builder.add("Neg", try step.gradient()), to: 1) }
    },
    GradientRule("Mul", inferIntegers) { step throws(AutodiffError) in
      let g = try step.gradient()
      for input in step.wanted.sorted() {
        try step.giveBroadcast(try step.builder.multiple(g, of: try step.input(1 - input)), to: input)
      }
    },
    GradientRule("Div", inferIntegers) { step throws(AutodiffError) in
      // g / b, and -y g / b.
      let (g, divisor) = (try step.gradient(), try step.input(1))
      if !step.wants(1), let number = step.builder.number(divisor), number != 0 {
        return try step.giveBroadcast(try step.builder.times(g, 1 / number), to: 0)
      }
      let part = try step.builder.add("Div", g, divisor)
      if step.wants(0) { try step.giveBroadcast(part, to: 0) }
      if step.wants(1) {
        let slope = try step.builder.add("Mul", part, try step.output())
        try step.giveBroadcast(try step.builder.add("Neg", slope), to: 1)
      }
    },
    GradientRule("Pow", { (node, builder) throws(AutodiffError) in try Infer.broadcast(node, builder) }) {
      step throws(AutodiffError) in
      if step.wants(1) { try step.exponentGradient() }
      guard step.wants(0) else { return }
      let (builder, x) = (step.builder, try step.input(0))
      if builder.constant(try step.input(1))?.floats == [2] {
        let slope = try builder.times(x, 2)
        return try step.giveBroadcast(try builder.add("Mul", try step.gradient(), slope), to: 0)
      }
      if let exponent = builder.constant(try step.input(1))?.floats, exponent == [0] || exponent == [1] {
        // x^-1 and x^0 would make these wrong at 0.
        return try step.giveBroadcast(try builder.times(try step.gradient(), Double(exponent[0])), to: 0)
      }
      let exponent = try builder.cast(try step.input(1), like: x)
      let less = try builder.add("Sub", exponent, try builder.scalar(1, like: x))
      let slope = try builder.add("Mul", exponent, try builder.add("Pow", x, less))
      try step.giveBroadcast(try builder.add("Mul", try step.gradient(), slope), to: 0)
    },
  ]

  /// Broadcast, and also the numbers when both inputs are short lists of sizes.
  private static func inferIntegers(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard var facts = try Infer.broadcast(node, builder)[0] else { return [nil] }
    if let left = builder.facts[try node.input(0)]?.content,
      let right = builder.facts[try node.input(1)]?.content,
      left.count == right.count || left.count == 1 || right.count == 1
    {
      var content: [Dim] = []
      for index in 0..<max(left.count, right.count) {
        let (a, b) = (left[left.count == 1 ? 0 : index], right[right.count == 1 ? 0 : index])
        guard let value = try combine(node.op, a, b) else { return [facts] }
        content.append(value)
      }
      facts.content = content
    }
    return [facts]
  }

  private static func combine(_ op: String, _ a: Dim, _ b: Dim) throws(AutodiffError) -> Dim? {
    switch op {
    case "Mul": return try a.times(b)
    case "Div":
      if let quotient = a.divided(by: b) { return quotient }
      // Rounds towards zero, as the operator does for integers.
      guard let x = a.size, let y = b.size, y != 0, y != -1 else { return nil }
      return Dim(x / y)
    default:
      guard let x = a.size, let y = b.size else { return nil }
      let (sum, overflow) = op == "Add" ? x.addingReportingOverflow(y) : x.subtractingReportingOverflow(y)
      return overflow ? nil : Dim(sum)
    }
  }
}

extension Backward {
  /// y log(x), and 0 where the base is not positive: there no power near it is a number.
  fileprivate mutating func exponentGradient() throws(AutodiffError) {
    try needs(9)
    let (x, zero) = (try input(0), try zero())
    let logs = try builder.add("Where", try builder.add("Greater", x, zero), try builder.add("Log", x), zero)
    let part = try builder.product(try gradient(), try builder.product(try output(), logs))
    let sum = try builder.unbroadcast(part, to: try input(1), for: node)
    give(try builder.cast(sum, like: try input(1)), to: 1)
  }

  /// Gives a gradient that has the shape of the output to an input that was broadcast to it.
  mutating func giveBroadcast(_ gradient: String, to input: Int) throws(AutodiffError) {
    give(try builder.unbroadcast(gradient, to: try self.input(input), for: node), to: input)
  }
}
