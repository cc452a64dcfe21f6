// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletRuntime
import Testing

private typealias S = Sketch

@Suite("Rules of reductions, norms, running sums and Einsum")
struct ReductionRuleTests {
  static let names: [(String, Values)] = [
    ("ReduceMax", .spaced), ("ReduceMin", .spaced), ("ReduceProd", .positive), ("ReduceL1", .spaced),
    ("ReduceL2", .smooth), ("ReduceSumSquare", .smooth), ("ReduceLogSum", .positive),
    ("ReduceLogSumExp", .smooth),
  ]

  static let reductions: [GradientCase] = names.flatMap { op, values in
    let input = Operand.input([2, 3, 4], values)
    let since = op == "ReduceMax" || op == "ReduceMin" ? [18, 20, 24] : [18, 24]
    return GradientCase.all(
      GradientCase.each([7, 11, 13, 17], op, [input], [S.ints("axes", [1, 2])]),
      GradientCase.each(
        [7, 13], op, [.fixed([2, 3, 4], values)], [S.ints("axes", [1]), S.int("keepdims", 0)]),
      GradientCase.each([11], op, [input], [S.ints("axes", [-1]), S.int("keepdims", 0)]),
      GradientCase.each([7, 17], op, [.fixed([3, 4], values)], [S.int("keepdims", 0)]),
      GradientCase.each(since, op, [input, .integers([-1, 1])]),
      GradientCase.each(since, op, [.open([2, 3, 4], values), .integers([0, 2])], [S.int("keepdims", 0)]),
      GradientCase.each(since, op, [input]))
  }

  static let normalizations: [GradientCase] = GradientCase.all(
    GradientCase.each([7, 22], "LpNormalization", [.input([3, 5])]),
    GradientCase.each(
      [7, 22], "LpNormalization", [.input([3, 5, 2], .spaced)], [S.int("axis", 1), S.int("p", 1)]))

  static let scans: [GradientCase] =
    [[], [S.int("exclusive", 1)], [S.int("reverse", 1)]].flatMap {
      GradientCase.each([11, 14], "CumSum", [.input([3, 4]), .integerTable([1], dims: [])], $0)
        + GradientCase.each([14], "CumSum", [.input([3, 4]), .integerTable([-2], dims: [])], $0)
    }
    + GradientCase.all(
      GradientCase.each([14], "Trilu", [.input([2, 3, 4])]),
      GradientCase.each(
        [14], "Trilu", [.input([2, 3, 4]), .integerTable([-1], dims: [])], [S.int("upper", 0)]),
      GradientCase.each(
        [10], "ReverseSequence", [.fixed([4, 3, 2]), .integers([2, 4, 1])]),
      GradientCase.each(
        [10], "ReverseSequence", [.input([3, 4, 2]), .integers([2, 4, 1])],
        [S.int("batch_axis", 0), S.int("time_axis", 1)]),
      GradientCase.each([9], "TopK", [.input([3, 7], .spaced)], [S.int("k", 3)], others: 1),
      GradientCase.each([10, 11, 24], "TopK", [.input([3, 7], .spaced), .integers([2])], others: 1),
      GradientCase.each(
        [11], "TopK", [.open([5, 4], .spaced), .integers([3])],
        [S.int("axis", 0), S.int("largest", 0), S.int("sorted", 0)], others: 1))

  /// Equation, shapes.
  static let equations: [(String, [[Int]])] = [
    ("ij,jk->ik", [[3, 4], [4, 2]]), ("bij, bjk -> bik", [[2, 3, 4], [2, 4, 5]]),
    ("ij,jk", [[3, 4], [4, 2]]),
    ("ij->ji", [[3, 4]]), ("ij->i", [[3, 4]]), ("ij->", [[3, 4]]), ("i,j->ij", [[3], [4]]),
    ("...ij,...jk->...ik", [[2, 3, 4], [2, 4, 5]]), ("b...h,hc->b...c", [[2, 3, 4], [4, 5]]),
    ("bhqd,bhkd->bhqk", [[2, 2, 3, 4], [2, 2, 5, 4]]), ("ijk,ij->j", [[2, 3, 4], [2, 3]]),
    ("ab,bc,cd->ad", [[2, 3], [3, 4], [4, 2]]), ("ij,ij->", [[3, 4], [3, 4]]),
    ("ii->i", [[3, 3]]), ("ii->", [[3, 3]]), ("...ii->...i", [[2, 3, 3]]),
    ("iji,ik->jk", [[3, 2, 3], [3, 4]]),
  ]
  static let einsums: [GradientCase] = equations.flatMap { equation, shapes in
    GradientCase.each([12, 24], "Einsum", shapes.map { .input($0) }, [S.text("equation", equation)])
  }

  static let all = reductions + normalizations + scans + einsums

  @Test(arguments: reductions) func agreesReductions(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: normalizations) func agreesNormalizations(_ example: GradientCase) throws {
    try example.check()
  }
  @Test(arguments: scans) func agreesScans(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: einsums) func agreesEinsums(_ example: GradientCase) throws { try example.check() }

  /// Operator, values, slopes.
  static let corners: [(String, [Float], [Float])] = [
    ("ReduceMax", [2, 5, 5, 1], [0, 0.5, 0.5, 0]),
    ("ReduceMin", [2, 1, 1, 1], [0, 1.0 / 3, 1.0 / 3, 1.0 / 3]),
    ("ReduceProd", [2, 3, 4, 5], [60, 40, 30, 24]), ("ReduceProd", [2, 0, 4, 5], [0, 40, 0, 0]),
    ("ReduceProd", [0, 3, 0, 5], [0, 0, 0, 0]), ("ReduceL2", [0, 0, 0, 0], [0, 0, 0, 0]),
    ("ReduceL1", [0, -2, 3, 0], [0, -1, 1, 0]),
  ]

  @Test("ties, zeros and the origin", arguments: corners)
  func corner(op: String, values: [Float], slopes: [Float]) throws {
    let model = try S.model(
      [S.node(op, ["x"], ["y"], [S.int("keepdims", 0)])], inputs: [S.value("x", [4])],
      outputs: [S.value("y", nil)])
    let gradient = try Gradient.of(model, target: "y", withRespectTo: ["x"])
    let found = try Session.of(gradient.serialized).run([
      ("x", try Tensor(float32: values, shape: [4])),
      (gradient.seedName, try Tensor(float32: [1], shape: [])),
    ])
    #expect(try found[gradient.gradientNames[0]]!.numbers() == slopes)
  }
}
