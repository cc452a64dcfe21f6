// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletLifecycle
import MartletPrivacy
import MartletRegistry
import MartletReport

/// What `martlet assess privacy --format json` writes. Rates are fractions. What begins with `all` is of all records, for comparisons
/// with others' figures; the rest is of the half that the attack was not chosen on.
struct PrivacyDocument: Encodable {
  struct Interval: Encodable {
    let low: Double
    let high: Double

    init(_ interval: ClosedRange<Double>) { (low, high) = (interval.lowerBound, interval.upperBound) }
  }

  struct Attack: Encodable {
    let name: String
    let auc: Double
    let aucInterval: Interval
    let tprAt1PctFpr: Double?
    let tprAt1PctFprInterval: Interval?
    let tprAt01PctFpr: Double?
    let tprAt01PctFprInterval: Interval?
    let allAuc: Double
    let allTprAt1PctFpr: Double?
    let chosen: Bool

    init(_ result: AttackResult, chosen: MembershipAttack) {
      name = result.attack.rawValue
      (auc, aucInterval) = (result.curve.auc, Interval(result.curve.aucInterval))
      let (one, tenth) = (result.rates[0].found, result.rates[1].found)
      (tprAt1PctFpr, tprAt1PctFprInterval) = (one?.share, one.map { Interval($0.interval) })
      (tprAt01PctFpr, tprAt01PctFprInterval) = (tenth?.share, tenth.map { Interval($0.interval) })
      let all = result.curveOnAll
      allAuc = all.auc
      allTprAt1PctFpr =
        all.supports(falsePositiveRate: 0.01) ? all.found(atFalsePositiveRate: 0.01).share : nil
      self.chosen = result.attack == chosen
    }
  }

  struct Shadows: Encodable {
    let count: Int
    let reused: Int
    let trainedOn: Int
  }

  struct Attribute: Encodable {
    let column: Int
    let values: Int
    let withModel: Double
    let withoutModel: Double
    let gain: Double
    let gainInterval: Interval
    let gainOnNonmembers: Double
  }

  struct Canaries: Encodable {
    let canaries: Int
    let guesses: Int
    let right: Int
    let epsilonLowerAnyNoise: Double
    let exposureMean: Double?
    let exposureLargest: Double?
    let exposureReferences: Int?
  }

  let model: String
  let digest: Digest?
  let data: Digest
  let verdict: String
  let risk: Int
  let riskDefinition: String
  let reasons: [String]
  let members: Int
  let nonmembers: Int
  let memberAccuracy: Double
  let nonmemberAccuracy: Double
  let attack: String
  let auc: Double
  let aucInterval: Interval
  let tprAt1PctFpr: Double?
  let tprAt1PctFprInterval: Interval?
  let tprAt01PctFpr: Double?
  let tprAt01PctFprInterval: Interval?
  let attacks: [Attack]
  /// False alarms and members found, as rates, from the strictest threshold to the loosest.
  let roc: [[Double]]
  let exposed: [Int64]
  let epsilonLower: Double?
  let claimedEpsilon: Double?
  let delta: Double
  let canaries: Canaries?
  let attribute: Attribute?
  let shadows: Shadows?
  let architecture: String
  let checks: [RecordCheck]
  let limits: [String]
  let seed: UInt64
  let evidence: Digest?
  let seconds: Double
  let martlet: String

  init(_ assessed: PrivacyAssessment, evidence: StoredEvidence?) {
    let report = assessed.report
    let risk = report.risk
    (model, digest, data) = (assessed.name, assessed.digest, assessed.data)
    (verdict, self.risk) = (risk.verdict.rawValue, risk.level)
    (riskDefinition, reasons) = (risk.definition, risk.reasons)
    (members, nonmembers) = (report.members, report.nonmembers)
    (memberAccuracy, nonmemberAccuracy) = (report.memberAccuracy.share, report.nonmemberAccuracy.share)
    let chosen = Attack(report.chosen, chosen: report.chosen.attack)
    attack = chosen.name
    (auc, aucInterval) = (chosen.auc, chosen.aucInterval)
    (tprAt1PctFpr, tprAt1PctFprInterval) = (chosen.tprAt1PctFpr, chosen.tprAt1PctFprInterval)
    (tprAt01PctFpr, tprAt01PctFprInterval) = (chosen.tprAt01PctFpr, chosen.tprAt01PctFprInterval)
    attacks = report.attacks.map { Attack($0, chosen: report.chosen.attack) }
    let curve = report.chosen.curve
    roc = curve.points.map {
      [
        Double($0.falsePositives) / Double(curve.nonmembers),
        Double($0.truePositives) / Double(curve.members),
      ]
    }
    exposed = report.exposed
    (epsilonLower, claimedEpsilon, delta) = (
      report.epsilonLower, report.order.claimedEpsilon, report.order.delta
    )
    canaries = report.oneRun.map { bound in
      Canaries(
        canaries: bound.canaries, guesses: bound.guesses, right: bound.right,
        epsilonLowerAnyNoise: bound.epsilonLowerAnyNoise, exposureMean: report.exposure?.mean,
        exposureLargest: report.exposure?.largest, exposureReferences: report.exposure?.references)
    }
    attribute = report.attribute.map {
      Attribute(
        column: $0.column, values: $0.values, withModel: $0.withModel.share,
        withoutModel: $0.withoutModel.share,
        gain: $0.gain, gainInterval: Interval($0.gainInterval), gainOnNonmembers: $0.gainOnNonmembers)
    }
    shadows = report.shadows.map { Shadows(count: $0.count, reused: $0.reused, trainedOn: $0.trainedOn) }
    architecture = report.architecture
    (checks, limits) = (report.checks, report.limits)
    seed = report.order.recipe.seed
    self.evidence = evidence?.id
    seconds = report.seconds
    martlet = MartletVersion.text
  }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}

/// The same for a terminal.
struct PrivacyListing {
  private let assessed: PrivacyAssessment
  private let evidence: StoredEvidence?

  init(_ assessed: PrivacyAssessment, evidence: StoredEvidence?) {
    (self.assessed, self.evidence) = (assessed, evidence)
  }

  var text: String {
    let report = assessed.report
    let risk = report.risk
    var lines = [
      "\(Terminal.paint(risk.verdict.rawValue, Self.colour(risk.verdict)))  \(assessed.name), risk \(risk.level) of 5 (\(risk.title)): \(risk.definition)"
    ]
    lines += risk.reasons.map { "because   \($0)" }
    if let found = report.found {
      lines.append(
        "found     \(LinePlot.percent(found.share)) of the members at 1 % false alarms (95 % interval \(LinePlot.percent(found.interval)))"
      )
    }
    lines.append(
      "records   \(report.members) members, right about \(LinePlot.percent(report.memberAccuracy.share)); \(report.nonmembers) non-members, \(LinePlot.percent(report.nonmemberAccuracy.share))"
    )
    if let shadows = report.shadows {
      lines.append(
        "shadows   \(shadows.count)\(shadows.reused > 0 ? " (\(shadows.reused) kept from before)" : ""), \(report.architecture)"
      )
    } else {
      lines.append("shadows   none: \(report.architecture)")
    }
    lines += [
      "",
      "          " + Self.column("attack", 17) + Self.number("AUC", 7) + Self.number("interval", 17)
        + Self.number("TPR @ 1 %", 11) + Self.number("interval", 15) + Self.number("TPR @ 0.1 %", 13),
    ]
    lines += report.attacks.map { row($0, isChosen: $0.attack == report.chosen.attack) }
    lines += ["", "epsilon   \(report.epsilonWords)"]
    if let exposure = report.exposure {
      lines.append(
        "canaries  exposure \(LinePlot.short(exposure.mean)) bits on average, \(LinePlot.short(exposure.largest)) at most, among \(exposure.references)"
      )
    }
    if let attribute = report.attribute {
      lines.append(
        "column \(attribute.column)  guessed right for \(LinePlot.percent(attribute.withModel.share)) of the members with the model, \(LinePlot.percent(attribute.withoutModel.share)) without; the gain on others is \(LinePlot.short(attribute.gainOnNonmembers * 100)) points"
      )
    }
    let exposed = report.exposed
    lines.append(
      exposed.isEmpty
        ? "exposed   no member stands out"
        : "exposed   \(exposed.count) members stand out, first the ids \(exposed.prefix(10).map { "\($0)" }.joined(separator: ", "))"
    )
    lines.append("")
    for check in report.checks {
      let colour: Terminal.Colour = check.outcome == .passed ? .green : .yellow
      lines.append(
        Terminal.paint(Self.column(check.outcome.rawValue, 10), colour) + "\(check.name): \(check.detail)")
    }
    lines += report.limits.map { "limit     \($0)" }
    if let evidence { lines.append("evidence  \(evidence.id.hex)") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func row(_ result: AttackResult, isChosen: Bool) -> String {
    func three(_ value: Double) -> String { String(format: "%.3f", value) }
    let auc = result.curve.aucInterval
    let (one, tenth) = (result.rates[0].found, result.rates[1].found)
    return (isChosen ? "chosen    " : "          ") + Self.column(result.attack.title, 17)
      + Self.number(three(result.curve.auc), 7)
      + Self.number("\(three(auc.lowerBound)) to \(three(auc.upperBound))", 17)
      + Self.number(one.map { LinePlot.percent($0.share) } ?? "too few", 11)
      + Self.number(one.map { LinePlot.percent($0.interval) } ?? "", 15)
      + Self.number(tenth.map { LinePlot.percent($0.share) } ?? "too few", 13)
  }

  private static func colour(_ verdict: PrivacyRisk.Verdict) -> Terminal.Colour {
    switch verdict {
    case .accept: .green
    case .review: .yellow
    case .reject: .red
    }
  }

  private static func column(_ text: String, _ width: Int) -> String {
    text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0)
  }

  private static func number(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }
}
