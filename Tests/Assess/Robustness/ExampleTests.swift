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
  /// torch's attack on the same model and data: the same 40 steps of 0.01 within 0.1, from the example itself.
  @Test func agreesWithTorchOnDigits() throws {
    let (inputs, labels) = try Example.test(of: "Examples/digits/digits.npz")
    let vectors = "Tests/Assess/Vectors/pgd-digits.npz"
    let clean = try Example.array("clean", of: vectors).int64()
    let robust = try Example.array("robust", of: vectors).int64()
    let report = try Robustness.evaluate(
      model: Example.bytes("Examples/digits/digits.onnx"), inputs: inputs, labels: labels,
      attack: PGD(stepSize: 0.01), library: RuntimeLibrary.open(), options: Robustness.Options(threads: 2))
    let attack = try #require(report.attack)
    #expect(attack.outcomes.map { $0 != .misclassified } == clean.map { $0 == 1 })
    let agreeing = zip(attack.outcomes, robust).count { ($0 == .resisted) == ($1 == 1) }
    #expect(agreeing * 100 >= labels.count * 99, "\(agreeing) of \(labels.count) examples agree")
    #expect(attack.trust == .reliable, "\(attack.checks)")
  }

  @Test func attacksMeasurementsInTheirOwnUnits() throws {
    let (inputs, labels) = try Example.test(of: "Examples/breast-cancer/breast-cancer.npz")
    let report = try Robustness.evaluate(
      model: Example.bytes("Examples/breast-cancer/mlp.onnx"), inputs: inputs, labels: labels,
      attack: PGD(radius: 0.05, box: Box.range(of: inputs)), library: RuntimeLibrary.open())
    let attack = try #require(report.attack)
    #expect(report.cleanAccuracy > 0.9)
    #expect(attack.robust.share < report.cleanAccuracy)
    #expect(attack.trust == .reliable, "\(attack.checks)")
  }

  @Test func measuresAForestWithoutAttackingIt() throws {
    let (inputs, labels) = try Example.test(of: "Examples/breast-cancer/breast-cancer.npz")
    let report = try Robustness.evaluate(
      model: Example.bytes("Examples/breast-cancer/forest.onnx"), inputs: inputs, labels: labels,
      attack: PGD(box: Box.range(of: inputs)), library: RuntimeLibrary.open())
    #expect(report.cleanAccuracy > 0.9)
    #expect(report.answeredBy == "label")
    guard case .notAssessed(let reason) = report.robustness else { throw RobustnessError.noExamples }
    #expect(reason.contains("TreeEnsembleClassifier"))
  }
}
