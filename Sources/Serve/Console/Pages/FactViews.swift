// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletScan

// The facts of one version, each as its part of the page shows it.

struct DecisionView: Sendable {
  struct Reason: Sendable {
    let state: String
    let word: String
    let text: String
    let rule: String
  }

  let text: String
  /// Nil for what nobody has decided.
  let at: Moment?
  let policy: String
  let until: Moment?
  let reasons: [Reason]

  init(_ fact: DecisionFact) {
    self.init(fact.decision, at: fact.at, fact.decision.released ? "Released" : "Not released")
  }

  /// What the gate would say now.
  init(asked decision: Decision) {
    self.init(decision, at: nil, decision.released ? "It would be released" : "It would not be released")
  }

  init(_ decision: Decision, at time: Date?, _ word: String) {
    let holding = decision.reasons.count { $0.satisfied }
    text =
      word
      + ": \(holding) of \(Wording.count(decision.reasons.count, "rule")) \(holding == 1 || decision.reasons.count == 1 ? "holds" : "hold")."
    at = time.map(Moment.init)
    policy = decision.policy
    until = decision.released ? decision.validUntil.map(Moment.init) : nil
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
    /// What `martlet explain` says of the rule.
    let card: Card?
  }

  struct Card: Sendable {
    let name: String
    let why: String
    let remedy: String

    init(_ card: RuleCard) {
      name = Wording.sentence(card.name)
      why = Wording.sentence(card.why)
      remedy = Wording.sentence(card.remedy)
    }
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
          ? Wording.sentence(place.compactMap(\.self).joined(separator: " ")) : nil,
        card: Catalog.card(for: finding.rule).map(Card.init))
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
