// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletGate
import Testing

@Suite struct SignerTests {
  let court = Courtroom()

  @Test func aRuleBelievesThoseItNamesAndNobodyElse() throws {
    let rule = "{evidence: scan, signer: lab}"
    let policy = try court.policy(rule: rule, court.lab())
    #expect(court.decide(policy, [court.scan(by: court.lab)]).released)
    for evidence in [[], [court.scan()], [court.scan(by: court.stranger)]] {
      #expect(!court.decide(policy, evidence).released)
    }
    let either = try court.policy(rule: "{evidence: scan, signer: [lab, store]}", court.lab())
    #expect(court.decide(either, [court.scan()]).released)
    #expect(court.decide(either, [court.scan(by: court.lab)]).released)
    // A rule that names nobody asks the store, whomever else the policy has.
    #expect(try !court.decide(court.policy(court.lab()), [court.scan(by: court.lab)]).released)
  }

  @Test func aRevokedSignerSaysNothingWhateverTheDate() throws {
    let rule = "{evidence: scan, signer: lab}"
    let revoked = try court.policy(rule: rule, court.lab("    revoked: 2026-11-23\n"))
    let decision = court.decide(revoked, [court.scan(days: 300, by: court.lab)])
    #expect(!decision.released)
    #expect(decision.reasons[0].text.contains("its signer lab is revoked since 2026-11-23T00:00:00Z"))
    // Not before that day, and the yes says when it ends.
    let later = try court.policy(rule: rule, court.lab("    revoked: 2026-12-01\n"))
    let yes = court.decide(later, [court.scan(by: court.lab)])
    #expect(yes.released)
    #expect(yes.validUntil == court.now + 7 * Courtroom.day)
  }

  @Test func theStoresOwnKeyCanBeRevokedByItsID() throws {
    let policy = try court.policy(
      "signers: {us: {key: \(court.store.verifier.keyID), revoked: 2026-01-01}}\n")
    #expect(!court.decide(policy, [court.scan()]).released)
  }

  @Test func aKeyThatWasPutAwaySpeaksOfItsTime() throws {
    let policy = try court.policy(
      rule: "{evidence: scan, signer: lab}", court.lab("    notAfter: 2026-11-20\n"))
    #expect(court.decide(policy, [court.scan(days: 10, by: court.lab)]).released)
    #expect(!court.decide(policy, [court.scan(days: 1, by: court.lab)]).released)
    #expect(
      court.decide(policy, [court.scan(days: 10, by: court.lab), court.scan(days: 1, by: court.lab)]).released
    )
  }
}

@Suite struct RuleTests {
  let court = Courtroom()

  @Test func aRuleCanOnlyWarn() throws {
    let policy = try court.policy(rule: "{require: scan.verdict == unsafe, onFailure: warn}")
    let decision = court.decide(policy, [court.scan()])
    #expect(decision.released)
    #expect(decision.reasons.map(\.satisfied) == [false])
    #expect(decision.reasons[0].warns == true)
  }

  @Test func environmentsHaveTheirOwnRulesAndTheRestIsRefused() throws {
    let policy = try court.policy(
      rule: "{require: scan.verdict == unsafe, environments: production}",
      "environments: [staging, production]\n")
    func released(_ environment: String?) -> Bool {
      court.decide(policy, [court.scan()], Circumstances(environment: environment)).released
    }
    #expect(released("staging"))
    #expect(!released("production"))
    #expect(!released("elsewhere"))
    #expect(!released(nil))
  }

  @Test func anExceptionIsForAModelAndATimeAndThenCountsNoMore() throws {
    func decide(_ model: String?, _ more: String, at time: Date? = nil) throws -> Decision {
      let policy = try court.policy(
        rule: "{id: harmless, require: scan.verdict == safe}",
        "exceptions:\n  - {rule: harmless, model: digits-*, owner: anna, reason: known, \(more)}\n")
      return court.gate.decide(
        policy, about: court.digest, evidence: [court.scan("unknown")], at: time ?? court.now,
        Circumstances(model: model))
    }
    let yes = try decide("digits-2", "expires: 2026-11-30")
    #expect(yes.released)
    #expect(yes.reasons[0].excepted == true)
    #expect(yes.validUntil == court.now + 7 * Courtroom.day)
    #expect(try !decide("faces", "expires: 2026-11-30").released)
    #expect(try !decide(nil, "expires: 2026-11-30").released)
    #expect(try decide("digits-2", "expires: 2026-11-30, digest: \(court.digest.hex)").released)
    #expect(try !decide("digits-2", "expires: 2026-11-30, digest: \(Digest.of([2]).hex)").released)
    let no = try decide("digits-2", "expires: 2026-11-30", at: yes.validUntil)
    #expect(!no.released)
    #expect(
      no.reasons[0].text.contains("the exception by anna ended on 2026-12-01T00:00:00Z and counts no more"))
    #expect(no.isLapse)
  }

  @Test func currentStandsForTheEditionInForce() throws {
    let policy = try court.policy(rule: "require: scan.rules == current")
    func decide(_ edition: String) -> Decision {
      court.decide(policy, [court.scan()], Circumstances(editions: ["scan.rules": edition]))
    }
    #expect(decide("2026.3").released)
    #expect(!decide("2026.4").released)
    #expect(decide("2026.4").isLapse)
    #expect(!court.decide(policy, [court.scan()]).released)
  }

  @Test func aYesEndsWhenItsEvidenceIsTooOld() throws {
    let policy = try Policy(
      yaml: """
        name: x
        release:
          - {require: scan.verdict == safe, maximumAge: 30d}
          - {require: measure.score > 0, maximumAge: 10d}
        """)
    let evidence = [court.scan(days: 25), court.measure(1, days: 2)]
    let decision = court.decide(policy, evidence)
    let end = try #require(decision.validUntil)
    #expect(end == court.now + 5 * Courtroom.day)
    #expect(court.gate.decide(policy, about: court.digest, evidence: evidence, at: end).released)
    let after = court.gate.decide(policy, about: court.digest, evidence: evidence, at: end + 1)
    #expect(!after.released)
    #expect(after.isLapse)
    #expect(after.validUntil == nil)
  }

  @Test func evidenceFromTheFutureDoesNotCount() throws {
    #expect(try court.decide(court.policy(), [court.scan(days: -0.003)]).released)
    #expect(try !court.decide(court.policy(), [court.scan(days: -1)]).released)
    // Nor does what is older than it: somebody's clock was wrong, and nobody knows since when.
    #expect(try !court.decide(court.policy(), [court.scan(days: 1), court.scan(days: -1)]).released)
  }

  @Test func stepsHaveTheirOwnRules() throws {
    let policy = try Policy(
      yaml: """
        name: x
        admit:
          - require: scan.verdict == unknown
        release:
          - {require: scan.verdict == safe, maximumAge: 1d}
        serve:
          - {require: scan.verdict == safe, maximumAge: 30d}
        approvals: {count: 1}
        """)
    func decide(_ step: Policy.Transition, _ evidence: [Envelope], approved: Bool = true) -> Decision {
      let approvals = approved ? [court.approval("anna", policy, evidence)] : []
      return court.decide(policy, evidence, Circumstances(step, submitter: "bert", approvals: approvals))
    }
    #expect(decide(.admit, [court.scan("unknown")], approved: false).released)
    #expect(!decide(.release, [court.scan(days: 2)]).released)
    #expect(decide(.serve, [court.scan(days: 2)]).released)
    #expect(!decide(.serve, [court.scan(days: 2)], approved: false).released)
    #expect(decide(.release, [court.scan()]).released)
  }
}

@Suite struct ApprovalTests {
  let court = Courtroom()

  func policy(_ more: String = "") throws -> Policy {
    try court.policy("approvals: {count: 2, role: approver\(more)}\n")
  }

  func decide(_ policy: Policy, _ approvals: [GivenApproval], _ evidence: [Envelope]) -> Decision {
    court.decide(policy, evidence, Circumstances(submitter: "bert", approvals: approvals))
  }

  @Test func eachPrincipalCountsOnceAndTheSubmitterNot() throws {
    let policy = try policy()
    let evidence = [court.scan()]
    func approvals(_ names: String...) -> [GivenApproval] {
      names.map { court.approval($0, policy, evidence) }
    }
    #expect(decide(policy, approvals("anna", "carl"), evidence).released)
    #expect(!decide(policy, approvals("anna", "anna"), evidence).released)
    #expect(!decide(policy, approvals("anna", "bert"), evidence).released)
    #expect(try decide(self.policy(", notSubmitter: false"), approvals("anna", "bert"), evidence).released)
    // Nobody knows who submitted it: it could have been either.
    #expect(
      !court.decide(policy, evidence, Circumstances(approvals: approvals("anna", "carl"))).released)
  }

  @Test func anApprovalIsForOneDigestOnOneSetOfEvidenceInARole() throws {
    let policy = try policy()
    let evidence = [court.scan(days: 1)]
    let good = court.approval("anna", policy, evidence)
    let others = [
      GivenApproval(
        principal: "carl", roles: ["approver"], digest: .of([2]), evidenceSet: good.evidenceSet, at: court.now
      ),
      GivenApproval(
        principal: "carl", roles: ["approver"], digest: court.digest, evidenceSet: .of([2]), at: court.now),
      court.approval("carl", policy, evidence, roles: ["viewer"]),
      court.approval("carl", policy, evidence, days: -1),
    ]
    for other in others { #expect(!decide(policy, [good, other], evidence).released) }
    let both = [good, court.approval("carl", policy, evidence)]
    #expect(decide(policy, both, evidence).released)
    // A new scan, and they have to look again; something that no rule needs, and they need not.
    #expect(!decide(policy, both, evidence + [court.scan()]).released)
    #expect(decide(policy, both, evidence + [court.measure(1)]).released)
  }

  @Test func anApprovalGetsOld() throws {
    let policy = try policy(", maximumAge: 30d")
    let evidence = [court.scan()]
    let approvals = [3.0, 10, 20].enumerated().map {
      court.approval("approver \($0.offset)", policy, evidence, days: $0.element)
    }
    #expect(decide(policy, approvals, evidence).validUntil == court.now + 20 * Courtroom.day)
    let old = [court.approval("anna", policy, evidence), court.approval("carl", policy, evidence, days: 31)]
    #expect(!decide(policy, old, evidence).released)
    #expect(decide(policy, old, evidence).isLapse)
    #expect(!decide(policy, [old[1], old[1]], evidence).isLapse)
  }

  /// `printf '%s\n' ID… | sort | sha256sum`, with the ids of SHA-256 of the bytes 1 and 2.
  @Test func theSetOfEvidenceCanBeComputedElsewhere() {
    let ids = [Digest.of([2]), Digest.of([1]), Digest.of([2])]
    #expect(
      EvidenceSet.digest(ids) == Digest.of(Array(ids.prefix(2).map { $0.hex + "\n" }.sorted().joined().utf8)))
    #expect(EvidenceSet.digest([]) == Digest.of([]))
  }
}
