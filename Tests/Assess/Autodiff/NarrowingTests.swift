// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletFormats
import MartletONNXSchema
import MartletRuntime
import Testing

private typealias S = Sketch

/// Classifiers of sequences that read one token: what stands before is computed for that token alone where it can be.
@Suite("One place of many")
struct NarrowingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let opset: Int
    let place: Int
    /// Nil where it is left open.
    let length: Int?
    var testDescription: String {
      "opset \(opset), token \(place), \(length.map(String.init) ?? "any") tokens"
    }
  }

  static let cases = [12, 17, 22].flatMap { opset in
    [(0, 5), (-1, 5), (2, 5), (-2, 5), (0, nil), (-1, nil)].map {
      Case(opset: opset, place: $0.0, length: $0.1)
    }
  }

  /// A transformer of one layer with a mask, that reads one token.
  /// - Parameter isHidden: reads it by a product that picks it out, which nothing is known of.
  static func transformer(_ kind: Case, isHidden: Bool = false, outputs: [String] = ["y"]) throws -> ONNXModel
  {
    var nodes: [ONNXNodeProto] = []
    func normalised(_ x: String, _ y: String) {
      if kind.opset >= 17 {
        nodes.append(S.node("LayerNormalization", [x, "g", "b"], [y]))
        return
      }
      nodes += [
        S.node("ReduceMean", [x], [y + ".mean"], [S.ints("axes", [-1])]),
        S.node("Sub", [x, y + ".mean"], [y + ".c"]), S.node("Pow", [y + ".c", "two"], [y + ".square"]),
        S.node("ReduceMean", [y + ".square"], [y + ".var"], [S.ints("axes", [-1])]),
        S.node("Add", [y + ".var", "epsilon"], [y + ".raised"]),
        S.node("Sqrt", [y + ".raised"], [y + ".dev"]),
        S.node("Div", [y + ".c", y + ".dev"], [y + ".n"]), S.node("Mul", [y + ".n", "g"], [y + ".s"]),
        S.node("Add", [y + ".s", "b"], [y]),
      ]
    }
    normalised("x", "n1")
    for name in ["q", "k", "v"] {
      nodes += [
        S.node("MatMul", ["n1", "w" + name], [name + ".flat"]),
        S.node("Reshape", [name + ".flat", "heads"], [name + ".split"]),
        S.node(
          "Transpose", [name + ".split"], [name],
          [S.ints("perm", name == "k" ? [0, 2, 3, 1] : [0, 2, 1, 3])]),
      ]
    }
    nodes += [
      S.node("MatMul", ["q", "k"], ["qk"]), S.node("Div", ["qk", "root"], ["scores"]),
      S.node("Add", ["scores", "mask"], ["masked"]),
      S.node("Softmax", ["masked"], ["p"], [S.int("axis", -1)]),
      S.node("MatMul", ["p", "v"], ["pv"]),
      S.node("Transpose", ["pv"], ["o.split"], [S.ints("perm", [0, 2, 1, 3])]),
      S.node("Reshape", ["o.split", "joined"], ["o"]), S.node("MatMul", ["o", "wo"], ["out"]),
      S.node("Add", ["x", "out"], ["h"]),
    ]
    normalised("h", "n2")
    nodes += [
      S.node("MatMul", ["n2", "w1"], ["wide"]), S.node("Div", ["wide", "root"], ["u"]),
      S.node("Erf", ["u"], ["erf"]),
      S.node("Add", ["erf", "one"], ["phi"]), S.node("Mul", ["wide", "phi"], ["twice"]),
      S.node("Mul", ["twice", "half"], ["gelu"]), S.node("MatMul", ["gelu", "w2"], ["m"]),
      S.node("Add", ["h", "m"], ["z"]),
    ]
    if isHidden {
      nodes += [
        S.node("MatMul", ["pick", "z"], ["row"]), S.node("Reshape", ["row", "flat"], ["token"]),
      ]
    } else {
      nodes.append(S.node("Gather", ["z", "place"], ["token"], [S.int("axis", 1)]))
    }
    nodes.append(S.node("Gemm", ["token", "w3"], ["y"]))
    var dice = Dice("transformer")
    let length = kind.length ?? 5
    var pick = [Float](repeating: 0, count: length)
    pick[kind.place < 0 ? kind.place + length : kind.place] = 1
    let weights =
      ["wq", "wk", "wv", "wo"].map { ($0, [4, 4]) } + [("w1", [4, 8]), ("w2", [8, 4]), ("w3", [4, 3])]
    let maskDims = kind.length == nil ? [1, 1, 1, 1] : [1, 1, length, length]
    return try S.model(
      nodes, inputs: [S.value("x", [nil, kind.length, 4])], outputs: outputs.map { S.value($0, nil) },
      constants: weights.map { S.tensor($0.0, dice.draw($0.1.reduce(1, *), .smooth), $0.1) } + [
        S.tensor("g", dice.draw(4, .positive), [4]), S.tensor("b", dice.draw(4, .smooth), [4]),
        S.tensor("mask", dice.draw(maskDims.reduce(1, *), .smooth), maskDims), S.tensor("two", [2], []),
        S.tensor("epsilon", [1e-5], []), S.tensor("root", [1.4142135], []), S.tensor("one", [1], []),
        S.tensor("half", [0.5], []), S.tensor("pick", pick, [1, length]),
        S.integers("heads", [0, -1, 2, 2], [4]), S.integers("joined", [0, -1, 4], [3]),
        S.integers("flat", [-1, 4], [2]), S.integers("place", [kind.place], []),
      ], opset: kind.opset)
  }

  @Test("nothing changes but the work", arguments: cases)
  func agrees(_ kind: Case) throws {
    let narrow = try LossGradient.of(try Self.transformer(kind))
    let whole = try LossGradient.of(try Self.transformer(kind, isHidden: true))
    var dice = Dice("tokens")
    let x = dice.draw(2 * 5 * 4, .smooth)
    let found = try LossGradientTests.run(narrow, x, shape: [2, 5, 4], labels: [0, 2])
    let expected = try LossGradientTests.run(whole, x, shape: [2, 5, 4], labels: [0, 2])
    for (a, b) in [
      (found.logits, expected.logits), (found.losses, expected.losses), (found.gradient, expected.gradient),
    ] {
      let scale = b.map(abs).max() ?? 0
      #expect(a.count == b.count && scale > 0)
      #expect(zip(a, b).allSatisfy { abs($0 - $1) <= 2e-5 * scale })
    }
    guard kind.length != nil else { return }
    let (few, many) = (
      try #require(narrow.bytes(perExampleOf: [5, 4])), try #require(whole.bytes(perExampleOf: [5, 4]))
    )
    #expect(Double(few) < 0.7 * Double(many), "\(few) bytes of \(many)")
  }

  /// A tensor that is asked about is computed whole.
  @Test func aTensorThatIsReadElsewhereStaysWhole() throws {
    let kind = Case(opset: 17, place: 0, length: 5)
    let gradient = try Gradient.of(
      try Self.transformer(kind), target: "y", withRespectTo: ["x", "wide"])
    let session = try Session.of(gradient.serialized)
    var dice = Dice("tokens")
    let found = try session.run([
      ("x", try Tensor(float32: dice.draw(5 * 4, .smooth), shape: [1, 5, 4])),
      (gradient.seedName, try Tensor(float32: [1, 0, 0], shape: [1, 3])),
    ])
    let shapes = gradient.gradientNames.map { found[$0]?.shape }
    #expect(shapes == [[1, 5, 4], [1, 5, 8]])
    let slopes = try #require(found[gradient.gradientNames[1]]).numbers()
    #expect(slopes.prefix(8).contains { $0 != 0 } && slopes.dropFirst(8).allSatisfy { $0 == 0 })
  }
}
