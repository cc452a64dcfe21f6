// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletONNXSchema

extension GradientRules {
  static let elementary = [
    GradientRule("Neg", Infer.same) { step throws(AutodiffError) in
      step.give(try step.builder.add("Neg", try step.gradient()), to: 0)
    },
    GradientRule("Identity", inferIdentity) { step throws(AutodiffError) in
      step.give(try step.gradient(), to: 0)
    },
    GradientRule("Dropout", inferDropout) { step throws(AutodiffError) in
      try step.requireInference()
      if step.wants(0) { step.give(try step.gradient(), to: 0) }
      // The ratio matters in training only.
      step.giveNothing(to: 1)
    },
    GradientRule("Cast", inferCast) { step throws(AutodiffError) in
      step.give(try step.builder.cast(try step.gradient(), like: try step.input(0)), to: 0)
    },
    GradientRule("CastLike", inferCastLike) { step throws(AutodiffError) in
      if step.wants(0) {
        step.give(try step.builder.cast(try step.gradient(), like: try step.input(0)), to: 0)
      }
      step.giveNothing(to: 1)
    },
    GradientRule("Sqrt", Infer.same) { step throws(AutodiffError) in
      // 1 / (2 y)
      let half = try step.builder.times(try step.gradient(), 0.5)
      step.give(try step.builder.add("Div", half, try step.output()), to: 0)
    },
    GradientRule("Exp", Infer.same) { step throws(AutodiffError) in try step.chain(try step.output()) },
    GradientRule("Log", Infer.same) { step throws(AutodiffError) in
      step.give(try step.builder.add("Div", try step.gradient(), try step.input(0)), to: 0)
    },
    GradientRule("Reciprocal", Infer.same) { step throws(AutodiffError) in
      let y = try step.output()
      try step.chain(try step.builder.add("Neg", try step.builder.add("Mul", y, y)))
    },
    GradientRule("Abs", Infer.same) { step throws(AutodiffError) in
      // The sign: [x > 0] - [x < 0].
      let (builder, x) = (step.builder, try step.input(0))
      let above = try builder.cast(try builder.add("Greater", x, try step.zero()), like: x)
      let below = try builder.cast(try builder.add("Less", x, try step.zero()), like: x)
      try step.chain(try builder.add("Sub", above, below))
    },
    GradientRule("Erf", Infer.same) { step throws(AutodiffError) in
      // 2 / sqrt(pi) e^(-x x)
      let (builder, x) = (step.builder, try step.input(0))
      let bell = try builder.quotient(try step.gradient(), try builder.add("Exp", try builder.square(x)))
      step.give(try builder.times(bell, 1.12837916709551257), to: 0)
    },
  ]

  private static func inferIdentity(_ node: Node, _ builder: GraphBuilder) -> [TensorFacts?] {
    [node.optionalInput(0).flatMap { builder.facts[$0] }]
  }

  private static func inferDropout(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    let facts = builder.facts[try node.input(0)]
    return [facts, facts.map { TensorFacts(.bool, $0.shape) }]
  }

  private static func inferCastLike(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError)
    -> [TensorFacts?]
  {
    guard let type = builder.facts[try node.input(1)]?.type else { return [nil] }
    return [TensorFacts(type, builder.facts[try node.input(0)]?.shape)]
  }

  private static func inferCast(_ node: Node, _ builder: GraphBuilder) throws(AutodiffError) -> [TensorFacts?]
  {
    guard let type = ElementType(rawValue: try node.int("to", default: 0)), type != .undefined else {
      throw node.invalid("casts to an unknown type")
    }
    guard let facts = builder.facts[try node.input(0)] else { return [TensorFacts(type, nil)] }
    let keeps = type == .int64 || type == .int32
    return [TensorFacts(type, facts.shape, content: keeps ? facts.content : nil)]
  }
}

extension Backward {
  /// Dropout does nothing when a model answers. From operator set 12 on a model can say that it is in training.
  fileprivate func requireInference() throws(AutodiffError) {
    guard builder.opset >= 12, let training = node.optionalInput(2) else { return }
    guard builder.constant(training)?.integers == [0] else {
      throw node.refused("it may be in training mode; export the model for inference")
    }
  }
}
