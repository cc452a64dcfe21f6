// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import Testing

@Suite struct ApprovalTests {
  let time = Date(timeIntervalSince1970: 1_700_000_000)
  let digest = Digest.of([1])
  let evidence = EvidenceSet.digest(of: [.of([2]), .of([3])])

  func approval(
    _ principal: String, model: String = "digits", digest: Digest? = nil, evidence: Digest? = nil
  ) -> Approval {
    Approval(
      principal: principal, model: model, digest: digest ?? self.digest, evidence: evidence ?? self.evidence,
      at: time)
  }

  func standing(
    _ rule: ApprovalRule, _ approvals: [Approval], submitter: String? = "sam",
    mayApprove: (String) -> Bool = { _ in true }
  ) -> ApprovalRule.Standing {
    rule.evaluate(
      approvals, model: "digits", digest: digest, evidence: evidence, submitter: submitter,
      mayApprove: mayApprove)
  }

  @Test func nOfMDifferentPeopleMustAgree() {
    let rule = ApprovalRule(needed: 2, among: ["anna", "ben", "cleo"])
    #expect(standing(rule, []).missing == 2)
    #expect(standing(rule, [approval("anna")]).missing == 1)
    #expect(!standing(rule, [approval("anna"), approval("anna")]).isMet)
    #expect(!standing(rule, [approval("anna"), approval("dora")]).isMet)
    #expect(standing(rule, [approval("anna"), approval("cleo")]).isMet)
    #expect(standing(ApprovalRule(needed: 0), []).isMet)
  }

  @Test func theSubmitterDoesNotCount() {
    let rule = ApprovalRule(needed: 1)
    let standing = standing(rule, [approval("sam")])
    #expect(!standing.isMet)
    #expect(standing.void.map(\.why) == [.submitter])
  }

  @Test func anAgreementDiesWithTheDigestAndWithTheEvidence() {
    let rule = ApprovalRule(needed: 1)
    let more = EvidenceSet.digest(of: [.of([2]), .of([3]), .of([4])])
    let less = EvidenceSet.digest(of: [.of([2])])
    let void = standing(
      rule,
      [
        approval("anna", digest: .of([9])), approval("anna", evidence: more),
        approval("anna", evidence: less),
        approval("anna", model: "faces"),
      ])
    #expect(void.counted.isEmpty)
    #expect(void.void.map(\.why) == [.otherDigest, .otherEvidence, .otherEvidence, .otherModel])
    #expect(void.void.allSatisfy { !$0.why.reason.isEmpty })
  }

  @Test func anAgreementGoesWithTheRightToGiveIt() {
    let standing = standing(ApprovalRule(needed: 1), [approval("anna")]) { $0 != "anna" }
    #expect(standing.void.map(\.why) == [.mayNotApprove])
  }

  @Test func evidenceIsASet() {
    #expect(EvidenceSet.digest(of: [.of([3]), .of([2]), .of([3])]) == evidence)
    #expect(EvidenceSet.digest(of: [Digest]()) != EvidenceSet.digest(of: [.of([2])]))
  }
}
