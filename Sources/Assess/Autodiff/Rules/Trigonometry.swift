// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Circular and hyperbolic functions and their inverses.
extension GradientRules {
  static let trigonometry = [
    GradientRule("Sin", Infer.same) { step throws(AutodiffError) in
      try step.chain(try step.builder.add("Cos", try step.input(0)))
    },
    GradientRule("Cos", Infer.same) { step throws(AutodiffError) in
      try step.chain(try step.builder.add("Neg", try step.builder.add("Sin", try step.input(0))))
    },
    GradientRule("Tan", Infer.same) { step throws(AutodiffError) in
      // 1 + y y
      try step.chain(try step.builder.plus(try step.builder.square(try step.output()), 1))
    },
    GradientRule("Asin", Infer.same) { step throws(AutodiffError) in
      try step.divide(by: try step.builder.add("Sqrt", try step.oneLessSquare()))
    },
    GradientRule("Acos", Infer.same) { step throws(AutodiffError) in
      let root = try step.builder.add("Sqrt", try step.oneLessSquare())
      try step.divide(by: try step.builder.add("Neg", root))
    },
    GradientRule("Atan", Infer.same) { step throws(AutodiffError) in
      try step.divide(by: try step.builder.plus(try step.builder.square(try step.input(0)), 1))
    },
    GradientRule("Sinh", Infer.same) { step throws(AutodiffError) in
      try step.chain(try step.builder.add("Cosh", try step.input(0)))
    },
    GradientRule("Cosh", Infer.same) { step throws(AutodiffError) in
      try step.chain(try step.builder.add("Sinh", try step.input(0)))
    },
    GradientRule("Asinh", Infer.same) { step throws(AutodiffError) in
      let raised = try step.builder.plus(try step.builder.square(try step.input(0)), 1)
      try step.divide(by: try step.builder.add("Sqrt", raised))
    },
    GradientRule("Acosh", Infer.same) { step throws(AutodiffError) in
      let lowered = try step.builder.add("Neg", try step.oneLessSquare())
      try step.divide(by: try step.builder.add("Sqrt", lowered))
    },
    GradientRule("Atanh", Infer.same) { step throws(AutodiffError) in
      try step.divide(by: try step.oneLessSquare())
    },
  ]
}

extension Backward {
  /// Gives the gradient divided by a number for each element to the only input.
  mutating func divide(by divisor: String) throws(AutodiffError) {
    give(try builder.quotient(try gradient(), divisor), to: 0)
  }

  /// 1 - x x, as a product, which loses no digits near 1.
  fileprivate func oneLessSquare() throws(AutodiffError) -> String {
    let x = try input(0)
    return try builder.product(try builder.difference(try one(), x), try builder.plus(x, 1))
  }
}
