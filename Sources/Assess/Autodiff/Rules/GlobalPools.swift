// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Pools whose window is the whole image.
extension GradientRules {
  static let globalPools = [
    GradientRule("GlobalAveragePool", inferGlobal) { step throws(AutodiffError) in try step.mean() },
    GradientRule("GlobalMaxPool", inferGlobal) { step throws(AutodiffError) in
      try step.shareAmongExtremes(losing: "Less")
    },
    GradientRule("GlobalLpPool", inferGlobal) { step throws(AutodiffError) in
      // y = (sum |x|^p)^(1/p): sign(x) |x|^(p-1) y^(1-p)
      let (builder, order) = (step.builder, try step.node.normOrder())
      let y = try builder.withoutZeros(try step.output())
      let share = try builder.product(try step.gradient(), try builder.power(y, Double(1 - order)))
      step.give(try builder.product(share, try step.slopeOfPower(try step.input(0), order)), to: 0)
    },
  ]

  private static func inferGlobal(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let facts = builder.facts[try node.input(0)] else { return [nil] }
    guard let shape = facts.shape else { return [TensorFacts(facts.type, nil)] }
    guard shape.count > 2 else { throw node.invalid("needs an input of rank 3 or more") }
    return [TensorFacts(facts.type, shape.prefix(2) + shape.dropFirst(2).map { _ in Dim(1) })]
  }
}
