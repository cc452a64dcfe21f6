// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletGate
import MartletLifecycle

// The facts of one version, each as its part of the page shows it.

struct DecisionView: Sendable {
  struct Reason: Sendable {
    let state: String
    let word: String
    let text: String
    let rule: String
  }

  let text: String
  let at: Moment
  let policy: String
  let reasons: [Reason]

  init(_ fact: DecisionFact) {
    let decision = fact.decision
    let holding = decision.reasons.count { $0.satisfied }
    text =
      (decision.released ? "Released" : "Not released")
      + ": \(holding) of \(Wording.count(decision.reasons.count, "rule")) \(holding == 1 ? "holds" : "hold")."
    at = Moment(fact.at)
    policy = decision.policy
    // What says no comes first.
    reasons = (decision.reasons.filter { !$0.satisfied } + decision.reasons.filter(\.satisfied)).map {
      Reason(
        state: $0.satisfied ? "done" : $0.refuses ? "refused" : "skipped",
        word: $0.satisfied ? "Yes" : $0.refuses ? "No" : "Warns",
        text: Wording.sentence($0.text), rule: $0.rule)
    }
  }
}

struct ScanView: Sendable {
  struct FindingView: Sendable {
    let tone: String
    let severity: String
    let rule: String
    let message: String
    let construct: String?
    let location: String?
  }

  let tone: String
  let verdict: String
  let format: String
  let files: String
  let count: String
  let rules: String
  let hasFindings: Bool
  let findings: [FindingView]
  let more: String?

  private static let mostFindings = 100

  init(_ fact: ScanFact) {
    tone = Tone(fact.verdict).rawValue
    verdict = fact.verdict.rawValue
    format = fact.format
    let size = fact.resources.reduce(0) { $0 &+ $1.size }
    files = "\(Wording.count(fact.resources.count, "file")), \(Wording.bytes(size))"
    count = fact.findings.isEmpty ? "none" : "\(fact.findings.count)"
    rules = fact.rules
    hasFindings = !fact.findings.isEmpty
    findings = fact.findings.prefix(Self.mostFindings).map { finding in
      let place = [finding.member.map { "in \($0)" }, finding.offset.map { "at offset \($0)" }]
      return FindingView(
        tone: Tone(finding.severity).rawValue, severity: finding.severity.rawValue, rule: finding.rule,
        message: Wording.sentence(finding.message), construct: finding.construct,
        location: place.contains { $0 != nil }
          ? Wording.sentence(place.compactMap(\.self).joined(separator: " ")) : nil)
    }
    more =
      fact.findings.count > Self.mostFindings
      ? "and \(fact.findings.count - Self.mostFindings) more in the evidence" : nil
  }
}

struct SignatureView: Sendable {
  let tone: String
  let outcome: String
  let text: String
  let key: String?

  init(_ fact: SignatureFact) {
    tone = Tone(fact.outcome).rawValue
    outcome = fact.outcome.rawValue
    key = fact.key
    text =
      switch fact.outcome {
      case .verified: "It fits the files and a key you trust\(fact.subject.map { ", for \($0)" } ?? "")."
      case .absent: "No signature came with it."
      case .unchecked, .invalid: Wording.sentence(fact.reason ?? "")
      }
  }
}

struct SealView: Sendable {
  let text: String
  let recipients: [String]

  init(_ fact: SealFact) {
    let size = fact.resources.reduce(0) { $0 &+ $1.size }
    text =
      fact.sealed ? "\(Wording.bytes(size)) encrypted as \(fact.format). Only a recipient can open it." : ""
    recipients = fact.recipients
  }
}

struct RobustnessView: Sendable {
  struct Measure: Sendable {
    let name: String
    let kind: String
    let value: String
    let interval: String
    let note: String?
    // In hundredths of the bar.
    let share: String
    let low: String
    let width: String
  }

  struct Check: Sendable {
    let state: String
    let trust: String
    let name: String
    let detail: String
  }

  struct Trust: Sendable {
    let tone: String
    let word: String
    let text: String
    let checks: [Check]
  }

  let unmeasured: String?
  let measures: [Measure]
  let trust: Trust?

  init(_ fact: RobustnessFact) {
    unmeasured = fact.reason
    var measures: [Measure] = []
    if let clean = fact.clean {
      let note = fact.examples.map { "on \(Wording.count($0, "example"))" }
      measures.append(Measure("Ordinary data", "clean", clean, note: note))
    }
    for (radius, accuracy) in (fact.linf ?? [:]).sorted(by: { $0.key < $1.key }) {
      measures.append(Measure("Under attack, radius \(radius)", "attacked", accuracy, note: fact.attack))
    }
    self.measures = measures
    trust = fact.trust.map { trust in
      let checks = fact.checks ?? []
      let good = checks.count { $0.trust == "reliable" }
      return Trust(
        tone: Tone(trust: trust).rawValue, word: trust,
        text: "\(good) of \(Wording.count(checks.count, "check")) found nothing wrong with it.",
        checks: checks.map { check in
          Check(
            state: check.trust == "reliable" ? "done" : check.trust == "suspect" ? "skipped" : "refused",
            trust: check.trust, name: check.name, detail: check.detail)
        })
    }
  }
}

extension RobustnessView.Measure {
  init(_ name: String, _ kind: String, _ accuracy: RobustnessFact.Accuracy, note: String?) {
    self.name = name
    self.kind = kind
    self.note = note
    value = Wording.percent(accuracy.accuracy)
    interval = "95 % interval \(Wording.percent(accuracy.low)) to \(Wording.percent(accuracy.high))"
    share = Self.hundredths(accuracy.accuracy)
    low = Self.hundredths(accuracy.low)
    width = Self.hundredths(max(0, accuracy.high - accuracy.low))
  }

  private static func hundredths(_ share: Double) -> String {
    String(format: "%.2f", min(1, max(0, share)) * 100)
  }
}
