// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletGate
import Testing

@Suite struct GateTests {
  struct Scan: EvidencePredicate {
    static let name = "scan"
    var at = Date(timeIntervalSince1970: 1_700_000_000)
    var verdict = "safe"
    var score = 0.5
    var linf: [String: [String: Double]] = ["0.1": ["accuracy": 0.4]]
  }

  let signer = EvidenceSigner()
  let digest = Digest.of([1])
  let now = Date(timeIntervalSince1970: 1_700_000_100)
  var gate: Gate { Gate(trusting: [signer.verifier]) }

  func policy(_ requirements: String..., extra: String = "") throws -> Policy {
    try Policy(
      yaml: "name: test\nrelease:\n" + requirements.map { "  - require: '\($0)'\n\(extra)" }.joined())
  }

  func decide(_ policy: Policy, _ evidence: [Envelope]) -> Decision {
    gate.decide(policy, about: digest, evidence: evidence, at: now)
  }

  func envelope(_ scan: Scan = Scan()) -> Envelope {
    signer.sign(Statement(about: digest, named: "m", scan))
  }

  @Test(arguments: [
    ("scan.verdict == safe", true), ("scan.verdict != safe", false), ("scan.verdict == unsafe", false),
    ("scan.score >= 0.5", true), ("scan.score > 0.5", false), ("scan.score < 1", true),
    ("scan.linf[0.1].accuracy >= 0.4", true), ("scan.linf[0.2].accuracy >= 0", false),
    ("scan.verdict >= 0", false), ("scan.score == safe", false), ("robustness.trust != unreliable", false),
  ])
  func aRequirementHoldsOrDoesNot(_ requirement: String, _ expected: Bool) throws {
    let decision = decide(try policy(requirement), [envelope()])
    #expect(decision.released == expected)
    #expect(decision.reasons.count == 1)
  }

  @Test func allRulesMustHold() throws {
    let both = try policy("scan.verdict == safe", "scan.score >= 0.9")
    let decision = decide(both, [envelope()])
    #expect(!decision.released)
    #expect(decision.reasons.map(\.satisfied) == [true, false])
  }

  @Test func evidenceByAnotherSignerAboutAnotherDigestOrTamperedWithIsMissing() throws {
    let rule = try policy("scan.verdict == safe")
    let stranger = EvidenceSigner().sign(Statement(about: digest, named: "m", Scan()))
    let another = signer.sign(Statement(about: .of([2]), named: "m", Scan()))
    let good = envelope()
    let swapped = Envelope(
      payload: envelope(Scan(score: 0.9)).payload, payloadType: good.payloadType, signatures: good.signatures)
    for evidence in [[], [stranger], [another], [swapped]] {
      #expect(!decide(rule, evidence).released)
    }
    #expect(decide(rule, [stranger, another, swapped, good]).released)
  }

  @Test func theNewestEvidenceCounts() throws {
    let rule = try policy("scan.verdict == safe")
    let older = envelope(Scan(at: now - 60, verdict: "safe"))
    let newer = envelope(Scan(at: now - 30, verdict: "unsafe"))
    #expect(!decide(rule, [older, newer]).released)
    #expect(!decide(rule, [newer, older]).released)
  }

  @Test func oldEvidenceCountsAsMissing() throws {
    let rule = try policy("scan.verdict == safe", extra: "    maximumAge: 1h\n")
    #expect(decide(rule, [envelope(Scan(at: now - 3_599))]).released)
    #expect(!decide(rule, [envelope(Scan(at: now - 3_601))]).released)
  }
}
