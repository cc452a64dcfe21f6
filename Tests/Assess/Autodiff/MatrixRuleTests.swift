// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

private typealias S = Sketch

@Suite("Rules of matrix products, softmax and normalisation")
struct MatrixRuleTests {
  static let matMul: [GradientCase] = GradientCase.all(
    ([
      [.input([3, 4]), .variable([4, 5])],
      [.input([2, 3, 4]), .variable([4, 5])],
      [.input([2, 3, 4]), .input([2, 4, 5])],
      [.input([2, 1, 3, 4]), .variable([5, 4, 2])],
      [.variable([3, 4]), .input([2, 4, 5])],
      [.input([3, 4]), .variable([4])],
      [.input([2, 3, 4]), .variable([4])],
      [.variable([3]), .input([2, 3, 4])],
      [.input([4]), .variable([4])],
      [.input([3, 4]), .open([4, 2])],
      [.open([2, 3, 4]), .open([4, 2])],
    ] as [[Operand]]).flatMap { GradientCase.each($0.count == 2 ? [9, 13] : [], "MatMul", $0) })

  static let gemm: [GradientCase] = GradientCase.all(
    [0, 1].flatMap { left in
      [0, 1].flatMap { right in
        GradientCase.each(
          [9, 11, 13],
          "Gemm",
          [
            left == 0 ? .input([3, 4]) : .fixed([4, 3]), .variable(right == 0 ? [4, 5] : [5, 4]),
            .variable([5]),
          ],
          [
            S.int("transA", left), S.int("transB", right), S.float("alpha", 0.7), S.float("beta", 1.3),
          ])
      }
    },
    GradientCase.each([11, 13], "Gemm", [.input([3, 4]), .variable([4, 5])]),
    GradientCase.each([7], "Gemm", [.fixed([3, 4]), .variable([4, 5]), .variable([3, 1])]))

  static let softmax: [GradientCase] = ["Softmax", "LogSoftmax"].flatMap { op in
    GradientCase.each([7, 11, 13, 24], op, [.input([3, 5])])
      + GradientCase.each([7, 11], op, [.input([2, 3, 4])])
      + GradientCase.each([9, 11, 13], op, [.input([2, 3, 4])], [S.int("axis", 2)])
      + GradientCase.each([13, 24], op, [.input([2, 3, 4])], [S.int("axis", 1)])
      + GradientCase.each([11, 13], op, [.open([2, 3, 4])], [S.int("axis", -2)])
  }

  static let normalisation: [GradientCase] = GradientCase.all(
    GradientCase.each(
      [7, 9, 14, 15, 24], "BatchNormalization",
      [
        .input([2, 3, 4, 5]), .variable([3]), .variable([3]), .weight([3]), .weight([3], .positive),
      ]),
    GradientCase.each(
      [9, 15], "BatchNormalization",
      [.input([4, 3]), .variable([3]), .variable([3]), .weight([3]), .weight([3], .positive)],
      [S.float("epsilon", 0.01)]),
    GradientCase.each(
      [9, 15], "BatchNormalization",
      [.fixed([4, 3, 2]), .weight([3]), .weight([3]), .variable([3]), .variable([3], .positive)]),
    GradientCase.each(
      [15], "BatchNormalization",
      [.input([2, 3, 4]), .fixed([3]), .fixed([3]), .weight([3]), .weight([3], .positive)]),
    GradientCase.each(
      [17, 24], "LayerNormalization", [.input([2, 3, 6]), .variable([6]), .variable([6])]),
    GradientCase.each(
      [17], "LayerNormalization", [.fixed([2, 3, 6]), .weight([6])], outputs: 3),
    GradientCase.each(
      [17], "LayerNormalization", [.input([2, 3, 4]), .variable([3, 4])],
      [S.int("axis", 1), S.float("epsilon", 0.1)]))

  @Test(arguments: matMul) func agreesMatMul(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: gemm) func agreesGemm(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: softmax) func agreesSoftmax(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: normalisation) func agreesNormalisation(_ example: GradientCase) throws {
    try example.check()
  }
}
