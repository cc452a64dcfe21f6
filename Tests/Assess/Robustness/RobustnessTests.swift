// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletONNXSchema
import MartletRobustness
import MartletRuntime
import Testing

@Suite struct RobustnessTests {
  let library: RuntimeLibrary
  let inputs: Tensor
  let labels: [Int64]

  init() throws {
    library = try RuntimeLibrary.open()
    (inputs, labels) = try TinyClassifier.data()
  }

  private func evaluate(
    _ model: TinyClassifier, _ order: AttackOrder = AttackOrder(plan: .pgd, radius: 0.1), box: Box = .unit,
    inputs: Tensor? = nil, labels: [Int64]? = nil, batch: Int? = nil
  ) throws -> PlanReport {
    try Assessment(
      model: try model.bytes, inputs: inputs ?? self.inputs, labels: labels ?? self.labels, box: box,
      library: library, options: .init(threads: 1, batch: batch)
    ).run(order)
  }

  /// Radius 0.1 moves both features, so it covers distances up to 0.2: two on each side of the border.
  @Test func findsExactlyTheExamplesThatAreTooNear() throws {
    let report = try evaluate(TinyClassifier())
    #expect(report.clean == Proportion(16, of: 17))
    #expect(report.robust == Proportion(12, of: 17))
    let near = Array(repeating: PlanReport.Outcome.fooled, count: 4)
    let far = Array(repeating: PlanReport.Outcome.resisted, count: 12)
    #expect(report.examples.map(\.outcome) == near + far + [.misclassified])
    #expect(report.trust == .reliable, "\(report.checks)")
    #expect(report.adversarialPlaces == [0, 1, 2, 3])
    #expect(report.differentiated.contains("scores"))
  }

  @Test func theAdversarialsAreNearAndInTheBox() throws {
    let report = try evaluate(TinyClassifier())
    let examples = try inputs.array(of: Float.self)
    #expect(report.adversarials.count == 4)
    for (point, row) in zip(report.adversarials, report.adversarialPlaces) {
      for feature in 0..<2 {
        #expect((0...1).contains(point[feature]))
        #expect(abs(point[feature] - examples[row * 2 + feature]) <= 0.1 + 1e-6)
      }
      #expect((point[0] > point[1]) != (labels[row] == 1))
    }
  }

  @Test(arguments: [(0, 16), (0.02, 16), (0.06, 14), (0.3, 4), (1, 0)] as [(Float, Int)])
  func agreesWithGeometryAtEveryRadius(_ radius: Float, _ held: Int) throws {
    #expect(try evaluate(TinyClassifier(), AttackOrder(plan: .pgd, radius: radius)).robust.hits == held)
  }

  /// The same radii in one run: what one finds the larger ones need not look for.
  @Test func sweepsOverRadii() throws {
    let report = try evaluate(TinyClassifier(), AttackOrder(plan: .pgd, radii: [0.3, 0.02, 0.06]))
    #expect(report.order.radii == [0.02, 0.06, 0.3])
    #expect(report.curve.filter(\.isOfPlan).map(\.robust.hits) == [16, 14, 4])
    #expect(report.robust.hits == 4)
    #expect(report.attempts.map(\.attacked) == [16, 16, 14])
    #expect(report.examples.filter { $0.radius == 0.06 }.map(\.row) == [0, 1])
    #expect(report.examples.allSatisfy { ($0.distance ?? 0) <= ($0.radius ?? 0) * 1.0001 })
  }

  @Test func batchesChangeNothing() throws {
    let whole = try evaluate(TinyClassifier(), AttackOrder(radius: 0.1, seed: 7))
    for batch in [1, 3, 16] {
      let parts = try evaluate(TinyClassifier(), AttackOrder(radius: 0.1, seed: 7), batch: batch)
      #expect(parts.examples == whole.examples)
      #expect(parts.adversarials == whole.adversarials)
    }
  }

  /// Of a model that draws numbers, the runs would otherwise come in another order each time.
  @Test(arguments: [false, true]) func coresChangeNothing(_ isRandom: Bool) throws {
    var model = isRandom ? MaskingTests.Mask.random.model : TinyClassifier()
    if isRandom {
      var seed = ONNXAttributeProto()
      (seed.name, seed.type, seed.f) = ("seed", .float, 3)
      model.proto.graph.node[0].attribute.append(seed)
    }
    func report(_ cores: Int) throws -> PlanReport {
      try Assessment(
        model: try model.bytes, inputs: inputs, labels: labels, library: library,
        options: .init(threads: cores)
      ).run(AttackOrder(plan: .fast, radius: 0.1, seed: 7))
    }
    let one = try report(1)
    for cores in [3] {
      let several = try report(cores)
      #expect(several.examples == one.examples)
      #expect(several.adversarials == one.adversarials)
    }
  }

  @Test func aModelThatLeavesItsRankOpenIsAttackedAsTheDataAre() throws {
    var model = TinyClassifier()
    model.proto.graph.input[0].type.tensorType.clearShape()
    model.proto.graph.output[0].type.tensorType.clearShape()
    let report = try evaluate(model)
    #expect(try report.examples == evaluate(TinyClassifier()).examples)
    #expect(report.trust == .reliable, "\(report.checks)")
  }

  @Test(arguments: [1, 5]) func aModelOfFixedBatchGivesTheSame(_ size: Int) throws {
    let open = try evaluate(TinyClassifier())
    #expect(try evaluate(TinyClassifier(batch: size)).examples == open.examples)
  }

  @Test func theSeedDecides() throws {
    func points(_ seed: UInt64) throws -> [[Float]] {
      try evaluate(TinyClassifier(), AttackOrder(radius: 0.1, seed: seed)).adversarials
    }
    #expect(try points(1) == points(1))
    #expect(try points(1) != points(2))
  }

  @Test func looksBehindSoftmax() throws {
    let model = TinyClassifier(
      [("MatMul", ["x", "w"], ["z"]), ("Softmax", ["z"], ["scores"])], weight: 50)
    let report = try evaluate(model)
    #expect(report.robust.hits == 12)
    #expect(report.trust == .reliable)
    #expect(report.differentiated.contains("Softmax"))
  }

  /// One probability, of class 1, as many make it: the same border, and the logit behind it.
  @Test(arguments: [false, true]) func oneProbabilityIsEnough(_ isFlat: Bool) throws {
    let steps = [("MatMul", ["x", "column"], ["z"]), ("Sigmoid", ["z"], [isFlat ? "p" : "scores"])]
    var model = TinyClassifier(
      steps + (isFlat ? [("Reshape", ["p", "all"], ["scores"])] : []),
      outputs: [("scores", 1, isFlat ? [0] : [0, 1])])
    model.proto.graph.initializer.append(TinyClassifier.floats("column", [20, -20], [2, 1]))
    var all = ONNXTensorProto()
    (all.name, all.dataType, all.dims, all.int64Data) = ("all", 7, [1], [-1])
    model.proto.graph.initializer.append(all)
    let report = try evaluate(model, AttackOrder(radius: 0.1))
    #expect(report.clean.hits == 16 && report.robust.hits == 12)
    #expect(report.differentiated.contains("Sigmoid"))
    #expect(report.trust == .reliable, "\(report.checks)")
  }

  @Test func measuresRawUnitsInFractionsOfTheirRange() throws {
    // The same examples with the first feature in hundreds and the second in thousandths.
    let values = try inputs.array(of: Float.self)
    let scaled = try Tensor(
      float32: values.indices.map { $0 % 2 == 0 ? values[$0] * 100 : values[$0] * 0.001 }, shape: inputs.shape
    )
    var model = TinyClassifier()
    model.proto.graph.initializer[0] = TinyClassifier.floats("w", [-0.1, 0.1, 10000, -10000], [2, 2])
    let box = Box.perFeature(low: [0, 0], high: [100, 0.001])
    let report = try evaluate(model, box: box, inputs: scaled)
    #expect(report.robust.hits == 12)
    #expect(report.distanceWords.contains("each of the 2 features"))
  }

  @Test func takesABoxFromData() throws {
    let data = try Tensor(float32: [1, -5, 7, 3, 0, 7, 2, -1, 7], shape: [3, 3])
    #expect(try Box.range(of: data) == .perFeature(low: [1, -5, 7], high: [3, 0, 7]))
  }

  @Test func tellsHowFarItIs() throws {
    var seen: [PlanProgress] = []
    _ = try Assessment(
      model: try TinyClassifier().bytes, inputs: inputs, labels: labels, library: library,
      options: .init(threads: 1, batch: 4)
    ).run(.init(radius: 0.1)) { seen.append($0) }
    for step in ["clean accuracy", "APGD-CE", "APGD-T", "Square", "checks"] {
      let counts = seen.filter { $0.step == step }
      #expect(counts.last?.done == counts.last?.total && !counts.isEmpty)
      #expect(counts.map(\.done) == counts.map(\.done).sorted())
    }
  }

  /// What one example needs decides how many are run together.
  @Test func aModelThatNeedsTooMuchMemoryIsRefused() throws {
    let bytes = try TinyClassifier().bytes
    #expect {
      try Assessment(
        model: bytes, inputs: inputs, labels: labels, library: library, options: .init(memory: 16))
    } throws: { error in
      guard case .tooLarge(let needed, 16)? = error as? RobustnessError else { return false }
      return needed > 16
    }
  }
}

@Suite struct UnattackableModelTests {
  @Test func aModelWithoutGradientIsStillMeasured() throws {
    let model = TinyClassifier(
      [
        ("MatMul", ["x", "w"], ["z"]), ("Unique", ["zero"], ["none"]), ("Add", ["z", "none"], ["scores"]),
        ("ArgMax", ["scores"], ["label"]),
      ], outputs: [("scores", 1, [0, 2])])
    let (inputs, labels) = try TinyClassifier.data()
    let report = try Assessment(
      model: try model.bytes, inputs: inputs, labels: labels, library: RuntimeLibrary.open()
    ).run(.init(radius: 0.16))
    #expect(report.clean.hits == 16)
    #expect(report.robust.hits == 10)
    #expect(report.trust == .unreliable)
    #expect(report.deviation?.contains("Unique") == true)
  }
}

/// Models that look robust and are not. None may pass as reliable.
@Suite struct MaskedGradientTests {
  private func attack(_ model: TinyClassifier) throws -> PlanReport {
    let (inputs, labels) = try TinyClassifier.data()
    return try Assessment(
      model: try model.bytes, inputs: inputs, labels: labels, library: RuntimeLibrary.open()
    ).run(.init(plan: .pgd, radius: 0.1))
  }

  @Test func saturationIsNoticed() throws {
    // Scores of 0 and ±inf-like size through Sigmoid: flat in float32 everywhere but at the border.
    let model = TinyClassifier(
      [("MatMul", ["x", "w"], ["z"]), ("Sigmoid", ["z"], ["s"]), ("Mul", ["s", "ten"], ["scores"])],
      weight: 10_000)
    let report = try attack(model)
    #expect(report.trust == .unreliable)
    let check = try #require(report.checks.first { $0.name == "zero gradients" })
    #expect(check.trust == .unreliable)
    #expect(report.checks.contains { $0.name == "unbounded attack" && $0.trust == .unreliable })
  }

  @Test func quantisationIsNoticed() throws {
    // Rounded inputs hide the slope; a small smooth part beside them shows the attack a way that leads nowhere.
    let model = TinyClassifier([
      ("Mul", ["x", "ten"], ["tenfold"]), ("Round", ["tenfold"], ["rounded"]),
      ("Add", ["rounded", "x"], ["both"]),
      ("MatMul", ["both", "w"], ["scores"]),
    ])
    let report = try attack(model)
    #expect(report.trust < .reliable)
    #expect(report.checks.contains { $0.name == "steps in the model" && $0.trust == .suspect })
  }
}

@Suite struct RobustnessRefusalTests {
  private func error(
    _ model: TinyClassifier = TinyClassifier(), values: [Float] = [0.9, 0.1], shape: [Int] = [1, 2],
    labels: [Int64] = [1], box: Box = .unit, order: AttackOrder = .init(radius: 0.1)
  ) throws -> RobustnessError? {
    let bytes = try model.bytes
    let inputs = try Tensor(float32: values, shape: shape)
    let library = try RuntimeLibrary.open()
    return #expect(throws: RobustnessError.self) {
      try Assessment(model: bytes, inputs: inputs, labels: labels, box: box, library: library).run(order)
    }
  }

  @Test func refusesDataThatDoesNotFit() throws {
    #expect(try error(values: [], shape: [0, 2], labels: []) == .noExamples)
    #expect(try error(labels: [1, 0]) == .labelCount(examples: 1, labels: 2))
    #expect(try error(labels: [2]) == .labelOutOfRange(row: 0, label: 2, classes: 2))
    #expect(try error(labels: [-1]) == .labelOutOfRange(row: 0, label: -1, classes: 2))
    #expect(try error(values: [0.5, .nan]) == .notFinite(row: 0))
    #expect(
      try error(values: [0.5, 0.5, 0.5, 1.5], shape: [2, 2], labels: [1, 1])
        == .outsideBox(row: 1, value: 1.5, low: 0, high: 1))
    let wide = try error(values: [0, 0, 0], shape: [1, 3])
    #expect(wide == .runtime(.wrongShape(name: "x", expected: [.symbolic("n"), .fixed(2)], found: [1, 3])))
  }

  @Test func refusesAnotherType() throws {
    let bytes = try TinyClassifier().bytes
    let inputs = try Tensor(float64: [0.5, 0.5], shape: [1, 2])
    let library = try RuntimeLibrary.open()
    #expect(throws: RobustnessError.inputType(found: "float64")) {
      try Assessment(model: bytes, inputs: inputs, labels: [0], library: library)
    }
  }

  @Test(arguments: [
    Box.perFeature(low: [0], high: [1]), .perFeature(low: [0, 1], high: [1, 0]),
    .perFeature(low: [0, .nan], high: [1, 1]),
  ])
  func refusesBoxesThatMakeNoSense(_ box: Box) throws {
    guard case .unsuitableBox = try error(box: box) else {
      Issue.record("the box was taken")
      return
    }
  }

  @Test(arguments: [
    AttackOrder(radius: -0.1), AttackOrder(radius: .nan), AttackOrder(radii: [0.1, .infinity]),
    AttackOrder(radii: []), AttackOrder(radius: 0.1, samples: 0), AttackOrder(plan: .cw, radius: 0.1),
    AttackOrder(radius: 0.1, goal: .label(2)), AttackOrder(radius: 0.1, goal: .label(1)),
  ])
  func refusesAttacksThatMakeNoSense(_ order: AttackOrder) throws {
    guard case .unsuitableAttack = try error(order: order) else {
      Issue.record("the order was taken")
      return
    }
  }

  @Test func refusesModelsThatDoNotClassify() throws {
    let library = try RuntimeLibrary.open()
    let inputs = try Tensor(float32: [0.5, 0.5], shape: [1, 2])
    #expect(throws: RobustnessError.self) {
      try Assessment(model: Bytes([1, 2, 3]), inputs: inputs, labels: [0], library: library)
    }
    let sum = TinyClassifier([("ReduceSum", ["x"], ["scores"])], outputs: [("scores", 1, [1, 1])])
    let bytes = try sum.bytes
    #expect(throws: RobustnessError.noClasses(outputs: ["scores (float32)"])) {
      try Assessment(model: bytes, inputs: inputs, labels: [0], library: library)
    }
  }
}
