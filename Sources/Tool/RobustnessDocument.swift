// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletLifecycle
import MartletRegistry
import MartletReport
import MartletRobustness

/// What `martlet assess robustness --format json` writes. Accuracies are fractions.
struct RobustnessDocument: Encodable {
  struct Interval: Encodable {
    let low: Double
    let high: Double
  }

  struct Point: Encodable {
    let radius: Float
    let accuracy: Double
    /// Of the plan; otherwise of a short attack, for the curve.
    let plan: Bool
  }

  struct Check: Encodable {
    let name: String
    let trust: Trust
    let detail: String
  }

  let model: String
  let digest: Digest
  let data: Digest
  let schema: Digest?
  let cleanAccuracy: Double
  let cleanInterval: Interval
  let robustAccuracy: Double
  let robustInterval: Interval
  let trust: Trust
  let norm: String
  let radius: Float
  let radii: [Float]
  let target: String?
  let samples: Int
  let plan: String
  let deviation: String?
  let complete: Bool
  let seed: UInt64
  let differentiated: String
  let attacks: [PlanReport.Attempt]
  let curve: [Point]
  let checks: [Check]
  let examples: [PlanReport.Example]
  let evidence: Digest?
  let seconds: Double
  let martlet: String

  init(_ assessed: AssessedModel, evidence: StoredEvidence?) {
    let report = assessed.report
    model = assessed.name
    digest = assessed.digest
    data = assessed.data
    schema = assessed.schema
    (cleanAccuracy, robustAccuracy) = (report.clean.share, report.robust.share)
    (cleanInterval, robustInterval) = (Self.interval(report.clean), Self.interval(report.robust))
    trust = report.trust
    norm = report.order.norm.rawValue
    radius = report.order.radius
    radii = report.order.radii
    target = report.order.goal.map { "\($0)" }
    samples = report.order.samples ?? report.order.plan.samples
    plan = report.order.plan.rawValue
    deviation = report.deviation
    complete = report.isComplete
    seed = report.order.seed
    differentiated = report.differentiated
    attacks = report.attempts
    curve = report.curve.map { Point(radius: $0.radius, accuracy: $0.robust.share, plan: $0.isOfPlan) }
    checks = report.checks.map { Check(name: $0.name, trust: $0.trust, detail: $0.detail) }
    examples = report.examples
    self.evidence = evidence?.id
    seconds = report.seconds
    martlet = MartletVersion.text
  }

  private static func interval(_ proportion: Proportion) -> Interval {
    Interval(low: proportion.interval.lowerBound, high: proportion.interval.upperBound)
  }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}

/// The same for a terminal.
struct RobustnessListing {
  private let assessed: AssessedModel
  private let evidence: StoredEvidence?

  init(_ assessed: AssessedModel, evidence: StoredEvidence?) {
    (self.assessed, self.evidence) = (assessed, evidence)
  }

  var text: String {
    let report = assessed.report
    let radii = report.order.radii.map { "\($0)" }.joined(separator: ", ")
    var lines = [
      "\(Terminal.paint(report.trust.rawValue, Self.colour(report.trust)))  \(assessed.name), \(report.order.plan.rawValue), radius \(radii) (\(report.distanceWords))"
    ]
    if let goal = report.order.goal { lines.append("wanted    \(goal)") }
    lines.append("clean     " + Self.share(report.clean))
    for point in report.curve where point.isOfPlan {
      let within = report.order.radii.count > 1 ? " within \(point.radius)" : ""
      lines.append("attacked  " + Self.share(point.robust) + within)
    }
    let isSweep = report.order.radii.count > 1
    lines += [
      "",
      "          " + Self.column("attack", 12) + (isSweep ? Self.number("radius") : "")
        + Self.number("examples") + Self.number("fooled") + Self.number("scores") + Self.number("slopes")
        + Self.number("seconds"),
    ]
    for attempt in report.attempts {
      lines.append(
        "          " + Self.column(attempt.attack, 12) + (isSweep ? Self.number("\(attempt.radius)") : "")
          + Self.number("\(attempt.attacked)") + Self.number("\(attempt.fooled)")
          + Self.number("\(attempt.scoreQueries)") + Self.number("\(attempt.slopeQueries)")
          + Self.number(String(format: "%.1f", attempt.seconds)))
    }
    lines += TableListing(report).lines
    lines.append("")
    for check in report.checks.sorted(by: { $0.trust < $1.trust }) {
      lines.append(
        Terminal.paint(Self.column(check.trust.rawValue, 12), Self.colour(check.trust))
          + "\(check.name): \(check.detail)")
    }
    if let deviation = report.deviation { lines.append("note      \(deviation)") }
    if let evidence { lines.append("evidence  \(evidence.id.hex)") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func colour(_ trust: Trust) -> Terminal.Colour {
    switch trust {
    case .reliable: .green
    case .suspect: .yellow
    case .unreliable: .red
    }
  }

  private static func share(_ proportion: Proportion) -> String {
    let interval = proportion.interval
    return
      "\(LinePlot.percent(proportion.share)) of \(proportion.total) examples (95 % interval \(LinePlot.percent(interval)))"
  }

  private static func column(_ text: String, _ width: Int) -> String {
    text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0)
  }

  private static func number(_ text: String) -> String {
    String(repeating: " ", count: max(1, 11 - text.count)) + text
  }
}
