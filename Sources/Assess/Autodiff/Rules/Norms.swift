// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Reductions other than sum and mean, and division by a norm.
extension GradientRules {
  static let norms = [
    GradientRule("ReduceMax", inferReduction) { step throws(AutodiffError) in
      try step.shareAmongExtremes(losing: "Less")
    },
    GradientRule("ReduceMin", inferReduction) { step throws(AutodiffError) in
      try step.shareAmongExtremes(losing: "Greater")
    },
    GradientRule("ReduceProd", inferReduction) { step throws(AutodiffError) in
      try step.productOfOthers()
    },
    GradientRule("ReduceL1", inferReduction) { step throws(AutodiffError) in
      let sign = try step.builder.sign(try step.input(0))
      step.give(try step.builder.product(try step.keptGradient(), sign), to: 0)
    },
    GradientRule("ReduceL2", inferReduction) { step throws(AutodiffError) in
      // x / y, and 0 at the origin.
      let y = try step.builder.withoutZeros(try step.kept(try step.output()))
      let share = try step.builder.quotient(try step.keptGradient(), y)
      step.give(try step.builder.product(share, try step.input(0)), to: 0)
    },
    GradientRule("ReduceSumSquare", inferReduction) { step throws(AutodiffError) in
      let twice = try step.builder.times(try step.input(0), 2)
      step.give(try step.builder.product(try step.keptGradient(), twice), to: 0)
    },
    GradientRule("ReduceLogSum", inferReduction) { step throws(AutodiffError) in
      // 1 / sum, which is e^-y.
      let total = try step.builder.add("Exp", try step.kept(try step.output()))
      let share = try step.builder.quotient(try step.keptGradient(), total)
      step.give(try step.builder.expand(share, like: try step.input(0)), to: 0)
    },
    GradientRule("ReduceLogSumExp", inferReduction) { step throws(AutodiffError) in
      // e^(x - y)
      let rest = try step.builder.difference(try step.input(0), try step.kept(try step.output()))
      step.give(
        try step.builder.product(try step.keptGradient(), try step.builder.add("Exp", rest)), to: 0)
    },
    GradientRule("LpNormalization", Infer.same) { step throws(AutodiffError) in try step.normalize() },
  ]
}

extension Backward {
  /// The elements that have the extreme value share the gradient in equal parts, as torch has it.
  mutating func shareAmongExtremes(losing comparison: String) throws(AutodiffError) {
    let (g, y) = (try keptGradient(), try kept(try output()))
    let loses = try builder.add(comparison, try input(0), y)
    let winners = try builder.cast(try builder.add("Not", loses), like: g)
    let count = try builder.reduceSum(winners, axes: try reducedAxes())
    give(try builder.product(try builder.quotient(g, count), winners), to: 0)
  }

  /// The product of all other elements: y / x where there is no zero. A single zero gets the product of the rest, and with two
  /// zeros everything is zero.
  fileprivate mutating func productOfOthers() throws(AutodiffError) {
    let (x, g) = (try input(0), try keptGradient())
    let axes = try reducedAxes()
    let isZero = try builder.cast(try builder.isZero(x), like: x)
    let filled = try builder.sum(x, isZero)
    let rest = try builder.quotient(try builder.reduce("ReduceProd", filled, axes: axes), filled)
    // Zeros among the others: none is what is asked for.
    let others = try builder.difference(try builder.reduceSum(isZero, axes: axes), isZero)
    let isAlone = try builder.isZero(others)
    give(try builder.product(g, try builder.masked(rest, by: isAlone)), to: 0)
  }

  /// y = x / |x| with the norm of the order 1 or 2: (g - s sum(g y)) / |x|, where s is the slope of the norm.
  fileprivate mutating func normalize() throws(AutodiffError) {
    let (x, y, g) = (try input(0), try output(), try gradient())
    let axis = try node.axis(try node.int("axis", default: -1), rank: try shape(ofInput: 0).count)
    let order = try node.int("p", default: 2)
    guard order == 1 || order == 2 else { throw node.invalid("has a norm of the order \(order)") }
    let norm = try builder.withoutZeros(
      try builder.reduce(order == 1 ? "ReduceL1" : "ReduceL2", x, axes: [axis]))
    let along = try builder.reduceSum(try builder.product(g, y), axes: [axis])
    let slope = order == 1 ? try builder.sign(x) : y
    let rest = try builder.difference(g, try builder.product(slope, along))
    give(try builder.quotient(rest, norm), to: 0)
  }
}
