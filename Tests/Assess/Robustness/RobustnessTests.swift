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
    _ model: TinyClassifier, _ attack: PGD = PGD(), inputs: Tensor? = nil, labels: [Int64]? = nil,
    batch: Int? = nil
  ) throws -> RobustnessReport {
    try Robustness.evaluate(
      model: try model.bytes, inputs: inputs ?? self.inputs, labels: labels ?? self.labels, attack: attack,
      library: library, options: Robustness.Options(threads: 1, batch: batch))
  }

  /// Radius 0.1 moves both features, so it covers distances up to 0.2: two on each side of the border.
  @Test func findsExactlyTheExamplesThatAreTooNear() throws {
    let report = try evaluate(TinyClassifier())
    let attack = try #require(report.attack)
    #expect(report.clean == Proportion(16, of: 17))
    #expect(attack.robust == Proportion(12, of: 17))
    let near = Array(repeating: AttackReport.Outcome.fooled, count: 4)
    let far = Array(repeating: AttackReport.Outcome.resisted, count: 12)
    #expect(attack.outcomes == near + far + [.misclassified])
    #expect(attack.trust == .reliable, "\(attack.checks)")
    #expect(attack.adversarialRows == [0, 1, 2, 3])
    #expect(attack.differentiated.contains("scores"))
  }

  @Test func theAdversarialsAreNearAndInTheBox() throws {
    let attack = try #require(try evaluate(TinyClassifier()).attack)
    let points = try #require(attack.adversarials).array(of: Float.self)
    let examples = try inputs.array(of: Float.self)
    for (place, row) in attack.adversarialRows.enumerated() {
      for feature in 0..<2 {
        let point = points[place * 2 + feature]
        #expect(point >= 0 && point <= 1)
        #expect(abs(point - examples[row * 2 + feature]) <= 0.1 + 1e-6)
      }
      #expect((points[place * 2] > points[place * 2 + 1]) != (labels[row] == 1))
    }
  }

  @Test(arguments: [(0, 16), (0.02, 16), (0.06, 14), (0.3, 4), (1, 0)] as [(Float, Int)])
  func agreesWithGeometryAtEveryRadius(_ radius: Float, _ held: Int) throws {
    let attack = try #require(try evaluate(TinyClassifier(), PGD(radius: radius)).attack)
    #expect(attack.robust.hits == held)
  }

  @Test func batchesChangeNothing() throws {
    let whole = try evaluate(TinyClassifier(), PGD(start: .random(seed: 7)))
    for batch in [1, 3, 16] {
      let parts = try evaluate(TinyClassifier(), PGD(start: .random(seed: 7)), batch: batch)
      #expect(parts == whole)
    }
  }

  @Test(arguments: [1, 5]) func aModelOfFixedBatchGivesTheSame(_ size: Int) throws {
    let open = try evaluate(TinyClassifier())
    let fixed = try evaluate(TinyClassifier(batch: size))
    #expect(fixed == open)
  }

  @Test func aRandomStartDependsOnItsSeedOnly() throws {
    let one = try evaluate(TinyClassifier(), PGD(start: .random(seed: 1)))
    #expect(try evaluate(TinyClassifier(), PGD(start: .random(seed: 1))) == one)
    let other = try evaluate(TinyClassifier(), PGD(start: .random(seed: 2)))
    #expect(other.attack?.adversarials != one.attack?.adversarials)
    #expect(other.robustAccuracy == one.robustAccuracy)
  }

  @Test func looksBehindSoftmax() throws {
    let model = TinyClassifier(
      [("MatMul", ["x", "w"], ["z"]), ("Softmax", ["z"], ["scores"])], weight: 50)
    let report = try evaluate(model)
    #expect(report.robustAccuracy == 12.0 / 17)
    #expect(report.attack?.trust == .reliable)
    #expect(report.attack?.differentiated.contains("Softmax") == true)
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
    let report = try evaluate(model, PGD(box: box), inputs: scaled)
    #expect(report.robustAccuracy == 12.0 / 17)
    #expect(report.attack?.attack.description.contains("each of the 2 features") == true)
  }

  @Test func takesABoxFromData() throws {
    let data = try Tensor(float32: [1, -5, 7, 3, 0, 7, 2, -1, 7], shape: [3, 3])
    #expect(try Box.range(of: data) == .perFeature(low: [1, -5, 7], high: [3, 0, 7]))
  }

  @Test func tellsHowFarItIs() throws {
    var seen: [Robustness.Progress] = []
    _ = try Robustness.evaluate(
      model: try TinyClassifier().bytes, inputs: inputs, labels: labels, library: library,
      options: Robustness.Options(threads: 1, batch: 4)
    ) { seen.append($0) }
    for stage in [Robustness.Progress.Stage.clean, .attack, .checks] {
      let counts = seen.filter { $0.stage == stage }
      #expect(counts.last?.done == counts.last?.total)
      #expect(counts.map(\.done) == counts.map(\.done).sorted())
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
    let report = try Robustness.evaluate(
      model: try model.bytes, inputs: inputs, labels: labels, library: RuntimeLibrary.open())
    #expect(report.cleanAccuracy == 16.0 / 17)
    #expect(report.robustAccuracy == nil)
    guard case .notAssessed(let reason) = report.robustness else { throw RobustnessError.noExamples }
    #expect(reason.contains("Unique"))
  }
}

/// Models that look robust and are not. None may pass as reliable.
@Suite struct MaskedGradientTests {
  private func attack(_ model: TinyClassifier) throws -> AttackReport {
    let (inputs, labels) = try TinyClassifier.data()
    let report = try Robustness.evaluate(
      model: try model.bytes, inputs: inputs, labels: labels, library: RuntimeLibrary.open())
    return try #require(report.attack)
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
    labels: [Int64] = [1], attack: PGD = PGD()
  ) throws -> RobustnessError? {
    let bytes = try model.bytes
    let inputs = try Tensor(float32: values, shape: shape)
    let library = try RuntimeLibrary.open()
    return #expect(throws: RobustnessError.self) {
      try Robustness.evaluate(model: bytes, inputs: inputs, labels: labels, attack: attack, library: library)
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
      try Robustness.evaluate(model: bytes, inputs: inputs, labels: [0], library: library)
    }
  }

  @Test(arguments: [
    PGD(radius: -0.1), PGD(radius: .nan), PGD(steps: 0), PGD(steps: .max), PGD(stepSize: .infinity),
    PGD(box: .perFeature(low: [0], high: [1])), PGD(box: .perFeature(low: [0, 1], high: [1, 0])),
    PGD(box: .perFeature(low: [0, .nan], high: [1, 1])),
  ])
  func refusesAttacksThatMakeNoSense(_ attack: PGD) throws {
    switch try error(attack: attack) {
    case .unsuitableAttack, .unsuitableBox: break
    case let other: Issue.record("found \(String(describing: other))")
    }
  }

  @Test func refusesModelsThatDoNotClassify() throws {
    let library = try RuntimeLibrary.open()
    let inputs = try Tensor(float32: [0.5, 0.5], shape: [1, 2])
    #expect(throws: RobustnessError.self) {
      try Robustness.evaluate(model: Bytes([1, 2, 3]), inputs: inputs, labels: [0], library: library)
    }
    let sum = TinyClassifier([("ReduceSum", ["x"], ["scores"])], outputs: [("scores", 1, [1, 1])])
    let bytes = try sum.bytes
    #expect(throws: RobustnessError.noClasses(outputs: ["scores (float32)"])) {
      try Robustness.evaluate(model: bytes, inputs: inputs, labels: [0], library: library)
    }
  }
}
