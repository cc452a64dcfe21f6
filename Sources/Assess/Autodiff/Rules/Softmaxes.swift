// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension GradientRules {
  static let softmaxes = [
    GradientRule("Softmax", Infer.same) { step throws(AutodiffError) in
      // y (g - sum(g y))
      let (builder, y, g) = (step.builder, try step.output(), try step.gradient())
      let axes = try step.node.softmaxAxes(rank: try step.shape(ofInput: 0).count, opset: builder.opset)
      let weighted = try builder.reduceSum(try builder.add("Mul", g, y), axes: axes)
      step.give(try builder.add("Mul", y, try builder.add("Sub", g, weighted)), to: 0)
    },
    GradientRule("LogSoftmax", Infer.same) { step throws(AutodiffError) in
      // g - e^y sum(g)
      let (builder, y, g) = (step.builder, try step.output(), try step.gradient())
      let axes = try step.node.softmaxAxes(rank: try step.shape(ofInput: 0).count, opset: builder.opset)
      let share = try builder.add("Mul", try builder.add("Exp", y), try builder.reduceSum(g, axes: axes))
      step.give(try builder.add("Sub", g, share), to: 0)
    },
  ]
}

extension Node {
  /// The axes over which the probabilities add up to one. Before operator set 13 these are the named axis and all behind it.
  func softmaxAxes(rank: Int, opset: Int) throws(AutodiffError) -> [Int] {
    if opset >= 13 { return [try axis(try int("axis", default: -1), rank: rank)] }
    return Array(try axis(try int("axis", default: 1), rank: rank)..<rank)
  }
}
