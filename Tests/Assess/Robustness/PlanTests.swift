// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletONNXSchema
import MartletRobustness
import MartletRuntime
import Testing

@Suite struct PlanTests {
  private static func run(
    _ model: Bytes, _ data: (inputs: Tensor, labels: [Int64]), _ order: AttackOrder
  ) throws -> PlanReport {
    try Assessment(
      model: model, inputs: data.inputs, labels: data.labels, library: RuntimeLibrary.open(),
      options: .init(threads: 2)
    ).run(order)
  }

  /// An example at distance d from the border is fooled in the maximum norm from d / 2 on, in L2 from d / sqrt(2) on.
  @Test(arguments: [AttackPlan.fast, .standard, .plus], Norm.allCases)
  func findsTheBorderOfATinyClassifier(_ plan: AttackPlan, _ norm: Norm) throws {
    let data = try TinyClassifier.data()
    let radius: Float = norm == .linf ? 0.16 : 0.16 * Float(2).squareRoot()
    let report = try Self.run(TinyClassifier().bytes, data, .init(plan: plan, norm: norm, radius: radius))
    let fooled = report.examples.filter { $0.outcome == .fooled }
    // Distances 0.05, 0.15, 0.25 are below 0.32 on both sides.
    #expect(fooled.map(\.row) == [0, 1, 2, 3, 4, 5], "\(report.attempts)")
    #expect(fooled.allSatisfy { $0.distance! <= radius * 1.0001 && $0.answer == 1 - $0.label })
    #expect(report.examples.count { $0.outcome == .misclassified } == 1)
    #expect(report.robust.share == 10.0 / 17)
    #expect(report.deviation != nil || plan == .fast)
    #expect(report.trust == .reliable, "\(report.checks)")
  }

  /// On a straight border one step is enough.
  @Test(arguments: [
    (AttackPlan.pgd, "PGD", Norm.linf), (.fgsm, "FGSM", .linf), (.deepfool, "DeepFool", .linf),
    (.pgd, "PGD", .l2), (.deepfool, "DeepFool", .l2), (.cw, "CW-L2", .l2),
  ]) func simpleAttacksFindAStraightBorder(_ plan: AttackPlan, _ name: String, _ norm: Norm) throws {
    let radius: Float = norm == .linf ? 0.16 : 0.16 * Float(2).squareRoot()
    let report = try Self.run(
      TinyClassifier().bytes, TinyClassifier.data(), .init(plan: plan, norm: norm, radius: radius))
    #expect(report.examples.filter { $0.outcome == .fooled }.map(\.row) == [0, 1, 2, 3, 4, 5])
    #expect(report.attempts.map(\.attack) == [name])
  }

  /// Attacks that look for the smallest change find less of it than the radius allows.
  @Test(arguments: [AttackPlan.deepfool, .cw]) func smallestChangesAreFoundOnDigits(_ plan: AttackPlan) throws
  {
    let all = try Example.test(of: "Examples/digits/digits.npz")
    let data = (inputs: all.inputs.rows(0..<15), labels: Array(all.labels.prefix(15)))
    let model = try Example.bytes("Examples/digits/digits.onnx")
    let own = try Self.run(model, data, .init(plan: plan, norm: .l2, radius: 0.6))
    let fast = try Self.run(model, data, .init(plan: .fast, norm: .l2, radius: 0.6))
    #expect(own.examples.count { $0.outcome == .fooled } > 0)
    #expect(own.robust.hits >= fast.robust.hits)
    // CW comes as near as the best; DeepFool is known to go too far.
    #expect(own.robust.hits - fast.robust.hits <= (plan == .cw ? 1 : 5), "\(own.robust) \(fast.robust)")
  }

  /// A class that is wanted is what the model says, and its own examples are left out.
  @Test(arguments: [AttackPlan.plus, .deepfool, .blackbox], Norm.allCases)
  func oneAnswerIsWanted(_ plan: AttackPlan, _ norm: Norm) throws {
    let all = try Example.test(of: "Examples/digits/digits.npz")
    // Weak ones get the examples that are easy.
    let data = (inputs: all.inputs.rows(0..<6), labels: Array(all.labels.prefix(6)))
    let model = try Example.bytes("Examples/digits/digits.onnx")
    let report = try Self.run(
      model, data, .init(plan: plan, norm: norm, radius: norm == .linf ? 0.4 : 3, goal: .label(3)))
    #expect(report.examples.count == data.labels.count { $0 != 3 })
    #expect(report.examples.allSatisfy { $0.label != 3 && $0.label == data.labels[$0.row] })
    let fooled = report.examples.filter { $0.outcome == .fooled }
    #expect(fooled.allSatisfy { $0.answer == 3 } && fooled.count > 1, "\(fooled.count)")
    let any = try Self.run(model, data, .init(plan: .fast, norm: norm, radius: norm == .linf ? 0.4 : 3))
    #expect(any.examples.count { $0.outcome == .fooled } >= fooled.count)
  }

  @Test func theLeastLikelyAnswerIsHarderToGet() throws {
    let all = try Example.test(of: "Examples/digits/digits.npz")
    let data = (inputs: all.inputs.rows(0..<40), labels: Array(all.labels.prefix(40)))
    let model = try Example.bytes("Examples/digits/digits.onnx")
    let any = try Self.run(model, data, .init(radius: 0.15))
    let least = try Self.run(model, data, .init(radius: 0.15, goal: .leastLikely))
    #expect(least.robust.hits > any.robust.hits)
    #expect(least.examples.count == 40)
  }

  /// A model that bends: what one step finds, many and cleverer ones find too, and the checks say that it was too little.
  @Test func aWeakAttackIsFoundOut() throws {
    let all = try Example.test(of: "Examples/digits/digits.npz")
    let data = (inputs: all.inputs.rows(0..<200), labels: Array(all.labels.prefix(200)))
    let model = try Example.bytes("Examples/digits/digits.onnx")
    let weak = try Self.run(model, data, .init(plan: .fgsm, radius: 0.15))
    let strong = try Self.run(model, data, .init(plan: .pgd, radius: 0.15))
    #expect(strong.robust.hits < weak.robust.hits)
    #expect(weak.trust != .reliable)
    #expect(weak.checks.contains { $0.name == "converged" && $0.trust != .reliable })
  }

  @Test func standardIsAtLeastAsStrongAsPGDOnDigits() throws {
    let all = try Example.test(of: "Examples/digits/digits.npz")
    let data = (inputs: all.inputs.rows(0..<60), labels: Array(all.labels.prefix(60)))
    let model = try Example.bytes("Examples/digits/digits.onnx")
    let pgd = try Self.run(model, data, .init(plan: .pgd, radius: 0.1))
    let report = try Self.run(model, data, .init(plan: .fast, radius: 0.1, seed: 3))
    #expect(report.clean == pgd.clean)
    #expect(report.robust.share <= pgd.robust.share)
    #expect(report.trust == .reliable, "\(report.checks)")
    // The same seed gives the same inputs, whatever the batches are.
    let again = try Assessment(
      model: model, inputs: data.inputs, labels: data.labels, library: RuntimeLibrary.open(),
      options: .init(threads: 1, batch: 37)
    ).run(.init(plan: .fast, radius: 0.1, seed: 3))
    #expect(again.examples.map(\.outcome) == report.examples.map(\.outcome))
  }

  /// On the data, where the features sum up to 1, the root is defined; an attack leaves the data, and finds that it is not.
  @Test func scoresThatAreUndefinedOffTheDataAreToldOf() throws {
    var model = TinyClassifier([
      ("ReduceSum", ["x", "axes"], ["sum"]), ("Mul", ["sum", "ten"], ["tens"]),
      ("Sub", ["tens", "ten"], ["off"]),
      ("Sub", ["zero", "off"], ["below"]), ("Sqrt", ["below"], ["root"]), ("MatMul", ["x", "w"], ["z"]),
      ("Add", ["z", "root"], ["scores"]),
    ])
    var axes = ONNXTensorProto()
    (axes.name, axes.dataType, axes.dims, axes.int64Data) = ("axes", 7, [1], [1])
    model.proto.graph.initializer.append(axes)
    let data = try TinyClassifier.data()
    // A little less than 1, so that rounding does no harm.
    let values = try data.inputs.array(of: Float.self).map { $0 * 0.999 }
    let inputs = try Tensor(float32: values, shape: data.inputs.shape)
    let report = try Self.run(model.bytes, (inputs, data.labels), .init(radius: 0.05))
    let check = try #require(report.checks.first { $0.name == "finite scores" })
    #expect(check.trust == .suspect, "\(check)")
  }

  /// The same geometry, seen by whoever only gets classes.
  @Test(arguments: Norm.allCases) func answersAloneFindTheBorder(_ norm: Norm) throws {
    // A label and no scores, and a step function on the way: nothing to follow.
    let model = TinyClassifier(
      [("MatMul", ["x", "w"], ["z"]), ("Sign", ["z"], ["steps"]), ("ArgMax", ["steps"], ["scores"])],
      outputs: [("scores", 7, [0])], argMax: true)
    let radius: Float = norm == .linf ? 0.16 : 0.16 * Float(2).squareRoot()
    let report = try Self.run(model.bytes, TinyClassifier.data(), .init(norm: norm, radius: radius))
    #expect(report.attempts.map(\.attack) == ["Square", "HopSkipJump"])
    #expect(report.examples.filter { $0.outcome == .fooled }.map(\.row) == [0, 1, 2, 3, 4, 5])
    #expect(report.trust == .unreliable)
  }
}
