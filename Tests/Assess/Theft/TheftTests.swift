// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import MartletReport
import MartletRuntime
import MartletTraining
import Testing

@testable import MartletTheft

@Suite struct TheftTests {
  @Test func whoHasDataGetsACopyAndWhoDrawsNumbersGetsAWorseOne() throws {
    let report = try TheftExample.cancer("mlp.onnx").run(
      TheftOrder(attacks: [.natural, .noise], forms: [.full, .label], queries: 200, seeds: 1))
    #expect(report.isComplete && report.knowsArchitecture && report.linear == nil)
    #expect(report.courses.count == 4)
    let natural = try #require(report.fidelity(.natural, .full, after: 200))
    let noise = try #require(report.fidelity(.noise, .label, after: 100))
    #expect(report.fidelity(.noise, .label, after: 200) == nil, "who has no hope gives up")
    #expect(natural >= 0.93 && natural > noise, "\(natural), \(noise)")
    #expect(report.accuracy > 0.9)
    #expect(try #require(report.price(.full, level: 0.9)).queries != nil)
    let page = report.page(model: "mlp", facts: []).html()
    for word in ["natural data", "label only", "What is advised"] { #expect(page.contains(word)) }
  }

  @Test func stepsAlongTheSlopeStayInTheRange() throws {
    let report = try TheftExample.cancer("mlp.onnx").run(
      TheftOrder(attacks: [.jacobian, .mixup], forms: [.full], queries: 100, seeds: 1))
    #expect(
      report.courses.allSatisfy { $0.points.map(\.queries) == [50, 100] || $0.points.last!.fidelity >= 0.99 })
    #expect(report.courses.allSatisfy { $0.points.allSatisfy { (0...1).contains($0.fidelity) } })
  }

  @Test func aForestIsCopiedByANetwork() throws {
    let report = try TheftExample.cancer("forest.onnx").run(
      TheftOrder(attacks: [.natural], forms: [.full], queries: 200, seeds: 1))
    #expect(!report.knowsArchitecture)
    #expect(try #require(report.fidelity(.natural, .full, after: 200)) > 0.85)
  }

  @Test func theSameSeedStealsTheSame() throws {
    let order = TheftOrder(attacks: [.mixup], forms: [.top], queries: 50, seeds: 2, seed: 4)
    let assessment = try TheftExample.cancer("mlp.onnx")
    let runs = try (0..<2).map { _ in try assessment.run(order).courses.map { $0.points.map(\.fidelity) } }
    #expect(runs[0] == runs[1])
  }

  @Test func aLinearModelIsSolved() throws {
    var random = SeededRandom(seed: 3, stream: 0)
    func rows(_ count: Int) throws -> Tensor {
      try Tensor(
        float32: (0..<count * 6).map { _ in Float(random.next() >> 40) * 0x1p-23 - 1 }, shape: [count, 6])
    }
    let assessment = try TheftAssessment(
      model: TheftExample.linear(), pool: rows(60), measured: rows(200),
      labels: [Int64](repeating: 0, count: 200),
      library: try RuntimeLibrary.open(), threads: 1)
    let report = try assessment.run(TheftOrder(attacks: [.natural], forms: [.full], queries: 50, seeds: 1))
    let linear = try #require(report.linear)
    #expect(linear.queries == 7 && linear.fidelity >= 0.99)
    #expect(report.price(.full, level: 0.99)?.queries == 7)
  }

  @Test func timeThatIsUpLeavesWhatIsDone() throws {
    let report = try TheftExample.cancer("mlp.onnx").run(
      TheftOrder(attacks: [.natural], forms: AnswerForm.allCases, queries: 50, seeds: 3, maxSeconds: 1e-9))
    #expect(!report.isComplete && report.courses.count >= 1)
  }

  @Test func ordersAndDataThatMakeNoSense() throws {
    let assessment = try TheftExample.cancer("mlp.onnx")
    #expect(throws: TheftError.self) { try assessment.run(TheftOrder(queries: 1)) }
    #expect(throws: TheftError.self) { try assessment.run(TheftOrder(seeds: 0)) }
    #expect(throws: TheftError.self) { try assessment.run(TheftOrder(attacks: [])) }
    let (inputs, labels) = try TheftExample.data("breast-cancer/breast-cancer.npz", "test")
    #expect(throws: TheftError.tooFewRows(needed: 80, found: 40)) {
      try TheftAssessment(
        model: TheftExample.bytes("breast-cancer/mlp.onnx"), pool: inputs.rows(0..<20), measured: inputs,
        labels: labels, library: try RuntimeLibrary.open())
    }
    #expect(throws: TheftError.self) {
      try TheftAssessment(
        model: Bytes(Array("no model".utf8)), pool: inputs, measured: inputs, labels: labels,
        library: try RuntimeLibrary.open())
    }
    // Another shape than the model takes.
    let wrong = try Tensor(float32: [Float](repeating: 0, count: 500), shape: [100, 5])
    #expect(throws: TheftError.self) {
      try TheftAssessment(
        model: TheftExample.bytes("breast-cancer/mlp.onnx"), pool: wrong, measured: wrong,
        labels: [Int64](repeating: 0, count: 100), library: try RuntimeLibrary.open())
    }
  }
}

@Suite struct StealPriceTests {
  private func price(_ curves: [[(queries: Int, fidelity: Double)]], _ level: Double = 0.9) -> StealPrice {
    StealPrice(of: curves, level: level)
  }

  @Test func itLiesBetweenTwoMeasurements() {
    let found = price([[(50, 0.8), (200, 1)]])
    #expect(abs(found.queries! - 100) < 1e-9)
    #expect(price([[(50, 0.95), (100, 0.99)]]).queries == 50)
  }

  @Test func seedsThatDoNotGetThereMakeItDearer() {
    let found = price([[(50, 0.5), (100, 0.6)], [(50, 0.95)], [(50, 0.5), (100, 0.9)]])
    #expect(found.queries == 100 && found.low == 50 && found.high == nil)
    #expect(found.words == "100 (50 to more than 100)")
    let never = price([[(50, 0.5), (100, 0.6)]])
    #expect(never.queries == nil && never.words == "more than 100")
    // Half of the seeds are not enough for a middle one.
    #expect(price([[(50, 0.5)], [(50, 0.5)], [(50, 0.95)]]).queries == nil)
  }

  @Test func theCheapestIsTheOneThatIsReached() {
    let never = StealPrice(queries: nil, low: nil, high: nil, asked: 800)
    let dear = StealPrice(queries: 700, low: 600, high: 800, asked: 800)
    #expect(StealPrice.cheapest([never, dear]) == dear)
    #expect(StealPrice.cheapest([never]) == never)
    #expect(StealPrice.cheapest([]) == nil)
  }

  @Test func copiesAreMadeAfterTwiceAsMany() {
    #expect(TheftOrder(queries: 800).steps(of: .max) == [50, 100, 200, 400, 800])
    #expect(TheftOrder(queries: 800).steps(of: 380) == [50, 100, 200, 380])
    #expect(TheftOrder(queries: 800).steps(of: 420) == [50, 100, 200, 420])
    #expect(TheftOrder(queries: 800).steps(of: 30) == [30])
  }
}

@Suite struct AnswerFormTests {
  private let answers: [Float] = [0.62, 0.07, 0.31, 0.34, 0.33, 0.33]

  @Test func whatAThiefSees() {
    #expect(AnswerForm.full.learned(from: answers, classes: 3) == answers)
    #expect(AnswerForm.label.learned(from: answers, classes: 3) == [1, 0, 0, 1, 0, 0])
    let rounded = AnswerForm.rounded.learned(from: answers, classes: 3)
    #expect(zip(rounded, [0.6, 0.1, 0.3]).allSatisfy { abs($0 - $1) < 1e-6 })
    let top = AnswerForm.top.learned(from: answers, classes: 3)
    #expect(zip(top, [0.62, 0.19, 0.19]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  /// Many classes may all round to nothing.
  @Test func whatRoundsToNothingIsTheAnswerAlone() {
    let flat = [Float](repeating: 0.04, count: 25)
    #expect(AnswerForm.rounded.learned(from: flat, classes: 25).reduce(0, +) == 1)
  }
}
