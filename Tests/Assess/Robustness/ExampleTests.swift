// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletRobustness
import MartletRuntime
import Testing

/// The models and data under `Examples/`, and what torch makes of them under `Tests/Assess/Vectors/`.
enum Example {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static func bytes(_ path: String) throws -> Bytes { try Bytes(contentsOf: root + "/" + path) }

  static func array(_ name: String, of path: String) throws -> NumpyArray {
    try #require(try NumpyArchive(bytes(path))[name])
  }

  static func test(of path: String) throws -> (inputs: Tensor, labels: [Int64]) {
    let x = try array("x_test", of: path)
    return (try Tensor(float32: x.float32(), shape: x.shape), try array("y_test", of: path).int64())
  }
}

@Suite struct ExampleTests {
  private func run(_ model: String, _ data: String, _ order: AttackOrder, unit: Bool = false) throws
    -> PlanReport
  {
    let (inputs, labels) = try Example.test(of: data)
    return try Assessment(
      model: Example.bytes(model), inputs: inputs, labels: labels, box: unit ? .unit : .range(of: inputs),
      library: RuntimeLibrary.open(), options: .init(threads: 2)
    ).run(order)
  }

  /// torch's attack on the same model and data: the same 40 steps of 1/160 within 0.1, from the example itself.
  @Test func agreesWithTorchOnDigits() throws {
    let vectors = "Tests/Assess/Vectors/pgd-digits.npz"
    let clean = try Example.array("clean", of: vectors).int64()
    let robust = try Example.array("robust", of: vectors).int64()
    let report = try run(
      "Examples/digits/digits.onnx", "Examples/digits/digits.npz", .init(plan: .pgd, radius: 0.1), unit: true)
    let outcomes = report.examples.map(\.outcome)
    #expect(outcomes.map { $0 != .misclassified } == clean.map { $0 == 1 })
    let agreeing = zip(outcomes, robust).count { ($0 == .resisted) == ($1 == 1) }
    #expect(agreeing * 100 >= outcomes.count * 99, "\(agreeing) of \(outcomes.count) examples agree")
  }

  @Test func attacksMeasurementsInTheirOwnUnits() throws {
    let report = try run(
      "Examples/breast-cancer/mlp.onnx", "Examples/breast-cancer/breast-cancer.npz", .init(radius: 0.05))
    #expect(report.clean.share > 0.9)
    #expect((0.5...0.6).contains(report.robust.share))
    // Where features are measured in thousands, slopes lead into dead ends, which the check that asks without them tells.
    #expect(report.checks.filter { $0.trust != .reliable }.map(\.name) == ["black box"], "\(report.checks)")
  }

  /// Trees have no slopes: attacks that only ask find something, and it is never called reliable.
  @Test func attacksAForestByAskingAlone() throws {
    let report = try run(
      "Examples/breast-cancer/forest.onnx", "Examples/breast-cancer/breast-cancer.npz", .init(radius: 0.1))
    #expect(report.clean.share > 0.9)
    #expect(report.answeredBy == "label")
    #expect(report.robust.share < report.clean.share)
    #expect(report.trust == .unreliable)
    #expect(report.deviation?.contains("TreeEnsembleClassifier") == true)
  }
}
