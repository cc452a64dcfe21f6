// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

private typealias S = Sketch

@Suite("Rules of losses, recurrent layers, rotations, centred crops and columns")
struct OtherRuleTests {
  static let losses: [GradientCase] = ["SoftmaxCrossEntropyLoss", "NegativeLogLikelihoodLoss"].flatMap { op in
    ["mean", "sum", "none"].flatMap { reduction in
      GradientCase.all(
        GradientCase.each(
          [12, 13], op, [.input([4, 3]), .integers([0, 2, 1, 1])], [S.text("reduction", reduction)]),
        GradientCase.each(
          [12, 13], op,
          [
            .fixed([2, 3, 4]), .integerTable([0, 2, 1, 1, 2, 0, 0, 1], dims: [2, 4]), .weight([3], .positive),
          ],
          [S.text("reduction", reduction), S.int("ignore_index", 1)]))
    }
  }

  static let linear: [GradientCase] = GradientCase.all(
    GradientCase.each(
      [23, 24], "RotaryEmbedding", [.input([2, 3, 4, 6]), .weight([2, 4, 3]), .weight([2, 4, 3])]),
    GradientCase.each(
      [23], "RotaryEmbedding",
      [
        .input([2, 4, 12]), .weight([9, 3]), .weight([9, 3]),
        .integerTable([0, 1, 2, 3, 5, 6, 7, 8], dims: [2, 4]),
      ],
      [S.int("num_heads", 2), S.int("interleaved", 1)]),
    GradientCase.each([18, 24], "CenterCropPad", [.fixed([4, 5, 6]), .integers([3, 8, 6])]),
    GradientCase.each(
      [18], "CenterCropPad", [.input([2, 5, 6]), .integers([8, 3])], [S.ints("axes", [1, -1])]),
    GradientCase.each([18, 24], "Col2Im", [.input([2, 12, 9]), .integers([4, 4]), .integers([2, 2])]),
    GradientCase.each(
      [18], "Col2Im", [.input([1, 8, 9]), .integers([5, 6]), .integers([2, 2])],
      [S.ints("strides", [2, 2]), S.ints("dilations", [1, 2]), S.ints("pads", [0, 1, 1, 1])]))

  /// Operator, gates. Four steps, two examples, three inputs, two hidden numbers.
  static let recurrences: [GradientCase] = ([("RNN", 1), ("GRU", 3), ("LSTM", 4)] as [(String, Int)]).flatMap
  {
    op, gates in
    let outputs = op == "LSTM" ? 3 : 2
    let width = S.int("hidden_size", 2)
    func operands(_ directions: Int, _ rest: [Operand] = []) -> [Operand] {
      [.fixed([4, 2, 3]), .variable([directions, 2 * gates, 3]), .variable([directions, 2 * gates, 2])] + rest
    }
    func full(_ directions: Int) -> [Operand] {
      let state = Operand.variable([directions, 2, 2])
      return [.variable([directions, 4 * gates]), .absent, state]
        + (op == "LSTM" ? [state, .variable([directions, 6])] : [])
    }
    return GradientCase.all(
      GradientCase.each([9, 14, 22], op, operands(1), [width], outputs: outputs),
      GradientCase.each(
        [14], op, operands(1, full(1)), [width, S.text("direction", "reverse")], outputs: outputs),
      GradientCase.each(
        [14], op, operands(2, full(2)), [width, S.text("direction", "bidirectional")], outputs: outputs),
      op == "GRU"
        ? GradientCase.each(
          [14], op, operands(1, full(1)), [width, S.int("linear_before_reset", 1)], outputs: outputs) : [])
  }

  static let all = losses + linear + recurrences

  @Test(arguments: losses) func agreesLosses(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: recurrences) func agreesRecurrences(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: linear) func agreesLinear(_ example: GradientCase) throws { try example.check() }
}
