// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension GradientRules {
  static let activations = [
    // The mask comes from the output, so that the node stays the only user of its input and can be fused with it.
    GradientRule("Relu", Infer.same) { step throws(AutodiffError) in
      let positive = try step.builder.add("Greater", try step.output(), try step.zero())
      step.give(try step.builder.masked(try step.gradient(), by: positive), to: 0)
    },
    GradientRule("LeakyRelu", Infer.same) { step throws(AutodiffError) in
      try step.piecewise(below: step.node.float("alpha") ?? 0.01)
    },
    GradientRule("ThresholdedRelu", Infer.same) { step throws(AutodiffError) in
      let bound = try step.builder.scalar(step.node.float("alpha") ?? 1, like: try step.input(0))
      let above = try step.builder.add("Greater", try step.input(0), bound)
      step.give(try step.builder.masked(try step.gradient(), by: above), to: 0)
    },
    GradientRule("Sigmoid", Infer.same) { step throws(AutodiffError) in
      // y (1 - y)
      let y = try step.output()
      try step.chain(try step.builder.add("Mul", y, try step.builder.add("Sub", try step.one(), y)))
    },
    GradientRule("Tanh", Infer.same) { step throws(AutodiffError) in
      // 1 - y y
      let y = try step.output()
      try step.chain(try step.builder.add("Sub", try step.one(), try step.builder.add("Mul", y, y)))
    },
    GradientRule("Softplus", Infer.same) { step throws(AutodiffError) in
      try step.chain(try step.builder.add("Sigmoid", try step.input(0)))
    },
    GradientRule("Softsign", Infer.same) { step throws(AutodiffError) in
      // 1 / (1 + |x|)^2
      let size = try step.builder.add("Abs", try step.input(0))
      let base = try step.builder.add("Add", size, try step.one())
      step.give(
        try step.builder.add("Div", try step.gradient(), try step.builder.add("Mul", base, base)), to: 0)
    },
    GradientRule("Elu", Infer.same) { step throws(AutodiffError) in
      // Below zero y = a (e^x - 1), so the slope is y + a.
      try step.exponentialBelowZero(alpha: step.node.float("alpha") ?? 1, scale: 1)
    },
    GradientRule("Selu", Infer.same) { step throws(AutodiffError) in
      try step.exponentialBelowZero(
        alpha: step.node.float("alpha") ?? 1.67326319217681884765625,
        scale: step.node.float("gamma") ?? 1.05070102214813232421875)
    },
    GradientRule("HardSigmoid", Infer.same) { step throws(AutodiffError) in
      let y = try step.output()
      let inside = try step.builder.add(
        "And", try step.builder.add("Greater", y, try step.zero()),
        try step.builder.add("Less", y, try step.one()))
      let masked = try step.builder.masked(try step.gradient(), by: inside)
      step.give(try step.builder.times(masked, step.node.float("alpha") ?? 0.2), to: 0)
    },
    GradientRule("HardSwish", Infer.same) { step throws(AutodiffError) in
      // Between -3 and 3 y = x (x + 3) / 6, so the slope is x / 3 + 1 / 2; above it is 1, below it is 0.
      let (builder, x) = (step.builder, try step.input(0))
      let line = try builder.add(
        "Add", try builder.times(x, 1.0 / 3), try builder.scalar(0.5, like: x))
      let above = try builder.add("Greater", x, try builder.scalar(3, like: x))
      let low = try builder.add("Greater", x, try builder.scalar(-3, like: x))
      let inside = try builder.add("And", low, try builder.add("Not", above))
      let slope = try builder.add("Mul", line, try builder.cast(inside, like: x))
      try step.chain(try builder.add("Add", slope, try builder.cast(above, like: x)))
    },
    GradientRule("Gelu", Infer.same) { step throws(AutodiffError) in
      try step.gelu()
    },
    GradientRule("PRelu", Infer.same) { step throws(AutodiffError) in
      // y = x above zero, slope x below.
      let (builder, x, slope) = (step.builder, try step.input(0), try step.input(1))
      let g = try step.gradient()
      let below = try builder.cast(try builder.add("Less", x, try step.zero()), like: x)
      if step.wants(0) {
        let bent = try builder.add("Mul", below, try builder.add("Sub", slope, try step.one()))
        let factor = try builder.add("Add", bent, try step.one())
        step.give(try builder.add("Mul", g, factor), to: 0)
      }
      if step.wants(1) {
        let part = try builder.add("Mul", try builder.add("Mul", g, below), x)
        step.give(try builder.unbroadcast(part, to: slope, for: step.node), to: 1)
      }
    },
  ]
}

extension Backward {
  func zero() throws(AutodiffError) -> String { try builder.scalar(0, like: try input(0)) }
  func one() throws(AutodiffError) -> String { try builder.scalar(1, like: try input(0)) }

  /// Gives the gradient times the local slope to the only input.
  mutating func chain(_ slope: String) throws(AutodiffError) {
    give(try builder.add("Mul", try gradient(), slope), to: 0)
  }

  /// Slope 1 above zero and `slope` from zero down: slope + (1 - slope) [x > 0].
  mutating func piecewise(below slope: Double) throws(AutodiffError) {
    let x = try input(0)
    let above = try builder.cast(try builder.add("Greater", x, try zero()), like: x)
    let scaled = try builder.times(above, 1 - slope)
    try chain(try builder.add("Add", scaled, try builder.scalar(slope, like: x)))
  }

  mutating func exponentialBelowZero(alpha: Double, scale: Double) throws(AutodiffError) {
    let x = try input(0)
    let above = try builder.add("Greater", x, try zero())
    let high = try builder.times(try builder.cast(above, like: x), scale)
    let curve = try builder.add("Add", try output(), try builder.scalar(alpha * scale, like: x))
    let low = try builder.masked(curve, by: try builder.add("Not", above))
    try chain(try builder.add("Add", high, low))
  }

  mutating func gelu() throws(AutodiffError) {
    let x = try input(0)
    if node.string("approximate") == "tanh" {
      let half = try builder.scalar(0.5, like: x)
      let square = try builder.add("Mul", x, x)
      // y = x (1 + t) / 2 with t = tanh(u), u = c (x + 0.044715 x^3).
      let c = 0.797884560802865
      let inner = try builder.add(
        "Add", try builder.times(square, c * 0.044715), try builder.scalar(c, like: x))
      let t = try builder.add("Tanh", try builder.add("Mul", x, inner))
      let rise = try builder.add(
        "Add", try builder.times(square, 3 * c * 0.044715), try builder.scalar(c, like: x))
      let slope = try builder.add("Sub", try one(), try builder.add("Mul", t, t))
      let bend = try builder.add("Mul", try builder.add("Mul", x, slope), rise)
      let sum = try builder.add("Add", try builder.add("Add", t, try one()), bend)
      try chain(try builder.add("Mul", sum, half))
    } else {
      // Phi(x) + x phi(x), twice that with u = x / sqrt 2: 1 + erf(u) + 2 / sqrt(pi) u e^(-u u).
      let u = try builder.times(x, 0.5.squareRoot())
      let phi = try builder.add("Add", try builder.add("Erf", u), try one())
      let bell = try builder.quotient(u, try builder.add("Exp", try builder.square(u)))
      let slope = try builder.sum(phi, try builder.times(bell, 1.12837916709551257))
      give(try builder.product(try builder.times(try gradient(), 0.5), slope), to: 0)
    }
  }
}
