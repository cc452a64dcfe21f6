// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import Testing

private typealias S = Sketch

@Suite("Rules of normalisation by the input's own statistics, and of norm pools")
struct NormalisationRuleTests {
  static let standardisations: [GradientCase] = GradientCase.all(
    GradientCase.each(
      [7, 17, 22], "InstanceNormalization", [.input([2, 3, 4, 5]), .variable([3]), .variable([3])]),
    GradientCase.each(
      [17], "InstanceNormalization", [.open([2, 3, 6]), .weight([3]), .weight([3])], [S.float("epsilon", 0.1)]
    ),
    GradientCase.each(
      [18, 20], "GroupNormalization", [.input([2, 6, 3, 2]), .variable([3]), .variable([3])],
      [S.int("num_groups", 3)]),
    GradientCase.each(
      [21, 24], "GroupNormalization", [.input([2, 6, 3, 2]), .variable([6]), .variable([6])],
      [S.int("num_groups", 2), S.float("epsilon", 0.01)]),
    GradientCase.each([23, 24], "RMSNormalization", [.input([2, 3, 6]), .variable([6])]),
    GradientCase.each(
      [23], "RMSNormalization", [.input([2, 3, 4]), .variable([3, 4])],
      [S.int("axis", 1), S.float("epsilon", 0.1)]),
    GradientCase.each([9, 13, 24], "MeanVarianceNormalization", [.input([3, 2, 3, 4])]),
    GradientCase.each([13], "MeanVarianceNormalization", [.input([3, 8])], [S.ints("axes", [-1])]),
    GradientCase.each(
      [7, 13, 24], "LRN", [.input([2, 6, 3, 2])],
      [S.int("size", 3), S.float("alpha", 0.7), S.float("beta", 0.6), S.float("bias", 1.3)]),
    GradientCase.each([13], "LRN", [.input([2, 5, 3, 2])], [S.int("size", 5), S.float("alpha", 2)]))

  static let pools: [GradientCase] = {
    let image = Operand.input([2, 3, 7, 8])
    let kernel2 = S.ints("kernel_shape", [2, 2]), kernel3 = S.ints("kernel_shape", [3, 3])
    let strides2 = S.ints("strides", [2, 2]), pads1 = S.ints("pads", [1, 1, 1, 1])
    var cases = GradientCase.each([7, 11, 18, 22], "LpPool", [image], [kernel2, strides2])
    for attributes in [
      [kernel3], [kernel3, strides2, pads1], [kernel3, S.text("auto_pad", "SAME_UPPER")],
      [kernel3, S.int("p", 3)],
    ] { cases += GradientCase.each([11, 18], "LpPool", [image], attributes) }
    cases += GradientCase.each(
      [11, 18], "LpPool", [.input([2, 3, 7, 8], .spaced)], [kernel3, S.int("p", 1)])
    cases += GradientCase.each([11, 18], "LpPool", [.partly([2, 3, 7, 8])], [kernel3, strides2, pads1])
    cases += GradientCase.each([18], "LpPool", [image], [kernel2, S.ints("dilations", [2, 3])])
    cases += GradientCase.each([7, 22], "GlobalMaxPool", [.input([2, 3, 4, 5], .spaced)])
    cases += GradientCase.each([17], "GlobalMaxPool", [.open([2, 3, 5], .spaced)])
    cases += GradientCase.each([7], "GlobalLpPool", [.input([2, 3, 4, 5])])
    cases += GradientCase.each([7], "GlobalLpPool", [.open([2, 3, 4, 5], .spaced)], [S.int("p", 1)])
    cases += GradientCase.each([7], "GlobalLpPool", [.input([2, 3, 4, 5])], [S.int("p", 3)])
    cases += GradientCase.each(
      [9, 11, 22], "MaxUnpool",
      [.fixed([1, 2, 2, 2]), .integerTable([0, 3, 9, 14, 17, 18, 24, 31], dims: [1, 2, 2, 2])],
      [kernel2, strides2])
    return cases
  }()

  static let all = standardisations + pools

  @Test(arguments: standardisations) func agreesStandardisations(_ example: GradientCase) throws {
    try example.check()
  }
  @Test(arguments: pools) func agreesPools(_ example: GradientCase) throws { try example.check() }

  @Test("an output beside the first that is differentiated too is refused, not forgotten")
  func statistics() throws {
    let model = try S.model(
      [
        S.node("BatchNormalization", ["x", "s", "s", "s", "s"], ["n", "mean"], [S.int("training_mode", 1)]),
        S.node("Mul", ["n", "mean"], ["y"]),
      ],
      inputs: [S.value("x", [nil, 4])], outputs: [S.value("y", nil)],
      constants: [S.tensor("s", [1, 1, 1, 1], [4])])
    let error = #expect(throws: AutodiffError.self) {
      try Gradient.of(model, target: "y", withRespectTo: ["x"])
    }
    #expect(error?.description.contains("training mode") == true)
  }
}
