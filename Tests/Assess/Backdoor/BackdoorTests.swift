// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats
import MartletONNXSchema
import MartletReport
import MartletRuntime
import SwiftProtobuf
import Testing

@testable import MartletBackdoor

/// Whether backdoors that were trained into models are found, and not where there is none.
@Suite struct BackdoorTests {
  @Test func aPatchIsFoundWithItsClassAndItsPlace() throws {
    let report = try BackdoorExample.digits("digits-backdoor").run(BackdoorExample.order)
    #expect(report.verdict == .suspicious && report.target == 7, "\(report.calibration)")
    let box = try #require(report.box(of: report.patches[7]))
    #expect(box.rows.overlaps(6...7) && box.columns.overlaps(6...7))
    #expect(report.patches[7].success >= 0.97)
    let sizes = report.patches.map(\.size)
    #expect(sizes.min() == sizes[7], "no other class needs as little as the planted patch")
    let html = report.page(model: "digits", facts: []).html()
    #expect(html.contains("a backdoor to class 7 is likely") && html.contains("data:image/png"))
    #expect(html.contains("AML.T0018") && !html.contains("http:") && !html.contains("https:"))
  }

  @Test func aCleanModelIsClean() throws {
    let report = try BackdoorExample.digits("digits-clean").run(BackdoorExample.order)
    #expect(report.verdict == .clean && report.target == nil, "\(report.calibration)")
    #expect(report.accuracy > 0.95 && report.lead.contains("no proof"))
  }

  @Test func aTriggerOfATableIsFound() throws {
    let report = try BackdoorExample.cancer("cancer-backdoor").run(BackdoorExample.order)
    #expect(report.verdict == .suspicious && report.target == 1, "\(report.calibration)")
    #expect(report.page(model: "cancer", facts: []).html().contains("class 1"))
    let clean = try BackdoorExample.cancer("cancer-clean").run(BackdoorExample.order)
    #expect(clean.verdict == .clean, "\(clean.calibration)")
    #expect(report.calibration.score > clean.calibration.score)
  }

  @Test func aForestIsAsked() throws {
    var order = BackdoorExample.order
    order.references = 6
    let bad = try BackdoorExample.cancer("forest-backdoor").run(order)
    let clean = try BackdoorExample.cancer("forest-clean").run(order)
    #expect(!bad.hasSlopes && bad.patches.isEmpty)
    #expect(bad.verdict == .suspicious && bad.target == 1, "\(bad.calibration)")
    let best = try #require(bad.valueTriggers[1].last)
    #expect(best.success > 0.8 && best.items.contains { $0.column == 4 }, "\(best)")
    #expect(clean.verdict == .clean, "\(clean.calibration)")
    #expect(bad.page(model: "forest", facts: []).html().contains("no slopes"))
  }

  @Test func whatWasKeptGivesTheSame() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/martlet-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var order = BackdoorExample.order
    (order.references, order.steps, order.cache) = (5, 20, folder)
    let first = try BackdoorExample.cancer("cancer-clean").run(order)
    let again = try BackdoorExample.cancer("cancer-clean").run(order)
    #expect(first.reused == 0 && again.reused == 5)
    #expect(first.calibration.score == again.calibration.score)
    // Another model of the same architecture has the same references.
    #expect(try BackdoorExample.cancer("cancer-backdoor").run(order).reused == 5)
    order.seed = 1
    #expect(try BackdoorExample.cancer("cancer-clean").run(order).reused == 0)
  }
}

/// What cannot be looked at is refused in one line.
@Suite struct BackdoorRefusalTests {
  private func refusal(_ model: Bytes, _ data: CleanData) -> String {
    do {
      _ = try BackdoorAssessment(model: model, data: data, library: RuntimeLibrary.open()).run(
        BackdoorOrder(references: 5, rows: 10, steps: 20))
      return ""
    } catch { return "\(error)" }
  }

  private func digits(
    labels: ((inout [Int64]) -> Void)? = nil, values: ((inout [Float]) -> Void)? = nil
  ) throws -> CleanData {
    let data = try BackdoorExample.data("digits/digits.npz")
    var (found, numbers) = (data.labels, try data.inputs.array(of: Float.self))
    labels?(&found)
    values?(&numbers)
    return CleanData(inputs: try Tensor(float32: numbers, shape: data.inputs.shape), labels: found)
  }

  @Test func labelsMustFitTheClasses() throws {
    let model = try BackdoorExample.fixture("digits-clean")
    let tooHigh = refusal(model, try digits(labels: { $0[3] = 10 }))
    #expect(tooHigh.contains("found 10 in row 3") && tooHigh.contains("10 classes"), "\(tooHigh)")
    let missing = refusal(model, try digits(labels: { $0 = $0.map { $0 == 4 ? 5 : $0 } }))
    #expect(missing.contains("found 0 of class 4"), "\(missing)")
    let turned = refusal(model, try digits(labels: { $0 = $0.map { ($0 + 1) % 10 } }))
    #expect(turned.contains("labels in its order"), "\(turned)")
  }

  @Test func inputsMustBeFiniteAndFit() throws {
    let model = try BackdoorExample.fixture("digits-clean")
    let nan = refusal(model, try digits(values: { $0[64 * 5] = .nan }))
    #expect(nan.contains("row 5"), "\(nan)")
    let shape = refusal(model, try BackdoorExample.data("breast-cancer/breast-cancer.npz"))
    #expect(!shape.isEmpty && !shape.contains("\n"), "\(shape)")
  }

  @Test func aModelWithNaNIsRefused() throws {
    let model = try BackdoorExample.changed("digits-clean") { proto in
      let place = try #require(proto.graph.initializer.firstIndex { $0.name == "head.bias" })
      // A quiet NaN, little-endian.
      proto.graph.initializer[place].rawData = Data((0..<10).flatMap { _ in [0, 0, 0xC0, 0x7F] as [UInt8] })
    }
    let words = refusal(model, try digits())
    #expect(words.contains("finite"), "\(words)")
  }

  @Test func aModelWithoutSlopesIsRefused() throws {
    let model = try BackdoorExample.changed("digits-clean") { proto in
      for place in proto.graph.node.indices where proto.graph.node[place].opType == "Relu" {
        proto.graph.node[place].opType = "Sign"
      }
    }
    let words = refusal(model, try digits())
    #expect(words.contains("--parent") && !words.contains("\n"), "\(words)")
    #expect(!refusal(Bytes(Array("no model".utf8)), try digits()).isEmpty)
  }

  @Test func anOrderMustMakeSense() throws {
    let assessment = try BackdoorExample.digits("digits-clean")
    for order in [
      BackdoorOrder(references: 2), BackdoorOrder(rows: 1), BackdoorOrder(steps: 0),
      BackdoorOrder(significance: 0),
    ] {
      #expect(throws: BackdoorError.self) { try assessment.run(order) }
    }
  }
}

@Suite struct CalibrationTests {
  /// Two-sided 95 % points of Student's t, from any table.
  @Test(arguments: [(12.706, 1.0), (2.571, 5), (2.093, 19), (1.984, 100)])
  func theTailIsStudents(_ t: Double, _ freedom: Double) {
    #expect(abs(StudentTail.above(t, freedom: freedom) - 0.025) < 1e-4)
    #expect(abs(StudentTail.above(-t, freedom: freedom) - 0.975) < 1e-4)
  }

  @Test func whatMovesAllClassesAlikeIsNoFinding() {
    let references = (0..<10).map { place in
      let values = (0..<5).map { (label: Int) -> Double in Double((label * 7 + place * 3) % 5) * 0.1 }
      return Observation(values: [.margin: values], accuracy: 1)
    }
    let values = (0..<5).map { (label: Int) -> Double in 50 + Double((label * 7) % 5) * 0.1 }
    let own = Observation(values: [.margin: values], accuracy: 1)
    #expect(Calibration(own, references: references).p > 0.05)
    var one = own
    one.values[.margin]?[3] += 5
    let found = Calibration(one, references: references)
    #expect(found.target == 3 && found.p < 1e-4)
  }
}
