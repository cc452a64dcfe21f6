// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletBytes
import MartletFormats
import MartletONNXSchema
import SwiftProtobuf
import Testing

private typealias S = Sketch

@Suite("What is refused, and how it is said")
struct RefusalTests {
  private func model(
    _ nodes: [ONNXNodeProto], output: String = "y", type: Int32 = 1, constants: [ONNXTensorProto] = [],
    dims: [Int?]? = [nil, 4], opset: Int = 17
  ) throws -> ONNXModel {
    try S.model(
      nodes, inputs: [S.value("x", dims, type: type)], outputs: [S.value(output, nil)], constants: constants,
      opset: opset)
  }

  private func error(_ model: ONNXModel, input: String? = nil, output: String? = nil) -> AutodiffError? {
    #expect(throws: AutodiffError.self) {
      try LossGradient.of(model, input: input, output: output)
    }
  }

  /// Operator, domain, and a part of the sentence.
  static let operators: [(String, String, String)] = [
    (
      "RoiAlign", "",
      "'RoiAlign' at node 'RoiAlign_h' is not differentiated; these are: Abs, Acos, Acosh, Add"
    ),
    ("If", "", "control flow"), ("Loop", "", "control flow"), ("Scan", "", "control flow"),
    ("Tanh", "com.example", "belongs to the domain 'com.example'"),
    ("TreeEnsembleClassifier", "ai.onnx.ml", "piecewise constant"),
    ("Bad\u{1B}[31m\u{202E}", "", "'Bad\\u{1b}[31m\\u{202e}'"),
  ]

  @Test("operators without a rule are refused by name", arguments: operators)
  func unknownOperator(op: String, domain: String, said: String) throws {
    let found = error(
      try model([S.node(op, ["x"], ["h"], domain: domain), S.node("Identity", ["h"], ["y"])]), output: "y")
    // The shape behind an unknown operator cannot be told either, which must not hide the reason.
    let text = try #require(found).description
    #expect(text.contains(said), "\(text)")
  }

  @Test("an operator without a rule is no matter beside the way")
  func unknownBesideTheWay() throws {
    let found = try Gradient.of(
      try model(
        [
          S.node("RoiAlign", ["w"], ["h"]), S.node("Mul", ["x", "h"], ["m"]),
          S.node("ReduceSum", ["x"], ["y"]),
        ], constants: [S.tensor("w", [1, 2, 3, 4], [1, 4])]), target: "y", withRespectTo: ["x"])
    #expect(found.gradientNames.count == 1)
  }

  @Test("operator sets outside of the known ones are refused", arguments: [1, 6, 25, 1000])
  func operatorSet(_ version: Int) throws {
    #expect(error(try model([S.node("Tanh", ["x"], ["y"])], opset: version)) == .operatorSet(found: version))
  }

  @Test("a way that is only steps has no gradient, and the steps are named")
  func cutOff() throws {
    let found = error(try model([S.node("Floor", ["x"], ["f"]), S.node("Tanh", ["f"], ["y"])]))
    #expect(found == .notConnected(input: "x", target: "y", cuts: ["Floor Floor_f"]))
    let cast = error(
      try model([
        S.node("Cast", ["x"], ["i"], [S.int("to", 6)]), S.node("Cast", ["i"], ["y"], [S.int("to", 1)]),
      ]))
    #expect(cast == .notConnected(input: "x", target: "y", cuts: ["Cast Cast_i"]))
  }

  @Test("training forms are refused")
  func trainingForms() throws {
    let constants = ["s", "b", "m", "v"].map { S.tensor($0, [1, 1, 1, 1], [4]) }
    let norm = S.node(
      "BatchNormalization", ["x", "s", "b", "m", "v"], ["y", "m2", "v2"], [S.int("training_mode", 1)])
    #expect(error(try model([norm], constants: constants))?.description.contains("training mode") == true)
    let dropout = S.node("Dropout", ["x", "ratio", "mode"], ["y"])
    let mode = [S.tensor("ratio", [0.5], []), S.booleans("mode", [true], [])]
    #expect(error(try model([dropout], constants: mode))?.description.contains("training mode") == true)
  }

  @Test("a derivative that the model's operator set cannot write says which one can")
  func needsLaterOperatorSet() throws {
    let pool = S.node("MaxPool", ["x"], ["p"], [S.ints("kernel_shape", [2, 2])])
    let found = error(
      try model([pool, S.node("Flatten", ["p"], ["y"])], dims: [nil, 1, 3, 3], opset: 8))
    #expect(found == .needsOperatorSet(op: "MaxPool", node: "MaxPool_p", needed: 9, found: 8))
  }

  @Test("inputs and outputs that cannot play their part are refused")
  func unsuitableTensors() throws {
    let tanh = S.node("Tanh", ["x"], ["y"])
    #expect(
      error(try model([S.node("Cast", ["x"], ["y"], [S.int("to", 1)])], type: 2))?.description.contains(
        "no gradient") == true)
    #expect(error(try model([tanh]), input: "z") == .noSuchTensor(name: "z", role: "input", available: ["x"]))
    #expect(
      error(try model([tanh]), output: "z") == .noSuchTensor(name: "z", role: "output", available: ["y"]))
    #expect(
      error(try model([tanh], dims: [nil, 1]))?.description.contains("at least two classes, found 1") == true)
    #expect(error(try model([tanh], dims: [nil, nil]))?.description.contains("found [?, ?]") == true)
    #expect(error(try model([tanh], dims: [nil, 3, 4]))?.description.contains("[N, K]") == true)
    let open = try model([tanh], dims: nil)
    #expect(error(open)?.description.contains("does not say how many axes its input has") == true)
    let completed = try #require(open.withInputs(ofExamples: [4]))
    #expect(try LossGradient.of(completed.model).classCount == 4)
    #expect(try model([tanh], dims: [nil, 1]).withInputs(ofExamples: [4]) == nil)
    let two = try S.model(
      [S.node("Add", ["a", "b"], ["y"])], inputs: [S.value("a", [nil, 4]), S.value("b", [nil, 4])],
      outputs: [S.value("y", nil)])
    #expect(error(two)?.description.contains("name the one") == true)
    #expect(try LossGradient.of(two, input: "b").inputName == "b")
  }

  static let broken: [[ONNXNodeProto]] = [
    [S.node("Tanh", ["z"], ["y"])],
    [S.node("Tanh", ["h"], ["y"]), S.node("Tanh", ["x"], ["h"])],
    [S.node("Tanh", ["y"], ["y"])],
    [S.node("Tanh", ["x"], ["y"]), S.node("Exp", ["x"], ["y"])],
    [S.node("Tanh", ["x"], ["x"])],
    [S.node("Tanh", ["x"], ["h"])],
    [S.node("Tanh", [], ["y"])],
    [S.node("Mul", ["x"], ["y"])],
    [S.node("Concat", ["x", "x"], ["y"], [S.int("axis", 7)])],
    [S.node("Concat", ["x", "x"], ["y"], [S.int("axis", Int.min)])],
    [S.node("Transpose", ["x"], ["y"], [S.ints("perm", [0, 0])])],
    [S.node("Reshape", ["x", "huge"], ["y"])],
    [S.node("Reshape", ["x", "open"], ["y"])],
    [S.node("Expand", ["x", "huge"], ["y"])],
    [S.node("Unsqueeze", ["x", "huge"], ["y"])],
    [S.node("Pad", ["x", "least"], ["y"])],
    [S.node("Gather", ["x", "least"], ["y"], [S.int("axis", 1)])],
    [S.node("Conv", ["x", "x"], ["y"], [S.ints("strides", [0, 0])])],
    [S.node("MaxPool", ["x"], ["y"], [S.ints("kernel_shape", [2])])],
    [S.node("Flatten", ["x"], ["y"], [S.int("axis", 3)])],
    [S.node("Cast", ["x"], ["y"], [S.int("to", 4000)])],
    [S.node("Mul", ["x", "x", "x"], ["y"])],
    [
      S.node("ReduceMean", ["x"], ["s"], [S.int("keepdims", 0)]),
      S.node("Softmax", ["s"], ["y"], [S.int("axis", 0)]),
    ],
    [S.node("Add", ["x", "five"], ["y"])],
    [S.node("MatMul", ["x", "five"], ["y"])],
    [S.node("Split", ["x"], ["y", "z"], [S.int("axis", 1), S.ints("split", [-5, 9])])],
  ]

  @Test("graphs that contradict the standard give an error, not a crash", arguments: broken.indices)
  func brokenGraph(_ index: Int) throws {
    let constants = [
      S.integers("huge", [Int.max, Int.max, 4], [3]), S.integers("open", [-1, -1], [2]),
      S.integers("least", [Int.min, Int.min, Int.max, 1], [4]),
      S.tensor("five", [1, 2, 3, 4, 5], [5]),
    ]
    #expect(throws: AutodiffError.self) {
      let found = try Gradient.of(
        try model(Self.broken[index], constants: constants, opset: 13), target: "y", withRespectTo: ["x"])
      // A node that only the runtime can judge must not have passed silently.
      Issue.record("made a graph of \(found.proto.graph.node.count) nodes")
    }
  }

  @Test("a slope with more axes than the input is refused")
  func slopeOfHigherRank() throws {
    let prelu = try model(
      [S.node("PRelu", ["x", "cube"], ["y"])], constants: [S.tensor("cube", [1], [1, 1, 1, 1])])
    #expect(throws: AutodiffError.self) { try Gradient.of(prelu, target: "y", withRespectTo: ["cube"]) }
  }

  @Test("a constant that is not as long as it says is no reason to crash")
  func lyingConstant() throws {
    var weights = S.tensor("w", [1, 2], [2, 1, 3, 3])
    let node = S.node("Conv", ["x", "w"], ["y"])
    let found = try Gradient.of(
      try model([node], constants: [weights], dims: [nil, 1, 5, 5]), target: "y", withRespectTo: ["x"])
    #expect(found.proto.graph.node.contains { $0.opType == "ConvTranspose" })
    weights.dataLocation = .external
    let outside = try model([node], constants: [weights], dims: [nil, 1, 5, 5])
    #expect(throws: AutodiffError.self) { try Gradient.of(outside, target: "y", withRespectTo: ["x"]) }
  }

  @Test("models with damaged bytes give an answer or an error, whatever the damage", arguments: 0..<8)
  func damagedModels(_ round: Int) throws {
    var dice = Dice("damage \(round)")
    let whole: [UInt8] = try LossGradientTests.network(
      ending: [
        S.node("Unsqueeze", ["logits", "axes"], ["wide"]),
        S.node("Slice", ["wide", "zeros", "axes", "axes"], ["cut"]),
        S.node("Concat", ["wide", "cut"], ["joined"], [S.int("axis", 2)]),
        S.node("MaxPool", ["joined"], ["pooled2"], [S.ints("kernel_shape", [2, 1])]),
        S.node("Reshape", ["pooled2", "table"], ["y"]),
      ], output: "y"
    ).proto.adding([
      S.integers("axes", [2, 3], [2]), S.integers("zeros", [0, 0], [2]), S.integers("table", [-1, 3], [2]),
    ]).serializedBytes()
    _ = try LossGradient.of(try ONNXModel(Bytes(whole)))
    var answers = 0
    for _ in 0..<250 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &dice) {
        bytes[Int.random(in: 0..<bytes.count, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
      }
      guard let model = try? ONNXModel(Bytes(bytes)) else { continue }
      answers += (try? LossGradient.of(model)) == nil ? 0 : 1
    }
    // Most of the bytes are weights, which may have any value.
    #expect(answers > 50)
  }

  @Test("every rule that is registered is held against differences")
  func everyRuleIsTested() {
    let cases = HostileRuleTests.cases
    #expect(GradientRules.supported.filter { op in !cases.contains { $0.op == op } } == [])
    #expect(GradientRules.supported.count >= 120)
    #expect(Set(GradientRules.supported).isDisjoint(with: GradientRules.zero))
  }
}
