// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence

/// One question to the gate: a policy, a digest, the evidence about it, and a time.
struct Hearing {
  /// What a rule came to.
  struct Finding {
    var reason: Decision.Reason
    /// From when on it may be another; nil when time makes no difference.
    var until: Date?
  }

  let policy: Policy
  let digest: Digest
  let pool: EvidencePool
  let time: Date
  let circumstances: Circumstances

  var decision: Decision {
    var findings = rules.map(judge)
    if let finding = environment { findings.insert(finding, at: 0) }
    // Nobody agrees to an artifact before it is in the store.
    if let rule = policy.approvals, circumstances.transition != .admit { findings.append(judge(rule)) }
    let reasons = findings.map(\.reason)
    let isYes = !reasons.contains(where: \.refuses)
    var decision = Decision(
      released: isYes, reasons: reasons, policy: policy, evidence: pool.newestOfEachKind.map(\.id))
    decision.transition = circumstances.transition
    decision.environment = circumstances.environment
    decision.evidenceSet = evidenceSet
    decision.submitter = circumstances.submitter
    decision.validUntil = isYes ? findings.compactMap(\.until).min() : nil
    return decision
  }

  /// Approvals are about what a release rests on, at whichever step they are looked at.
  var evidenceSet: Digest {
    let rules = policy.rules(for: .release).filter { $0.holds(in: circumstances.environment) }
    return pool.set(for: rules, at: time)
  }

  private var rules: [Policy.Rule] {
    policy.rules(for: circumstances.transition).filter { $0.holds(in: circumstances.environment) }
  }

  /// A policy for some environments says nothing about others, and saying nothing is no.
  private var environment: Finding? {
    guard !policy.environments.isEmpty else { return nil }
    let known = policy.environments.joined(separator: ", ")
    if let environment = circumstances.environment, policy.environments.contains(environment) { return nil }
    let found = circumstances.environment.map { "it was asked for \($0)" } ?? "none was named"
    return Finding(
      reason: Decision.Reason(
        rule: "environments", satisfied: false,
        text: "the policy is for the environments \(known), and \(found): name one of them with --environment"
      ))
  }
}
