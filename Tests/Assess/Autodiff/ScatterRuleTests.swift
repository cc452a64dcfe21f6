// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

private typealias S = Sketch

@Suite("Rules of operators that repeat, rearrange, gather and scatter")
struct ScatterRuleTests {
  static let rearrangements: [GradientCase] = GradientCase.all(
    GradientCase.each([7, 13], "Tile", [.input([2, 3]), .integers([2, 3])]),
    GradientCase.each([13], "Tile", [.open([2, 3, 1]), .integers([1, 2, 4])]),
    GradientCase.each([7, 11, 13], "DepthToSpace", [.input([2, 8, 2, 3])], [S.int("blocksize", 2)]),
    GradientCase.each(
      [11, 13], "DepthToSpace", [.input([2, 8, 2, 3])], [S.int("blocksize", 2), S.text("mode", "CRD")]),
    GradientCase.each(
      [13], "DepthToSpace", [.input([2, 18, 2, 3])], [S.int("blocksize", 3), S.text("mode", "CRD")]),
    GradientCase.each([7, 13], "SpaceToDepth", [.input([2, 3, 4, 6])], [S.int("blocksize", 2)]),
    GradientCase.each([13], "SpaceToDepth", [.open([2, 3, 4, 6])], [S.int("blocksize", 2)]))

  static let gathering: [GradientCase] = GradientCase.all(
    GradientCase.each(
      [11, 13, 16, 24], "GatherElements",
      [.fixed([3, 4]), .integerTable([0, -1, 2, 0, 0, 1, 1, 1], dims: [2, 4])]),
    GradientCase.each(
      [11, 16], "GatherElements", [.fixed([2, 4]), .integerTable([0, -1, 2, 0], dims: [2, 2])],
      [S.int("axis", -1)]),
    GradientCase.each(
      [11, 13, 16, 24], "GatherND", [.fixed([2, 3, 4]), .integerTable([0, 1, 1, -1, 0, 1], dims: [3, 2])]),
    GradientCase.each([11, 16], "GatherND", [.fixed([2, 3]), .integerTable([1, 2, 0, 0], dims: [2, 2])]),
    GradientCase.each(
      [12, 16], "GatherND", [.fixed([2, 3, 4]), .integerTable([1, 2], dims: [2, 1])],
      [S.int("batch_dims", 1)]),
    GradientCase.each(
      [11, 13], "Compress", [.input([3, 4]), .flags([false, true, true])], [S.int("axis", 0)]),
    GradientCase.each(
      [11], "Compress", [.input([3, 4]), .flags([true, false, true, true])], [S.int("axis", -1)]),
    GradientCase.each([11, 24], "Compress", [.input([2, 3]), .flags([true, false, false, true, true])]))

  static let scattering: [GradientCase] = GradientCase.all(
    GradientCase.each(
      [9, 10], "Scatter",
      [.input([3, 4]), .integerTable([0, 2, 1, 0], dims: [1, 4]), .weight([1, 4])]),
    GradientCase.each(
      [11, 13, 16, 18], "ScatterElements",
      [.input([3, 4]), .integerTable([0, 2, 1, 0], dims: [1, 4]), .variable([1, 4])]),
    GradientCase.each(
      [13], "ScatterElements",
      [.input([2, 4]), .integerTable([0, -2, 3, 0], dims: [2, 2]), .variable([2, 2])], [S.int("axis", 1)]),
    GradientCase.each(
      [16, 18, 24], "ScatterElements",
      [.input([2, 4]), .integerTable([0, 0, 3, 0], dims: [2, 2]), .variable([2, 2])],
      [S.int("axis", 1), S.text("reduction", "add")]),
    GradientCase.each(
      [11, 13, 16, 18], "ScatterND",
      [.input([4, 3]), .integerTable([2, 0], dims: [2, 1]), .variable([2, 3])]),
    GradientCase.each(
      [16, 18], "ScatterND", [.input([4, 3]), .integerTable([2, 2], dims: [2, 1]), .variable([2, 3])],
      [S.text("reduction", "add")]),
    ["max", "min"].flatMap {
      GradientCase.each(
        [18], "ScatterElements",
        [
          .fixed([2, 4], .spaced), .integerTable([0, 0, 3, 0], dims: [2, 2]),
          .variable([2, 2], .moved(0.03)),
        ],
        [S.int("axis", 1), S.text("reduction", $0)])
        + GradientCase.each(
          [18], "ScatterND",
          [
            .fixed([4, 3], .spaced), .integerTable([2, 2], dims: [2, 1]), .variable([2, 3], .moved(0.03)),
          ],
          [S.text("reduction", $0)])
    },
    GradientCase.each(
      [16], "ScatterND", [.fixed([4, 3]), .integerTable([2, 2], dims: [2, 1]), .weight([2, 3])],
      [S.text("reduction", "mul")]))

  static let all = rearrangements + gathering + scattering

  @Test(arguments: rearrangements) func agreesRearrangements(_ example: GradientCase) throws {
    try example.check()
  }
  @Test(arguments: gathering) func agreesGathering(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: scattering) func agreesScattering(_ example: GradientCase) throws { try example.check() }
}
