// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletGate
import MartletRegistry

extension ProtectRun {
  /// Asks the gate, and does what it says. The decision is evidence like everything else: it is what the server asks for
  /// before it answers with a model.
  func release(_ sealed: SealedModel) throws -> (Decision, ProtectReport.Stage) {
    let now = Date()
    let gate = Gate(trusting: [store.evidenceVerifier])
    let known = try store.registry.evidence(about: digest).map(\.envelope)
    let decision = gate.decide(policy, about: digest, evidence: known, at: now, try circumstances(.release))
    let evidence = store.evidence(DecisionFact(at: now, decision: decision), about: digest, named: model)
    let failed = decision.reasons.filter { !$0.satisfied }
    let outcome: ProtectReport.Stage.Outcome = decision.released ? .passed : .refused
    try leave(
      .release, outcome: outcome, [evidence],
      reason: decision.refusal, at: now
    ) {
      try store.registry.keepPolicy(policy.text, digest: policy.digest)
      try store.registry.move(
        model: model, digest: digest, to: decision.released ? .released : .assessed, evidence: [evidence])
    }
    let verb = decision.released ? "released" : "not released"
    let stage = ProtectReport.Stage(
      stage: .release, outcome: outcome,
      summary: [
        "\(verb) by the policy \(decision.policy): "
          + "\(decision.reasons.count - failed.count) of \(decision.reasons.count) rules hold"
      ], findings: [], evidence: [evidence.id])
    return (decision, stage)
  }
}
