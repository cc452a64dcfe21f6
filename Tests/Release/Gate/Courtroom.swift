// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletGate

/// A digest, the store's signer and two others, and a day on which they are asked about.
struct Courtroom {
  struct Scan: EvidencePredicate {
    static let name = "scan"
    var at: Date
    var verdict = "safe"
    var rules = "2026.3"
  }

  struct Measure: EvidencePredicate {
    static let name = "measure"
    var at: Date
    var score: Double
  }

  static let day = 86_400.0
  let store = EvidenceSigner()
  let lab = EvidenceSigner()
  let stranger = EvidenceSigner()
  let digest = Digest.of([1])
  /// 2026-11-24T00:00:00Z.
  let now = Date(timeIntervalSince1970: 1_795_478_400)
  var gate: Gate { Gate(trusting: [store.verifier]) }

  func scan(_ verdict: String = "safe", days: Double = 0, by signer: EvidenceSigner? = nil) -> Envelope {
    let fact = Scan(at: now - days * Self.day, verdict: verdict)
    return (signer ?? store).sign(Statement(about: digest, named: "m", fact))
  }

  func measure(_ score: Double, days: Double = 0, by signer: EvidenceSigner? = nil) -> Envelope {
    (signer ?? store).sign(
      Statement(about: digest, named: "m", Measure(at: now - days * Self.day, score: score)))
  }

  /// A policy with one rule, and whatever else.
  func policy(rule: String = "require: scan.verdict == safe", _ more: String = "") throws -> Policy {
    try Policy(yaml: "name: test\nrelease:\n  - \(rule)\n\(more)")
  }

  /// The lab as a signer of the policy.
  func lab(_ more: String = "") -> String {
    let pem = lab.verifier.pem.split(separator: "\n").map { "      \($0)\n" }.joined()
    return "signers:\n  lab:\n    key: |\n\(pem)\(more)"
  }

  func decide(
    _ policy: Policy, _ evidence: [Envelope], _ circumstances: Circumstances = Circumstances(model: "m")
  ) -> Decision {
    gate.decide(policy, about: digest, evidence: evidence, at: now, circumstances)
  }

  func approval(
    _ principal: String, _ policy: Policy, _ evidence: [Envelope], roles: Set<String> = ["approver"],
    days: Double = 0
  ) -> GivenApproval {
    GivenApproval(
      principal: principal, roles: roles, digest: digest,
      evidenceSet: gate.evidenceSet(of: policy, about: digest, evidence: evidence, at: now),
      at: now - days * Self.day)
  }
}
