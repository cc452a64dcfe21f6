// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletRuntime
import Testing

private typealias S = Sketch

@Suite("Rules of later activations, circular functions and extremes")
struct ActivationRuleTests {
  static let functions: [GradientCase] = GradientCase.all(
    GradientCase.each([18, 22], "Mish", [.input([3, 5])]),
    GradientCase.each([24], "Swish", [.input([3, 5])]),
    GradientCase.each([24], "Swish", [.input([3, 5])], [S.float("alpha", 1.7)]),
    GradientCase.each([12, 24], "Celu", [.input([3, 7], .spaced)]),
    GradientCase.each([12], "Celu", [.input([3, 7], .spaced)], [S.float("alpha", 0.6)]),
    GradientCase.each([9, 24], "Shrink", [.input([3, 9], .spaced)]),
    GradientCase.each(
      [9], "Shrink", [.input([3, 9], .spaced)], [S.float("lambd", 0.53), S.float("bias", 0.2)]),
    ["Sin", "Cos"].flatMap { GradientCase.each([7, 22], $0, [.input([3, 4])]) },
    ["Tan", "Atan"].flatMap { GradientCase.each([7, 22], $0, [.input([3, 4])]) },
    ["Asin", "Acos"].flatMap { GradientCase.each([7, 22], $0, [.input([3, 4], .inside)]) },
    ["Sinh", "Cosh", "Asinh"].flatMap { GradientCase.each([9, 22], $0, [.input([3, 4])]) },
    GradientCase.each([9, 22], "Acosh", [.input([3, 4], .above)]),
    GradientCase.each([9, 22], "Atanh", [.input([3, 4], .inside)]))

  static let extremes: [GradientCase] = ["Max", "Min"].flatMap { op in
    GradientCase.all(
      GradientCase.each([7, 8, 12, 13], op, [.fixed([3, 5], .spaced), .fixed([3, 5], .moved(0.03))]),
      GradientCase.each(
        [8, 13], op,
        [.fixed([3, 5], .spaced), .variable([5], .moved(0.03)), .variable([3, 1], .moved(0.06))]),
      GradientCase.each([13], op, [.open([3, 5], .spaced), .open([3, 1], .moved(0.03))]),
      GradientCase.each([8, 13], op, [.input([3, 5])]))
  }

  static let others: [GradientCase] = GradientCase.all(
    GradientCase.each([7], "Mean", [.fixed([3, 4]), .fixed([3, 4])]),
    GradientCase.each([8, 13], "Mean", [.fixed([3, 4]), .variable([4]), .variable([3, 1])]),
    GradientCase.each([10, 13], "Mod", [.input([3, 5]), .variable([5], .above)], [S.int("fmod", 1)]),
    GradientCase.each([13], "Mod", [.input([3, 5], .above), .number(0.77)], [S.int("fmod", 1)]),
    GradientCase.each([15, 19, 24], "CastLike", [.input([3, 5]), .weight([1])]),
    GradientCase.each([9, 13, 15], "Pow", [.input([3, 4], .positive), .variable([4])]),
    GradientCase.each([12], "Pow", [.weight([3, 1], .positive), .variable([3, 4])]))

  static let all = functions + extremes + others

  @Test(arguments: functions) func agreesFunctions(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: extremes) func agreesExtremes(_ example: GradientCase) throws { try example.check() }
  @Test(arguments: others) func agreesOthers(_ example: GradientCase) throws { try example.check() }

  @Test("equal winners share the gradient in equal parts")
  func ties() throws {
    let model = try S.model(
      [S.node("Max", ["a", "b", "c"], ["y"])],
      inputs: ["a", "b", "c"].map { S.value($0, [2]) }, outputs: [S.value("y", nil)])
    let gradient = try Gradient.of(model, target: "y", withRespectTo: ["a", "b", "c"])
    let found = try Session.of(gradient.serialized).run([
      ("a", try Tensor(float32: [1, 5], shape: [2])), ("b", try Tensor(float32: [1, 2], shape: [2])),
      ("c", try Tensor(float32: [0, 5], shape: [2])),
      (gradient.seedName, try Tensor(float32: [1, 4], shape: [2])),
    ])
    let slopes = try gradient.gradientNames.map { try found[$0]!.numbers() }
    #expect(slopes == [[0.5, 2], [0.5, 0], [0, 2]])
  }

  @Test("an input that only tells a type passes no gradient")
  func typeOnly() throws {
    let model = try S.model(
      [S.node("CastLike", ["w", "x"], ["y"])], inputs: [S.value("x", [nil, 4])],
      outputs: [S.value("y", nil)], constants: [S.tensor("w", [1], [1])])
    #expect(throws: AutodiffError.notConnected(input: "x", target: "y", cuts: [])) {
      try Gradient.of(model, target: "y", withRespectTo: ["x"])
    }
  }
}
