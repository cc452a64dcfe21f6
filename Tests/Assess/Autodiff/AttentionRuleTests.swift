// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletONNXSchema
import Testing

private typealias S = Sketch

@Suite("Rules of attention and of quantisation")
struct AttentionRuleTests {
  static let attention: [GradientCase] = {
    let heads: [Operand] = [.fixed([2, 3, 4, 5]), .fixed([2, 3, 6, 5]), .fixed([2, 3, 6, 2])]
    let shared: [Operand] = [.fixed([2, 4, 3, 5]), .fixed([2, 2, 6, 5]), .fixed([2, 2, 6, 5])]
    let flat: [Operand] = [.input([2, 4, 6]), .input([2, 5, 6]), .input([2, 5, 9])]
    let counts = [S.int("q_num_heads", 3), S.int("kv_num_heads", 3)]
    var cases = GradientCase.each([23, 24], "Attention", heads)
    cases += GradientCase.each([23, 24], "Attention", flat, counts)
    cases += GradientCase.each([23, 24], "Attention", shared)
    for attributes in [[S.int("is_causal", 1)], [S.float("scale", 0.3)], [S.float("softcap", 2)]] {
      cases += GradientCase.each([23, 24], "Attention", heads, attributes)
      cases += GradientCase.each([23], "Attention", flat, counts + attributes)
    }
    cases += GradientCase.each([23], "Attention", heads + [.variable([4, 6])])
    return cases
  }()

  static let scales: [GradientCase] = GradientCase.all(
    GradientCase.each([10, 13, 19, 23], "DequantizeLinear", [.bytes([1, 2, 200, 7]), .variable([])]),
    GradientCase.each(
      [13, 21], "DequantizeLinear", [.bytes([1, 2, 200, 7]), .variable([4])], [S.int("axis", 0)]),
    GradientCase.each([13], "DequantizeLinear", [.bytes([1, 2, 200, 7]), .variable([]), .byte(3)]))

  static let all = attention + scales

  @Test(arguments: attention) func agreesAttention(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: scales) func agreesScales(_ example: GradientCase) throws { try example.check() }

  @Test("a gradient that ends at a quantiser is reported as cut")
  func quantiser() throws {
    let scale = S.tensor("s", [0.1], [])
    let model = try S.model(
      [
        S.node("QuantizeLinear", ["x", "s"], ["q"]), S.node("DequantizeLinear", ["q", "s"], ["d"]),
        S.node("Add", ["d", "x"], ["y"]),
      ], inputs: [S.value("x", [nil, 4])], outputs: [S.value("y", nil)], constants: [scale])
    #expect(
      try Gradient.of(model, target: "y", withRespectTo: ["x"]).cuts == ["QuantizeLinear QuantizeLinear_q"])
    #expect(
      throws: AutodiffError.notConnected(input: "x", target: "d", cuts: ["QuantizeLinear QuantizeLinear_q"])
    ) {
      try Gradient.of(model, target: "d", withRespectTo: ["x"])
    }
  }
}
