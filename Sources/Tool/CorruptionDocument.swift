// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletLifecycle
import MartletRegistry
import MartletReport
import MartletRobustness

/// What `martlet assess corruptions --format json` writes. Accuracies are fractions.
struct CorruptionDocument: Encodable {
  struct Strength: Encodable {
    let severity: Int
    let accuracy: Double
    let interval: RobustnessDocument.Interval
    /// By how much a value changed, on average.
    let change: Double
  }

  struct Kind: Encodable {
    let name: String
    let accuracy: Double?
    let severities: [Strength]
  }

  let model: String
  let digest: Digest
  let data: Digest
  let examples: Int
  let cleanAccuracy: Double
  let cleanInterval: RobustnessDocument.Interval
  let meanAccuracy: Double?
  let meanError: Double?
  let worst: String?
  let corruptions: [Kind]
  let leftOut: [String]
  let constants: String
  let complete: Bool
  let seed: UInt64
  let evidence: Digest?
  let seconds: Double
  let martlet: String

  init(_ assessed: CorruptionAssessment, evidence: StoredEvidence?) {
    let report = assessed.report
    model = assessed.name
    digest = assessed.digest
    data = assessed.data
    examples = report.clean.total
    (cleanAccuracy, cleanInterval) = (report.clean.share, Self.interval(report.clean))
    (meanAccuracy, meanError) = (report.meanAccuracy, report.meanAccuracy.map { 1 - $0 })
    worst = report.worst?.rawValue
    corruptions = report.corruptions.map { corruption in
      Kind(
        name: corruption.rawValue, accuracy: report.accuracy(of: corruption),
        severities: report.cells.filter { $0.corruption == corruption }.map {
          Strength(
            severity: $0.severity, accuracy: $0.right.share, interval: Self.interval($0.right),
            change: $0.change)
        })
    }
    leftOut = report.leftOut.map(\.rawValue)
    constants = report.constants
    complete = report.isComplete
    seed = report.order.seed
    self.evidence = evidence?.id
    seconds = report.seconds
    martlet = MartletVersion.text
  }

  private static func interval(_ proportion: Proportion) -> RobustnessDocument.Interval {
    .init(low: proportion.interval.lowerBound, high: proportion.interval.upperBound)
  }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}

/// The same for a terminal.
struct CorruptionListing {
  private let assessed: CorruptionAssessment
  private let evidence: StoredEvidence?

  init(_ assessed: CorruptionAssessment, evidence: StoredEvidence?) {
    (self.assessed, self.evidence) = (assessed, evidence)
  }

  var text: String {
    let report = assessed.report
    let severities = report.order.severities.sorted()
    var lines = [
      "\(Self.share(report.meanAccuracy)) right on corrupted pictures  \(assessed.name), \(report.clean.total) pictures of \(report.height) by \(report.width)",
      "clean     \(Self.share(report.clean.share)) (95 % interval \(LinePlot.percent(report.clean.interval)))",
    ]
    if let worst = report.worst {
      lines.append("worst     \(worst.title), \(Self.share(report.accuracy(of: worst)))")
    }
    lines += ["", Self.row("severity", severities.map { "\($0)" } + ["mean"])]
    for corruption in report.corruptions {
      let shares = severities.map { severity in
        report.cells.first { $0.corruption == corruption && $0.severity == severity }?.right.share
      }
      lines.append(Self.row(corruption.title, (shares + [report.accuracy(of: corruption)]).map(Self.number)))
    }
    lines += [
      Self.row("mean", (severities.map { report.accuracy(at: $0) } + [report.meanAccuracy]).map(Self.number)),
      "",
    ]
    if !report.isComplete { lines.append("note      the time was up before everything was measured") }
    if !report.leftOut.isEmpty {
      lines.append(
        "note      left out, as it cannot change grey pictures: \(report.leftOut.map(\.title).joined(separator: ", "))"
      )
    }
    lines += [
      "note      right answers in a hundred, each with a 95 % interval of at most \(LinePlot.percent(report.widestInterval))",
      "note      constants of \(report.constants)",
    ]
    if let evidence { lines.append("evidence  \(evidence.id.hex)") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func share(_ share: Double?) -> String { share.map(LinePlot.percent) ?? "nothing" }
  private static func number(_ share: Double?) -> String {
    share.map { String(format: "%.1f", $0 * 100) } ?? ""
  }

  private static func row(_ name: String, _ cells: [String]) -> String {
    let name = name.padding(toLength: max(18, name.count), withPad: " ", startingAt: 0)
    return name + cells.map { String(repeating: " ", count: max(1, 7 - $0.count)) + $0 }.joined()
  }
}
