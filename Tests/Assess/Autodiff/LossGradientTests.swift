// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff
import MartletFormats
import MartletONNXSchema
import MartletRuntime
import Testing

private typealias S = Sketch

@Suite("Gradients of the cross-entropy")
struct LossGradientTests {
  /// Two convolutions with a skip connection, pooled and classified; `ending` turns logits into the output.
  static func network(
    ending: [ONNXNodeProto] = [], output: String = "logits", opset: Int = 17, classes: Int = 3
  ) throws
    -> ONNXModel
  {
    var dice = Dice("network")
    func tensor(_ name: String, _ dims: [Int]) -> ONNXTensorProto {
      S.tensor(name, dice.draw(dims.reduce(1, *), .smooth), dims)
    }
    let pads = S.ints("pads", [1, 1, 1, 1])
    return try S.model(
      [
        S.node("Conv", ["x", "w1", "b1"], ["c1"], [pads]), S.node("Tanh", ["c1"], ["r1"]),
        S.node("Conv", ["r1", "w2"], ["c2"], [pads]), S.node("Add", ["c2", "r1"], ["skip"]),
        S.node("Sigmoid", ["skip"], ["gate"]), S.node("Mul", ["skip", "gate"], ["swish"]),
        S.node("GlobalAveragePool", ["swish"], ["pooled"]), S.node("Flatten", ["pooled"], ["flat"]),
        S.node("Gemm", ["flat", "w3", "b3"], ["logits"]),
        S.node("Relu", ["logits"], ["dead"]),
      ] + ending,
      inputs: [S.value("x", [nil, 2, 5, 4])], outputs: [S.value(output, nil)],
      constants: [
        tensor("w1", [4, 2, 3, 3]), tensor("b1", [4]), tensor("w2", [4, 4, 3, 3]),
        tensor("w3", [4, classes]),
        tensor("b3", [classes]),
      ], opset: opset)
  }

  struct Answer {
    let logits: [Float]
    let losses: [Float]
    let gradient: [Float]
  }

  static func run(
    _ loss: LossGradient, _ x: [Float], shape: [Int], labels: [Int64], targets: [Int64] = []
  ) throws -> Answer {
    let session = try Session.of(loss.serialized)
    var inputs = [
      (loss.inputName, try Tensor(float32: x, shape: shape)),
      (loss.labelsName, try Tensor(int64: labels, shape: [labels.count])),
    ]
    if let name = loss.targetsName {
      inputs.append((name, try Tensor(int64: targets, shape: [targets.count])))
    }
    let found = try session.run(inputs)
    #expect(found[loss.gradientName]?.shape == shape)
    #expect(found[loss.lossName]?.shape == [labels.count])
    #expect(found[loss.logitsName]?.shape == [labels.count, loss.classCount])
    return try Answer(
      logits: found[loss.logitsName]!.numbers(), losses: found[loss.lossName]!.numbers(),
      gradient: found[loss.gradientName]!.numbers())
  }

  @Test(
    "the slope of each example's loss is what differences measure", arguments: [7, 8, 9, 11, 13, 17, 22],
    ExampleLoss.allCases)
  func agreesWithDifferences(opset: Int, kind: ExampleLoss) throws {
    let loss = try LossGradient.of(try Self.network(opset: opset, classes: 5), loss: kind)
    var dice = Dice("point")
    let (shape, labels): ([Int], [Int64]) = ([5, 2, 5, 4], [0, 1, 2, 4, 0])
    let targets: [Int64] = [1, 4, 3, 0, 2]
    let x = dice.draw(200, .smooth)
    let direction = dice.draw(200, .smooth)
    let here = try Self.run(loss, x, shape: shape, labels: labels, targets: targets)
    let sides = try [Float(0.01), -0.01].map { step in
      let moved = zip(x, direction).map { $0 + step * $1 }
      return try Self.run(loss, moved, shape: shape, labels: labels, targets: targets).losses
    }
    for example in 0..<5 {
      let row = example * 40..<(example + 1) * 40
      let computed = zip(here.gradient[row], direction[row]).reduce(0) { $0 + $1.0 * $1.1 }
      let measured = (sides[0][example] - sides[1][example]) / 0.02
      #expect(
        abs(computed - measured) < 2e-3 + 0.01 * abs(measured),
        "example \(example): rule \(computed), difference \(measured)")
    }
  }

  /// The values of the losses, by hand: logits 4, 1, 3, 2.
  @Test(
    "losses are what their definitions say",
    arguments: [
      (ExampleLoss.logitRatio, Int64(0), Int64(0), Float(-0.5)), (.logitRatio, 2, 0, 0.5),
      (.targetedLogitRatio, 0, 3, -0.8), (.targetedLogitRatio, 1, 2, 0.8), (.targetMargin, 2, 0, 1),
    ])
  func valuesByHand(kind: ExampleLoss, label: Int64, target: Int64, expected: Float) throws {
    let model = try S.model(
      [S.node("Identity", ["x"], ["y"])], inputs: [S.value("x", [nil, 4])], outputs: [S.value("y", [nil, 4])])
    let loss = try LossGradient.of(model, loss: kind)
    let found = try Self.run(loss, [4, 1, 3, 2], shape: [1, 4], labels: [label], targets: [target])
    #expect(abs(found.losses[0] - expected) < 1e-6)
  }

  @Test("one graph serves any batch size, and examples do not mix")
  func batches() throws {
    let loss = try LossGradient.of(try Self.network())
    var dice = Dice("batches")
    let x = dice.draw(200, .smooth)
    let labels: [Int64] = [2, 1, 0, 0, 1]
    let all = try Self.run(loss, x, shape: [5, 2, 5, 4], labels: labels)
    for example in 0..<5 {
      let row = example * 40..<(example + 1) * 40
      let one = try Self.run(loss, Array(x[row]), shape: [1, 2, 5, 4], labels: [labels[example]])
      #expect(abs(one.losses[0] - all.losses[example]) < 1e-5)
      #expect(zip(one.gradient, all.gradient[row]).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  /// Endings, the name of the output, and what must be said about them.
  static let endings: [([ONNXNodeProto], String, String)] = [
    ([], "logits", "'logits', the output, taken as logits"),
    ([S.node("Softmax", ["logits"], ["p"])], "p", "'logits', the logits before Softmax 'Softmax_p'"),
    (
      [S.node("LogSoftmax", ["logits"], ["l"], [S.int("axis", 1)]), S.node("Identity", ["l"], ["out"])],
      "out",
      "'logits', the logits before LogSoftmax 'LogSoftmax_l'"
    ),
    (
      [S.node("Softmax", ["logits"], ["p"]), S.node("ArgMax", ["p"], ["class"], [S.int("axis", -1)])],
      "class",
      "'logits', the logits before ArgMax 'ArgMax_class' and Softmax 'Softmax_p'"
    ),
    ([S.node("Unsqueeze", ["logits", "axes"], ["out"])], "out", "'out', the output, taken as logits"),
    ([S.node("Sigmoid", ["logits"], ["out"])], "out", "'logits', the logits before Sigmoid 'Sigmoid_out'"),
    ([zipMap("logits")], "map", "'logits', the logits before ZipMap 'ZipMap_map'"),
    (
      [S.node("Softmax", ["logits"], ["p"], [S.int("axis", 1)]), zipMap("p")], "map",
      "'logits', the logits before ZipMap 'ZipMap_map' and Softmax 'Softmax_p'"
    ),
  ]

  /// What scikit-learn's exporter puts at the end.
  private static func zipMap(_ table: String) -> ONNXNodeProto {
    var node = S.node("ZipMap", [table], ["map"])
    node.domain = "ai.onnx.ml"
    return node
  }

  /// Models that say one probability: with a zero for class 0 its logit is a pair of scores.
  @Test("one probability is the softmax of two scores", arguments: 0..<4)
  func findsTheLogitOfOneProbability(_ index: Int) throws {
    let sigmoid = S.node("Sigmoid", ["logits"], ["p"])
    let complement = [
      sigmoid, S.node("Sub", ["one", "p"], ["q"]),
      S.node("Concat", ["q", "p"], ["table"], [S.int("axis", 1)]),
    ]
    let (ending, output): ([ONNXNodeProto], String) = [
      ([sigmoid], "p"), ([sigmoid, S.node("Squeeze", ["p", "axis"], ["out"])], "out"), (complement, "table"),
      (complement + [Self.zipMap("table")], "map"),
    ][index]
    let model = try Self.network(ending: ending, output: output, classes: 1).proto
      .adding([S.integers("axis", [1], [1]), S.tensor("one", [1], [1])])
    let loss = try LossGradient.of(try model.read())
    #expect(loss.classCount == 2)
    #expect(loss.differentiated.hasPrefix("'logits' and a zero for class 0, the logits before"))
    var dice = Dice("one probability")
    let x = dice.draw(80, .smooth)
    let found = try Self.run(loss, x, shape: [2, 2, 5, 4], labels: [1, 0])
    let twin = try Self.network(
      ending: [
        S.node("Mul", ["logits", "zero"], ["none"]),
        S.node("Concat", ["none", "logits"], ["two"], [S.int("axis", 1)]),
      ],
      output: "two", classes: 1
    ).proto.adding([S.tensor("zero", [0], [1])])
    let plain = try Self.run(
      try LossGradient.of(try twin.read()), x, shape: [2, 2, 5, 4], labels: [1, 0])
    #expect(zip(found.gradient, plain.gradient).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(zip(found.logits, plain.logits).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(found.logits[0] == 0 && found.logits[2] == 0)
    #expect(found.gradient.contains { abs($0) > 1e-4 })
  }

  @Test("the logits are found behind what only rescales them", arguments: endings.indices)
  func findsLogits(_ index: Int) throws {
    let (ending, output, said) = Self.endings[index]
    let model = try Self.network(ending: ending, output: output).proto
      .adding([S.integers("axes", [2, 3], [2])])
    let loss = try LossGradient.of(try model.read())
    #expect(loss.differentiated == said)
    var dice = Dice("endings")
    let x = dice.draw(80, .smooth)
    let found = try Self.run(loss, x, shape: [2, 2, 5, 4], labels: [1, 2])
    let plain = try Self.run(
      try LossGradient.of(try Self.network()), x, shape: [2, 2, 5, 4], labels: [1, 2])
    #expect(zip(found.gradient, plain.gradient).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(zip(found.logits, plain.logits).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("logits of any size give a finite loss and slope")
  func staysFinite() throws {
    let model = try S.model(
      [S.node("Identity", ["x"], ["y"])], inputs: [S.value("x", [nil, 3])], outputs: [S.value("y", [nil, 3])])
    let loss = try LossGradient.of(model)
    let found = try Self.run(loss, [1e30, -1e30, 0, 80, 90, 100], shape: [2, 3], labels: [0, 0])
    #expect(found.losses[0] == 0)
    #expect(abs(found.losses[1] - 20) < 1e-3)
    #expect(found.gradient.allSatisfy { $0.isFinite })
    #expect(abs(found.gradient[3] + 1) < 1e-6)
  }

  @Test("nothing is left over that the three outputs do not need")
  func dropsDeadParts() throws {
    let graph = try LossGradient.of(try Self.network()).proto.graph
    #expect(!graph.node.contains { $0.output.contains("dead") })
    #expect(graph.output.count == 3)
    #expect(graph.input.map(\.name).first == "x")
    var used = Set(graph.output.map(\.name))
    for node in graph.node { used.formUnion(node.input) }
    #expect(graph.initializer.allSatisfy { used.contains($0.name) })
  }

  @Test("names of the model that look like made ones collide with nothing")
  func collidingNames() throws {
    let names = ["martlet.labels", "martlet.loss", "martlet.gradient", "martlet.Sub"]
    let model = try S.model(
      [
        S.node("Tanh", ["martlet.labels"], ["martlet.loss"]),
        S.node("Exp", ["martlet.loss"], ["martlet.gradient"]),
        S.node("Neg", ["martlet.gradient"], ["martlet.Sub"]),
      ], inputs: [S.value("martlet.labels", [nil, 4])], outputs: [S.value("martlet.Sub", nil)])
    let loss = try LossGradient.of(model)
    #expect(!names.contains(loss.labelsName) && !names.contains(loss.gradientName))
    _ = try Self.run(loss, [0.1, 0.2, 0.3, 0.4], shape: [1, 4], labels: [3])
  }

  @Test("constants that are also inputs stay constants")
  func initialisersAsInputs() throws {
    var model = try Self.network(opset: 9).proto
    model.graph.input.append(S.value("w3", [4, 3]))
    let loss = try LossGradient.of(try model.read())
    #expect(loss.inputName == "x")
    #expect(loss.proto.graph.input.map(\.name) == ["x", loss.labelsName])
    _ = try Self.run(loss, [Float](repeating: 0.5, count: 40), shape: [1, 2, 5, 4], labels: [0])
  }

  @Test("a step on the way is reported, when the gradient has another way")
  func reportsCuts() throws {
    let model = try S.model(
      [
        S.node("Round", ["x"], ["steps"]), S.node("Tanh", ["x"], ["smooth"]),
        S.node("Add", ["steps", "smooth"], ["y"]),
      ], inputs: [S.value("x", [nil, 3])], outputs: [S.value("y", nil)])
    #expect(try LossGradient.of(model).cuts == ["Round Round_steps"])
    #expect(try LossGradient.of(try Self.network()).cuts.isEmpty)
  }
}

extension ONNXModelProto {
  func adding(_ constants: [ONNXTensorProto]) -> ONNXModelProto {
    var proto = self
    proto.graph.initializer += constants
    return proto
  }

  func read() throws -> ONNXModel {
    try Sketch.model(
      graph.node, inputs: graph.input, outputs: graph.output, constants: graph.initializer,
      opset: Int(opsetImport[0].version))
  }
}
