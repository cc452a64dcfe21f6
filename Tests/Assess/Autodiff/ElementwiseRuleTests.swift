// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

private typealias S = Sketch

@Suite("Rules of elementwise operators")
struct ElementwiseRuleTests {
  static let unary: [GradientCase] = GradientCase.all(
    ["Relu", "LeakyRelu", "Elu", "Selu", "Abs", "ThresholdedRelu"].flatMap {
      GradientCase.each(
        $0 == "ThresholdedRelu" ? [10, 22] : [7, 13, 16, 24], $0, [.input([3, 7], .spaced)])
    },
    ["Neg", "Sigmoid", "Tanh", "Exp", "Softplus", "Softsign", "Sin", "Cos", "Identity"].flatMap {
      GradientCase.each([7, 13, 24], $0, [.input([3, 2, 4])])
    },
    ["Sqrt", "Log", "Reciprocal"].flatMap {
      GradientCase.each([7, 13, 24], $0, [.input([5, 4], .positive)])
    },
    GradientCase.each([9, 13, 24], "Erf", [.open([3, 5])]),
    GradientCase.each([7, 24], "LeakyRelu", [.input([3, 7], .spaced)], [S.float("alpha", 0.3)]),
    GradientCase.each([7, 22], "Elu", [.input([3, 7], .spaced)], [S.float("alpha", 1.7)]),
    GradientCase.each(
      [7, 22], "HardSigmoid", [.input([4, 11], .spaced)], [S.float("alpha", 0.21), S.float("beta", 0.47)]),
    GradientCase.each([14, 22], "HardSwish", [.input([1, 101], .spaced)]),
    GradientCase.each([20], "Gelu", [.input([3, 9])]),
    GradientCase.each([20], "Gelu", [.input([3, 9])], [S.text("approximate", "tanh")]),
    GradientCase.each([7, 9, 16], "PRelu", [.input([2, 3, 4], .spaced), .variable([3, 1])]),
    GradientCase.each([7, 10, 12, 13, 22], "Dropout", [.input([3, 4])]),
    GradientCase.each([12, 13, 22], "Dropout", [.input([3, 4]), .number(0.4), .flag(false)]),
    GradientCase.each([9, 13, 24], "Cast", [.input([3, 4])], [S.int("to", 1)]),
    GradientCase.each(
      [7, 10], "Clip", [.input([5, 9], .spaced)], [S.float("min", -0.73), S.float("max", 1.21)]),
    GradientCase.each([7], "Clip", [.input([5, 9], .spaced)], [S.float("max", 1.21)]),
    GradientCase.each([11, 12, 13, 24], "Clip", [.input([5, 9], .spaced), .number(-0.73), .number(1.21)]),
    GradientCase.each([11, 24], "Clip", [.input([5, 9], .spaced), .absent, .number(0.51)]),
    GradientCase.each([13], "Clip", [.input([5, 9], .spaced), .number(0.31)]),
    GradientCase.each(
      [11, 13], "Clip", [.input([5, 9], .spaced), .variable([], .moved(0.01)), .number(0.52)]),
    GradientCase.each([13], "Clip", [.input([5, 9], .spaced), .number(-0.52), .variable([], .moved(0.02))]),
    GradientCase.each([13], "Clip", [.input([5, 9], .spaced)]))

  /// Pairs of shapes: equal, one axis repeated, axes missing in front, both repeated, a single number, open sizes.
  static let pairs: [(Operand, Operand)] = [
    (.input([3, 4], .positive), .input([3, 4], .positive)),
    (.input([3, 4], .positive), .variable([4], .positive)),
    (.variable([1, 4], .positive), .input([3, 4], .positive)),
    (.input([2, 3, 4], .positive), .variable([3, 1], .positive)),
    (.input([2, 1, 4], .positive), .variable([3, 1], .positive)),
    (.variable([], .positive), .input([3, 4], .positive)),
  ]

  static let binary: [GradientCase] = pairs.flatMap { left, right in
    ["Add", "Sub", "Mul", "Div"].flatMap { GradientCase.each([7, 13, 24], $0, [left, right]) }
  }

  /// Which axes are repeated is known only when the graph runs.
  static let open: [GradientCase] = ["Add", "Mul", "Div"].flatMap { op in
    GradientCase.each([10, 12, 13, 18], op, [.open([1, 4], .positive), .open([3, 4], .positive)])
      + GradientCase.each([10, 13], op, [.open([4], .positive), .open([3, 4], .positive)])
      + GradientCase.each([11, 13], op, [.open([2, 1, 1], .positive), .open([3, 1], .positive)])
  }

  static let others: [GradientCase] = GradientCase.all(
    GradientCase.each([8, 13], "Sum", [.input([3, 4]), .variable([4]), .variable([1, 1])]),
    GradientCase.each([7, 12, 13, 15], "Pow", [.input([3, 4], .positive), .number(2.5)]),
    GradientCase.each([7, 13], "Pow", [.input([3, 4]), .number(2)]),
    GradientCase.each([13], "Pow", [.input([3, 4]), .number(3)]),
    GradientCase.each([7, 13], "Pow", [.input([3, 4]), .number(1)]),
    GradientCase.each([13], "Pow", [.input([3, 4]), .number(0)]),
    GradientCase.each([13], "Pow", [.input([3, 1], .positive), .weight([4], .positive)]),
    GradientCase.each([12], "Pow", [.input([3, 4]), .integers([2])]),
    GradientCase.each(
      [9, 16], "Where", [.flags([true, false, true]), .fixed([4, 3]), .variable([4, 1])]),
    GradientCase.each([8, 13], "Expand", [.fixed([2, 1, 3]), .integers([4, 2, 5, 1])]))

  @Test(arguments: unary) func agreesUnary(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: binary) func agreesBinary(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: open) func agreesOpen(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: others) func agreesOthers(_ example: GradientCase) throws { try example.check() }
}
