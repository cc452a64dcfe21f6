// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Activations that came to the standard later.
extension GradientRules {
  static let laterActivations = [
    GradientRule("Mish", Infer.same) { step throws(AutodiffError) in
      // y = x t with t = tanh(softplus(x)): t + x sigmoid(x) (1 - t t)
      let (builder, x) = (step.builder, try step.input(0))
      let t = try builder.add("Tanh", try builder.add("Softplus", x))
      let rise = try builder.product(x, try builder.add("Sigmoid", x))
      let bend = try builder.difference(try step.one(), try builder.square(t))
      try step.chain(try builder.sum(t, try builder.product(rise, bend)))
    },
    GradientRule("Swish", Infer.same) { step throws(AutodiffError) in
      // y = x s with s = sigmoid(a x): s + a y (1 - s)
      let (builder, x) = (step.builder, try step.input(0))
      let alpha = step.node.float("alpha") ?? 1
      let s = try builder.add("Sigmoid", try builder.times(x, alpha))
      let rest = try builder.product(try step.output(), try builder.difference(try step.one(), s))
      try step.chain(try builder.sum(s, try builder.times(rest, alpha)))
    },
    GradientRule("Celu", Infer.same) { step throws(AutodiffError) in
      // Below zero y = a (e^(x/a) - 1), so the slope is y / a + 1.
      let alpha = step.node.float("alpha") ?? 1
      guard alpha != 0 else { throw step.node.invalid("divides by an alpha of 0") }
      let builder = step.builder
      let curve = try builder.plus(try builder.times(try step.output(), 1 / alpha), 1)
      let above = try builder.add("Greater", try step.input(0), try step.zero())
      let low = try builder.masked(curve, by: try builder.add("Not", above))
      try step.chain(try builder.sum(low, try builder.cast(above, like: try step.input(0))))
    },
    GradientRule("Shrink", Infer.same) { step throws(AutodiffError) in
      let (builder, x) = (step.builder, try step.input(0))
      let bound = step.node.float("lambd") ?? 0.5
      let above = try builder.add("Greater", x, try builder.scalar(bound, like: x))
      let below = try builder.add("Less", x, try builder.scalar(-bound, like: x))
      step.give(try builder.masked(try step.gradient(), by: try builder.add("Or", above, below)), to: 0)
    },
  ]
}
