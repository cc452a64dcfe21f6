// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletBackdoor
import MartletEvidence
package import MartletGate
import MartletRegistry
import MartletScan
import MartletTheft

extension Store {
  /// What the gate is told beside policy and evidence: the one place where everything that it can depend on comes together.
  func circumstances(
    _ transition: Policy.Transition, of model: String, in environment: String?, submittedBy submitter: String?
  ) throws -> Circumstances {
    Circumstances(
      transition, model: model, environment: environment, submitter: submitter,
      approvals: try registry.approvals(of: model).compactMap(given), editions: EvidenceVocabulary.editions)
  }

  /// An approval with the roles that its principal has on the model now: an agreement goes with the right to give it. Whoever has
  /// the store on the machine may do everything with it.
  private func given(_ approval: Approval) throws -> GivenApproval? {
    let roles: Set<Role>
    if approval.principal.hasPrefix("local:") {
      roles = Set(Role.allCases)
    } else {
      guard let account = try registry.account(id: approval.principal), !account.isDisabled else {
        return nil
      }
      roles = heldRoles(of: account.principal, on: .model(approval.model), grants: account.grants)
      guard roles.contains(where: { $0.actions.contains(.approve) }) else { return nil }
    }
    return GivenApproval(
      principal: approval.principal, roles: Set(roles.map(\.rawValue)), digest: approval.digest,
      evidenceSet: approval.evidence, at: approval.at)
  }

  /// The policy that was set for an environment; nil when none was.
  /// - Throws: ``StoreError/policy(_:)`` for a setting that this store did not sign: whoever can write to the database could
  ///   otherwise loosen the policy.
  func policy(setFor environment: String?) throws -> Policy? {
    let environment = environment ?? ""
    guard let setting = try registry.policySetting(in: environment) else { return nil }
    let gate = Gate(trusting: [evidenceVerifier])
    guard let fact = gate.believe(setting.envelope, about: setting.policy)?.fact(PolicyFact.self),
      fact.environment == environment, Digest.of(Array(fact.text.utf8)) == setting.policy
    else {
      throw StoreError.policy(
        "expected the store's policy to be signed with its own key, found \(setting.policy.short), which is not: "
          + "somebody has changed the database; set the policy again with `martlet policy set`")
    }
    return try Policy(yaml: fact.text)
  }

  /// The policy by which a decision was made, as far as its text is known.
  func policy(of decision: Decision) throws -> Policy? {
    if let text = try registry.policyText(decision.policyDigest),
      Digest.of(Array(text.utf8)) == decision.policyDigest
    {
      return try Policy(yaml: text)
    }
    return Policy.readyMade.first { $0.digest == decision.policyDigest }
  }
}

extension EvidenceVocabulary {
  /// What `current` stands for.
  package static let editions = ["scan.rules": ScannerVersion.rules]

  /// What the stages leave.
  package static let martlet: EvidenceVocabulary = {
    var values: [String: Value] = [
      "scan.verdict": .words(Verdict.allCases.map(\.rawValue)), "scan.format": .text, "scan.rules": .text,
      "signature.outcome": .words(SignatureFact.Outcome.allCases.map(\.rawValue)), "signature.subject": .text,
      "signature.key": .text, "signature.signer": .text, "signature.root": .text,
      "seal.sealed": .flag, "seal.format": .text,
      "robustness.examples": .number, "robustness.trust": .words(["reliable", "suspect", "unreliable"]),
      "robustness.attack": .text, "robustness.data": .text,
      "corruptions.accuracy": .fraction, "corruptions.each.*": .fraction, "corruptions.examples": .number,
      "corruptions.worst": .text, "corruptions.constants": .words(["CIFAR-10-C", "ImageNet-C"]),
      "corruptions.data": .text,
      "privacy.members": .number, "privacy.nonmembers": .number, "privacy.attack": .text,
      "privacy.shadows": .number, "privacy.epsilon_lower": .number, "privacy.epsilon": .number,
      "privacy.delta": .fraction, "privacy.risk": .number,
      "privacy.verdict": .words(["accept", "review", "reject"]), "privacy.data": .text,
      "data.digest": .text, "data.name": .text, "data.rows": .number, "data.columns": .number,
      "data.root": .text,
      "data.signer": .text, "data.manifest": .text,
      "theft.price.*.*.queries": .number, "theft.price.*.*.reached": .flag, "theft.budget": .number,
      "theft.advised": .words(AnswerForm.allCases.map(\.rawValue)), "theft.linear": .flag,
      "theft.queries": .number, "theft.seeds": .number, "theft.examples": .number, "theft.data": .text,
    ]
    for place in ["privacy.auc", "privacy.tpr_at_1pct_fpr"] {
      for bound in ["", "_low", "_high"] { values[place + bound] = .fraction }
    }
    values.merge(
      [
        "guard.rows": .number, "guard.calibration": .text,
        "integrity.outcome": .words(IntegrityFact.Outcome.allCases.map(\.rawValue)), "integrity.data": .text,
        "integrity.rows": .number, "integrity.suspicious": .number, "integrity.wrongLabels": .fraction,
        "integrity.triggers": .number, "integrity.turned": .number, "integrity.layer": .text,
        "backdoor.verdict": .words(BackdoorReport.Verdict.allCases.map(\.rawValue)),
        "backdoor.score": .number,
        "backdoor.p": .fraction, "backdoor.significance": .fraction, "backdoor.target": .number,
        "backdoor.references": .number, "backdoor.examples": .number, "backdoor.data": .text,
        "backdoor.parent": .text, "backdoor.changes": .number, "backdoor.undeclared_changes": .number,
        "backdoor.declared": .text,
      ], uniquingKeysWith: { first, _ in first })
    for place in ["robustness.clean", "robustness.linf.*", "robustness.l2.*", "corruptions.clean"] {
      for bound in ["accuracy", "low", "high"] { values["\(place).\(bound)"] = .fraction }
    }
    return EvidenceVocabulary(
      kinds: [
        ScanFact.name, SignatureFact.name, SealFact.name, RobustnessFact.name, CorruptionFact.name,
        PrivacyFact.name, DataFact.name, IntegrityFact.name, BackdoorFact.name, TheftFact.name,
        GuardFact.name,
        DecisionFact.name,
      ], values: values)
  }()
}
