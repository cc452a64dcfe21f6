// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletReport
import MartletRobustness
import MartletRuntime
import Testing

/// The model in Examples/digits on corrupted digits.
@Suite struct CorruptionReportTests {
  private static func digits(_ count: Int) throws -> (inputs: Tensor, labels: [Int64]) {
    let all = try Example.test(of: "Examples/digits/digits.npz")
    return (all.inputs.rows(0..<count), Array(all.labels.prefix(count)))
  }

  private static func report(
    _ data: (inputs: Tensor, labels: [Int64]), _ order: CorruptionOrder, batch: Int? = nil, threads: Int = 2
  ) throws -> CorruptionReport {
    try Assessment(
      model: Example.bytes("Examples/digits/digits.onnx"), inputs: data.inputs, labels: data.labels,
      library: RuntimeLibrary.open(), options: .init(threads: threads, batch: batch)
    ).run(order)
  }

  @Test func accuracyFallsWithSeverity() throws {
    let report = try Self.report(
      Self.digits(597),
      .init(corruptions: [.impulseNoise, .defocusBlur, .contrast], severities: [5, 1]))
    #expect(report.isComplete && !report.isWhole && report.constants == "CIFAR-10-C")
    #expect(report.clean.share > 0.9)
    for corruption in report.corruptions {
      let shares = report.cells.filter { $0.corruption == corruption }.map(\.right.share)
      #expect(
        shares.count == 2 && shares[1] < shares[0] && shares[0] <= report.clean.share,
        "\(corruption): \(shares)")
    }
    #expect(report.cells.map(\.severity) == [1, 5, 1, 5, 1, 5])
    for cell in report.cells {
      // Who is wrong now was wrong before, or was made so.
      #expect(cell.fooled.count >= report.clean.hits - cell.right.hits)
      #expect(cell.change > 0)
    }
    let worst = try #require(report.worst)
    #expect(report.corruptions.allSatisfy { report.accuracy(of: $0)! >= report.accuracy(of: worst)! })
    #expect(abs(report.meanAccuracy! - (report.accuracy(at: 1)! + report.accuracy(at: 5)!) / 2) < 1e-9)
  }

  @Test func batchesAndThreadsChangeNothing() throws {
    let order = CorruptionOrder(
      corruptions: [.shotNoise, .snow, .elasticTransform], severities: [2, 4], seed: 9)
    let whole = try Self.report(Self.digits(60), order)
    #expect(try Self.report(Self.digits(60), order, batch: 7, threads: 1).cells == whole.cells)
    #expect(try Self.report(Self.digits(60), order, batch: 1).cells == whole.cells)
  }

  @Test func aWholeMeasurementLeavesOutWhatGreyHasNot() throws {
    let report = try Self.report(Self.digits(10), .init())
    #expect(report.leftOut == [.saturate])
    #expect(report.cells.count == 18 * 5 && report.isWhole)
    let page = try report.page(model: "digits", inputs: Self.digits(10).inputs, facts: []).html()
    for corruption in report.corruptions { #expect(page.contains(corruption.title)) }
    #expect(page.contains("cannot change grey pictures: saturate") && page.contains("data:image/png;base64,"))
  }

  @Test func endsWhenTheTimeIsUp() throws {
    let report = try Self.report(Self.digits(10), .init(seconds: 1e-9))
    #expect(!report.isComplete && !report.isWhole && report.cells.isEmpty)
    #expect(report.meanAccuracy == nil && report.worst == nil)
    #expect(
      try report.page(model: "digits", inputs: Self.digits(10).inputs, facts: []).html().contains(
        "time was up"))
  }
}
