// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletGate
import Testing

/// Texts that are policies, and texts that are not.
enum PolicyTexts {
  static let key = EvidenceSigner().verifier.pem.split(separator: "\n").map { "      \($0)" }.joined(
    separator: "\n")
  static let whole = """
    name: whole
    environments: [staging, production]
    signers:
      lab:
        key: |
    \(key)
        notAfter: 2030-01-01
      old:
        key: \(String(repeating: "ab", count: 32))
        revoked: 2026-01-01T12:00:00Z
    admit:
      - require: signature.outcome == verified
        signer: store
    release:
      - id: harmless
        require: scan.verdict == safe
        maximumAge: 90d
        because: it could run code
        references: [eu-ai-act:15(5), atlas:AML.T0010]
      - id: provenance
        evidence: https://slsa.dev/provenance/v1
        signer: [lab, store]
        environments: production
        onFailure: warn
      - require: '[https://slsa.dev/provenance/v1].buildDefinition.buildType == x'
    serve:
      - require: scan.rules == current
    approvals:
      count: 2
      role: [approver, administrator]
      notSubmitter: false
      maximumAge: 30d
    exceptions:
      - rule: harmless
        model: digits-*
        digest: \(String(repeating: "c0", count: 32))
        owner: anna
        reason: the finding is known
        expires: 2027-03-31
    onViolation:
      action: quarantine
      grace: 7d
    """

  static let accepted =
    Policy.readyMade.map(\.text) + [
      whole, "name: x\nrelease:\n  - require: scan.verdict == safe",
      "name: x\nrelease:\n  - evidence: scan\nonViolation: warn\n",
      "name: 7\nrelease:\n  - {require: 'a.b >= 1e3', maximumAge: 100000m, because: true}\n",
    ]

  /// A rule that is fine, and what is not beside it.
  private static let good = "name: x\nrelease:\n  - require: scan.verdict == safe\n"
  private static let excepted =
    "    id: a\nexceptions:\n  - rule: a\n    model: m\n    owner: o\n    reason: r\n"

  /// What a schema can see as well.
  static let refusedByForm = [
    "[]", "name: x", "name: x\nrelease: []", "name: x\nrelease:\n  - {}",
    "name: x\nrelease:\n  - require: scan.verdict",
    "name: x\nrelease:\n  - require: scan.verdict = safe",
    "name: x\nrelease:\n  - requires: scan.verdict == safe",
    "name: x\nrelease:\n  - {require: a.b == c, evidence: a}",
    "name: x\nrelease:\n  - evidence: two words",
    "name: x\nrelaese: 1\nrelease:\n  - require: scan.verdict == safe",
    "name: [x]\nrelease:\n  - require: scan.verdict == safe",
    good + "    maximumAge: soon", good + "    maximumAge: 0d", good + "    maximumAge: +3d",
    good + "    maximumAge: 100001d",
    good + "    id: two words", good + "    references: [somewhere:1]", good + "    references: atlas",
    good + "    onFailure: ignore", good + "    signer: []", good + "environments: []",
    good + "signers: {store: {key: \(String(repeating: "ab", count: 32))}}",
    good + "signers: {lab: {key: abc}}",
    good + "signers: {lab: {}}", good + "approvals: {role: approver}", good + "approvals: {count: 0}",
    good + "approvals: {count: many}", good + "approvals: {count: 1, notSubmitter: perhaps}",
    good + "onViolation: ignore", good + "onViolation: {action: warn, grace: 1d}",
    good + "onViolation: {graces: 1d}",
    good + excepted, good + excepted + "    expires: never",
    good + excepted + "    expires: 2027-01-01\n    digest: abc",
    good + "exceptions: []",
  ]

  /// What only reading finds.
  static let refusedByMeaning = [
    "", "\t", "a: &a [*a]", "{", "name: x\nname: y\nrelease:\n  - require: scan.verdict == safe",
    "name: x\nrelease:\n  - require: scan == safe", "name: x\nrelease:\n  - require: scan.verdict >= safe",
    "name: x\nrelease:\n  - require: scan..verdict == safe",
    good + "    id: a\n  - require: scan.verdict == safe\n    id: a", good + "    signer: lab",
    good + "    environments: production", good + excepted + "    expires: 2027-02-30",
    good + "exceptions:\n  - {rule: b, model: m, owner: o, reason: r, expires: 2027-01-01}",
    good
      + "signers: {a: {key: \(String(repeating: "ab", count: 32))}, b: {key: \(String(repeating: "ab", count: 32))}}",
    good
      + "signers:\n  a:\n    key: |\n      -----BEGIN PUBLIC KEY-----\n      AAAA\n      -----END PUBLIC KEY-----",
  ]
}

@Suite struct PolicyTests {
  @Test func theReadyMadeOnesRead() {
    #expect(Policy.standard.name == "default")
    #expect(Policy.standard.release.count == 6)
    #expect(Policy.readyMade.map(\.name) == ["default", "minimal", "internal", "regulated"])
    #expect(Policy.readyMade("regulated")?.approvals?.count == 2)
    #expect(Policy.readyMade("none") == nil)
  }

  @Test(arguments: PolicyTexts.accepted)
  func whatIsAPolicyIsRead(_ text: String) throws {
    let policy = try Policy(yaml: text)
    #expect(policy.text == text)
    #expect(!policy.words.isEmpty)
  }

  @Test(arguments: PolicyTexts.refusedByForm + PolicyTexts.refusedByMeaning)
  func whatIsNotExactlyAPolicyIsRefused(_ text: String) {
    #expect(throws: PolicyError.self) { try Policy(yaml: text) }
  }

  @Test func everyRuleOfTheRegulatedPolicyPointsToWhatItAnswers() throws {
    let policy = try #require(Policy.readyMade("regulated"))
    #expect(policy.allRules.allSatisfy { !$0.references.isEmpty && $0.because != nil && $0.id != nil })
    let frameworks = Set(policy.allRules.flatMap { $0.references.map(\.framework) })
    #expect(frameworks.isSuperset(of: [.euAIAct, .nistAIRMF, .hipaa, .pciDSS, .iso42001, .atlas]))
  }

  @Test func aDayIsOverAtItsEnd() throws {
    let policy = try Policy(yaml: PolicyTexts.whole)
    #expect(policy.exceptions[0].expires == Date(timeIntervalSince1970: 1_806_537_600))
    #expect(policy.signers["old"]?.revoked == Date(timeIntervalSince1970: 1_767_268_800))
  }
}

@Suite struct PolicyWarningTests {
  let vocabulary = EvidenceVocabulary(
    kinds: ["scan", "robustness"],
    values: [
      "scan.verdict": .words(["safe", "unsafe"]), "robustness.linf.*.accuracy": .fraction,
      "scan.sealed": .flag,
    ])

  func warnings(_ text: String) throws -> [String] {
    try Policy(yaml: "name: x\nrelease:\n" + text)
      .warnings(knowing: vocabulary, at: Date(timeIntervalSince1970: 1_795_478_400))
  }

  @Test(arguments: [
    ("  - require: scan.verdict == save", "scan.verdict is one of safe, unsafe"),
    ("  - require: robustnes.trust == reliable", "which no stage leaves"),
    ("  - require: robustness.linf[0.1].accuracy >= 40", "a fraction from 0 to 1"),
    ("  - require: scan.sealed == 1", "true or false"),
    ("  - require: scan.n >= 3\n  - require: scan.n < 3", "can never hold together"),
    ("  - require: scan.n == 3\n  - require: scan.n == 4", "can never hold together"),
    (
      "  - require: scan.n == 3\nexceptions:\n  - {rule: scan.n == 3, model: m, owner: o, reason: r, expires: 2026-01-01}",
      "counts no more"
    ),
    (
      "  - evidence: scan\nsigners: {lab: {key: \(String(repeating: "ab", count: 32))}}",
      "no rule asks for the signer lab"
    ),
    (
      "  - {evidence: scan, signer: lab}\nsigners: {lab: {key: \(String(repeating: "ab", count: 32)), revoked: 2026-01-01}}",
      "who is revoked"
    ),
  ])
  func whatIsLikelyToBeAMistakeIsSaid(_ text: String, _ expected: String) throws {
    let found = try warnings(text)
    #expect(found.count == 1)
    #expect(found.first?.contains(expected) == true, "\(found)")
  }

  @Test(arguments: [
    "  - require: scan.verdict != unsafe", "  - require: robustness.linf[0.1].accuracy >= 0.4",
    "  - evidence: https://cyclonedx.org/bom", "  - require: scan.n >= 3\n  - require: scan.n <= 3",
    "  - require: scan.rules == current\n  - require: scan.rules != 2025.1",
    "  - {require: scan.n == 3, environments: a}\n  - {require: scan.n == 4, environments: b}\nenvironments: [a, b]",
  ])
  func whatIsFineIsNot(_ text: String) throws {
    #expect(try warnings(text) == [])
  }
}
