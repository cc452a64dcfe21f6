// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

private typealias S = Sketch

@Suite("Rules of operators that move, join and pick elements")
struct ShapeRuleTests {
  static let rearranging: [GradientCase] = GradientCase.all(
    GradientCase.each([7, 9, 11, 13, 24], "Flatten", [.input([2, 3, 4])]),
    [0, 2, 3].flatMap { GradientCase.each([9, 13], "Flatten", [.input([2, 3, 4])], [S.int("axis", $0)]) },
    GradientCase.each([11], "Flatten", [.input([2, 3, 4])], [S.int("axis", -1)]),
    GradientCase.each([7, 13, 14, 24], "Reshape", [.input([2, 3, 4]), .integers([-1, 12])]),
    GradientCase.each([7, 13], "Reshape", [.input([2, 3, 4]), .integers([0, 2, 6])]),
    GradientCase.each([7, 13], "Reshape", [.open([2, 3, 4]), .integers([0, 4, -1])]),
    GradientCase.each([14], "Reshape", [.fixed([2, 3, 4]), .integers([24])], [S.int("allowzero", 1)]),
    GradientCase.each([7, 13, 24], "Transpose", [.input([2, 3, 4])]),
    GradientCase.each([7, 13], "Transpose", [.input([2, 3, 4, 5])], [S.ints("perm", [0, 2, 3, 1])]),
    GradientCase.each([7, 11], "Squeeze", [.input([2, 1, 3, 1])], [S.ints("axes", [1, 3])]),
    GradientCase.each([11], "Squeeze", [.input([2, 1, 3, 1])], [S.ints("axes", [-1])]),
    GradientCase.each([13, 24], "Squeeze", [.input([2, 1, 3, 1]), .integers([-3])]),
    GradientCase.each([11, 13], "Squeeze", [.fixed([2, 1, 3, 1])]),
    GradientCase.each([7, 11], "Unsqueeze", [.input([2, 3])], [S.ints("axes", [0, 2])]),
    GradientCase.each([13, 24], "Unsqueeze", [.input([2, 3]), .integers([-1, 1])]))

  static let joining: [GradientCase] = GradientCase.all(
    GradientCase.each(
      [7, 11, 13], "Concat", [.input([2, 3, 4]), .variable([2, 1, 4]), .input([2, 2, 4])], [S.int("axis", 1)]),
    GradientCase.each([11, 13], "Concat", [.input([2, 3]), .input([2, 1])], [S.int("axis", -1)]),
    GradientCase.each(
      [10, 13], "Concat", [.open([2, 3]), .open([4, 3]), .variable([1, 3])], [S.int("axis", 0)]),
    GradientCase.each(
      [9, 11], "Split", [.input([2, 6])], [S.int("axis", 1), S.ints("split", [2, 1, 3])], outputs: 3),
    GradientCase.each([9, 11, 13], "Split", [.input([2, 6])], [S.int("axis", 1)], outputs: 2),
    GradientCase.each(
      [13, 17], "Split", [.input([2, 6]), .integers([4, 2])], [S.int("axis", -1)], outputs: 2),
    GradientCase.each(
      [18, 24], "Split", [.input([2, 7])], [S.int("axis", 1), S.int("num_outputs", 3)], outputs: 3))

  static let picking: [GradientCase] = GradientCase.all(
    GradientCase.each(
      [7, 9], "Slice", [.input([2, 5, 6])],
      [S.ints("starts", [1, -3]), S.ints("ends", [4, 100]), S.ints("axes", [1, 2])]),
    GradientCase.each(
      [10, 13, 24], "Slice",
      [.input([2, 5, 6]), .integers([1, -3]), .integers([-1, Int.max]), .integers([1, -1])]),
    GradientCase.each(
      [10, 13], "Slice",
      [
        .input([2, 5, 9]), .integers([4, 0]), .integers([-100, 8]), .integers([1, 2]), .integers([-2, 3]),
      ]),
    GradientCase.each(
      [13], "Slice", [.input([2, 5]), .integers([0]), .integers([Int.max]), .integers([0])]),
    GradientCase.each([13], "Slice", [.fixed([4, 5]), .integers([1, 2]), .integers([3, 4])]),
    ([([1], [3]), ([-2], [100]), ([0], [-1]), ([-9], [2]), ([-3], [-1]), ([2], [Int.max])] as [([Int], [Int])])
      .flatMap { starts, ends in
        GradientCase.each(
          [11, 13], "Slice", [.open([4, 5]), .integers(starts), .integers(ends), .integers([1])])
      },
    GradientCase.each([7, 10], "Pad", [.input([2, 3, 4])], [S.ints("pads", [0, 1, 2, 0, 0, 1])]),
    GradientCase.each([11, 13, 18, 24], "Pad", [.input([2, 3, 4]), .integers([0, 1, 2, 0, 0, 1])]),
    GradientCase.each([13], "Pad", [.input([2, 4, 4]), .integers([0, -1, 2, 0, -1, -2]), .number(0.5)]),
    GradientCase.each([18], "Pad", [.input([2, 3, 4]), .integers([1, 2]), .absent, .integers([-1])]),
    GradientCase.each(
      [7, 13], "Gather", [.input([2, 5, 3]), .integerTable([-2], dims: [])], [S.int("axis", 1)]),
    GradientCase.each([7, 13], "Gather", [.input([2, 5, 3]), .integers([3, 0, -1])], [S.int("axis", 1)]),
    GradientCase.each(
      [9, 13, 16, 18], "Gather", [.fixed([2, 5, 3]), .integers([3, 0, 3, -2])], [S.int("axis", 1)]),
    GradientCase.each(
      [10, 16], "Gather", [.variable([5, 3]), .integerTable([3, 0, 3, -2, 1, 1], dims: [2, 3])]),
    GradientCase.each(
      [11, 16], "Gather", [.fixed([2, 5, 3]), .integerTable([3, 0, 3, -2, 1, 1], dims: [3, 2])],
      [S.int("axis", 1)]),
    GradientCase.each(
      [13], "Gather", [.fixed([2, 5]), .integerTable([3, 0, 3, -2, 1, 1], dims: [3, 2])],
      [S.int("axis", -1)]),
    ["reflect", "edge"].flatMap {
      GradientCase.each(
        [7, 10], "Pad", [.fixed([2, 3, 4])], [S.ints("pads", [0, 1, 2, 0, 2, 3]), S.text("mode", $0)])
        + GradientCase.each(
          [11, 13, 18, 24], "Pad", [.input([2, 3, 4]), .integers([0, 1, 2, 0, 2, 3])], [S.text("mode", $0)])
    },
    ["reflect", "edge"].flatMap {
      GradientCase.each(
        [13, 19], "Pad", [.open([2, 3, 4]), .integers([0, 1, 2, 0, 2, 3])], [S.text("mode", $0)])
    },
    GradientCase.each(
      [19], "Pad", [.input([2, 3, 4]), .integers([0, 1, 2, 0, 2, 3])], [S.text("mode", "wrap")]),
    GradientCase.each([13], "Pad", [.fixed([2, 3, 4]), .integers([0, 1, -1, 0, 2, 3]), .variable([])]))

  static let reducing: [GradientCase] = ["ReduceSum", "ReduceMean"].flatMap { op in
    let attributed = op == "ReduceSum" ? [8, 11] : [8, 11, 13, 17]
    let input = op == "ReduceSum" ? [13, 24] : [18, 24]
    return GradientCase.all(
      GradientCase.each(attributed, op, [.input([2, 3, 4])], [S.ints("axes", [1, 2])]),
      GradientCase.each(attributed, op, [.input([2, 3, 4])], [S.ints("axes", [1]), S.int("keepdims", 0)]),
      GradientCase.each([7], op, [.input([2, 3, 4])], [S.ints("axes", [1]), S.int("keepdims", 0)]),
      GradientCase.each(attributed, op, [.input([2, 3, 4])], [S.int("keepdims", 0)]),
      GradientCase.each(input, op, [.input([2, 3, 4]), .integers([-1, 1])]),
      GradientCase.each(input, op, [.open([2, 3, 4]), .integers([0, 2])], [S.int("keepdims", 0)]),
      GradientCase.each(input, op, [.input([2, 3, 4])]),
      GradientCase.each(input, op, [.input([2, 3, 4])], [S.int("noop_with_empty_axes", 1)]))
  }

  @Test(arguments: rearranging) func agreesRearranging(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: joining) func agreesJoining(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: picking) func agreesPicking(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: reducing) func agreesReducing(_ example: GradientCase) throws { try example.check() }
}
