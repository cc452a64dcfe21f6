// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletONNXSchema
import MartletRobustness
import MartletRuntime
import Testing

/// Models that hide their slope. None is more robust than the plain one, and none may pass as reliable.
@Suite struct MaskingTests {
  enum Mask: String, CaseIterable {
    case quantised, saturated, sign, probabilities, random

    var model: TinyClassifier {
      switch self {
      case .quantised:
        TinyClassifier([
          ("Mul", ["x", "ten"], ["tens"]), ("Round", ["tens"], ["steps"]),
          ("Div", ["steps", "ten"], ["back"]),
          ("MatMul", ["back", "w"], ["scores"]),
        ])
      case .sign:
        TinyClassifier([("MatMul", ["x", "w"], ["z"]), ("Sign", ["z"], ["scores"])])
      case .saturated:
        // Cross-entropy is exactly zero, and so is its slope.
        TinyClassifier(weight: 1e5)
      case .probabilities:
        TinyClassifier(
          [("MatMul", ["x", "w"], ["z"]), ("Softmax", ["z"], ["p"]), ("Add", ["p", "zero"], ["scores"])],
          weight: 500)
      case .random: Self.noisy
      }
    }

    private static var noisy: TinyClassifier {
      var model = TinyClassifier([
        ("RandomNormal", [], ["noise"]), ("Add", ["x", "noise"], ["moved"]),
        ("MatMul", ["moved", "w"], ["scores"]),
      ])
      var shape = ONNXAttributeProto()
      (shape.name, shape.type, shape.ints) = ("shape", .ints, [1, 2])
      var scale = ONNXAttributeProto()
      (scale.name, scale.type, scale.f) = ("scale", .float, 0.01)
      model.proto.graph.node[0].attribute = [shape, scale]
      return model
    }
  }

  @Test(arguments: Mask.allCases, [AttackPlan.fast, .standard]) func neverPassesAsReliable(
    _ mask: Mask, _ plan: AttackPlan
  ) throws {
    let data = try TinyClassifier.data()
    let report = try? Assessment(
      model: try mask.model.bytes, inputs: data.inputs, labels: data.labels, library: RuntimeLibrary.open(),
      options: .init(threads: 1)
    ).run(AttackOrder(plan: plan, radius: 0.16))
    // Without any slope there is no report at all: it says so, and does not call anything robust.
    guard let report else { return #expect(mask == .sign || mask == .quantised) }
    #expect(report.trust != .reliable, "\(report.checks)")
  }

  @Test func aModelThatAnswersAtRandomIsAttackedByThePlanForIt() throws {
    let data = try TinyClassifier.data()
    let report = try Assessment(
      model: try Mask.random.model.bytes, inputs: data.inputs, labels: data.labels,
      library: RuntimeLibrary.open(), options: .init(threads: 1)
    ).run(AttackOrder(plan: .rand, radius: 0.16))
    // The noise alone turns some answers, whatever the attack averages.
    #expect(report.trust != .reliable, "\(report.checks)")
    #expect(report.robust.share < report.clean.share)
  }
}
