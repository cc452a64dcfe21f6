// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletFormats
import MartletONNXSchema
import MartletRuntime
import Testing

private typealias S = Sketch

/// Whole networks of many families of operators, at one batch size and then at another.
@Suite("Networks of many operators")
struct NetworkTests {
  private static func constants(_ shapes: [(String, [Int])]) -> [ONNXTensorProto] {
    var dice = Dice("constants")
    return shapes.map { S.tensor($0.0, dice.draw($0.1.reduce(1, *), .smooth), $0.1) }
  }

  /// An image classifier: normalised groups, mirrored edges, resizing, a gate by channel, pools.
  static func images() throws -> ONNXModel {
    try S.model(
      [
        S.node("Pad", ["x", "edges"], ["wide"], [S.text("mode", "reflect")]),
        S.node(
          "Conv", ["wide", "w1"], ["c1"], [S.ints("strides", [2, 2]), S.text("auto_pad", "SAME_UPPER")]),
        S.node("GroupNormalization", ["c1", "g4", "b4"], ["n1"], [S.int("num_groups", 2)]),
        S.node("Mish", ["n1"], ["a1"]),
        S.node("Resize", ["a1", "", "twice"], ["r1"], [S.text("mode", "linear")]),
        S.node("Conv", ["r1", "w2"], ["c2"], [S.int("group", 2), S.ints("pads", [1, 1, 1, 1])]),
        S.node("InstanceNormalization", ["c2", "g4", "b4"], ["n2"]),
        S.node("ReduceMean", ["n2", "spatial"], ["mean"]), S.node("ReduceMax", ["n2", "spatial"], ["most"]),
        S.node("Add", ["mean", "most"], ["squeezed"]), S.node("HardSigmoid", ["squeezed"], ["gate"]),
        S.node("Mul", ["n2", "gate"], ["gated"]),
        S.node("ConvTranspose", ["gated", "w3"], ["t"], [S.ints("strides", [2, 2])]),
        S.node("LpPool", ["t"], ["p"], [S.ints("kernel_shape", [2, 2]), S.ints("strides", [2, 2])]),
        S.node("AveragePool", ["p"], ["v"], [S.ints("kernel_shape", [3, 3]), S.int("ceil_mode", 1)]),
        S.node("GlobalAveragePool", ["v"], ["pooled"]), S.node("Flatten", ["pooled"], ["flat"]),
        S.node("Gemm", ["flat", "w4"], ["y"]),
      ], inputs: [S.value("x", [nil, 2, 6, 5])], outputs: [S.value("y", nil)],
      constants: constants([
        ("w1", [4, 2, 3, 3]), ("g4", [4]), ("b4", [4]), ("w2", [4, 2, 3, 3]), ("w3", [4, 3, 2, 2]),
        ("w4", [3, 3]),
      ]) + [
        S.integers("edges", [0, 0, 1, 1, 0, 0, 1, 1], [8]), S.integers("spatial", [2, 3], [2]),
        S.tensor("twice", [1, 1, 2, 2], [4]),
      ], opset: 22)
  }

  /// A sequence classifier: rotated and attended, recurrent, normalised, picked.
  static func sequences() throws -> ONNXModel {
    let heads = [S.int("q_num_heads", 2), S.int("kv_num_heads", 2), S.int("is_causal", 1)]
    return try S.model(
      [
        S.node("Einsum", ["x", "wq"], ["q"], [S.text("equation", "ntc,cd->ntd")]),
        S.node("MatMul", ["x", "wk"], ["k"]),
        S.node("Shape", ["x"], ["batch"], [S.int("end", 1)]),
        S.node("Concat", ["batch", "three"], ["sizes"], [S.int("axis", 0)]),
        S.node("Expand", ["places", "sizes"], ["all"]),
        S.node("RotaryEmbedding", ["q", "cos", "sin", "all"], ["qr"], [S.int("num_heads", 2)]),
        S.node("Attention", ["qr", "k", "k"], ["att"], heads), S.node("Add", ["att", "q"], ["sum"]),
        S.node("RMSNormalization", ["sum", "scale"], ["norm"]), S.node("Gelu", ["norm"], ["act"]),
        S.node("Transpose", ["act"], ["first"], [S.ints("perm", [1, 0, 2])]),
        S.node("GRU", ["first", "gw", "gr"], ["", "state"], [S.int("hidden_size", 4)]),
        S.node("Squeeze", ["state", "zero"], ["h"]),
        S.node("TopK", ["h", "two"], ["best", "which"]),
        S.node("Concat", ["h", "best"], ["both"], [S.int("axis", 1)]),
        S.node("LpNormalization", ["both"], ["unit"]), S.node("Gemm", ["unit", "wc"], ["y"]),
      ], inputs: [S.value("x", [nil, 3, 4])], outputs: [S.value("y", nil)],
      constants: constants([
        ("wq", [4, 8]), ("wk", [4, 8]), ("cos", [3, 2]), ("sin", [3, 2]), ("scale", [8]), ("gw", [1, 12, 8]),
        ("gr", [1, 12, 4]), ("wc", [6, 3]),
      ]) + [
        S.integers("zero", [0], [1]), S.integers("two", [2], [1]), S.integers("three", [3], [1]),
        S.integers("places", [0, 1, 2], [1, 3]),
      ], opset: 23)
  }

  static let networks: [(name: String, shape: [Int], model: @Sendable () throws -> ONNXModel)] = [
    ("images", [2, 6, 5], images), ("sequences", [3, 4], sequences),
  ]

  @Test("the slope of each example's loss is what differences measure", arguments: networks.indices, [1, 4])
  func agrees(_ network: Int, batch: Int) throws {
    let (name, shape, model) = Self.networks[network]
    let loss = try LossGradient.of(try model())
    #expect(loss.cuts == [])
    var dice = Dice("\(name) \(batch)")
    let each = shape.reduce(1, *)
    let labels = (0..<batch).map { Int64($0 % 3) }
    let x = dice.draw(batch * each, .smooth)
    let direction = dice.draw(batch * each, .smooth)
    func run(_ step: Float) throws -> LossGradientTests.Answer {
      try LossGradientTests.run(
        loss, zip(x, direction).map { $0 + step * $1 }, shape: [batch] + shape, labels: labels)
    }
    let here = try run(0)
    let sides = try (run(0.002).losses, run(-0.002).losses)
    for example in 0..<batch {
      let row = example * each..<(example + 1) * each
      let computed = zip(here.gradient[row], direction[row]).reduce(0) { $0 + $1.0 * $1.1 }
      let measured = (sides.0[example] - sides.1[example]) / 0.004
      #expect(
        abs(computed - measured) < 2e-3 + 1e-2 * abs(measured),
        "\(name), example \(example): rule \(computed), difference \(measured)")
    }
  }
}
