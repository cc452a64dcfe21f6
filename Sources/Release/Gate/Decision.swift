// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence

/// The answer of the gate, with a sentence for every rule.
package struct Decision: Codable, Sendable, Equatable {
  package struct Reason: Codable, Sendable, Equatable {
    /// The requirement as the policy has it.
    package let rule: String
    package let satisfied: Bool
    /// What was expected, what was found, and what to do.
    package let text: String
    /// The rule's id, where it has one.
    package var id: String?
    /// Whether a rule that does not hold only warns.
    package var warns: Bool?
    /// Whether it does not hold because time has passed, and for nothing else.
    package var lapsed: Bool?
    /// Whether it is satisfied only because of an exception.
    package var excepted: Bool?

    package init(rule: String, satisfied: Bool, text: String) {
      self.rule = rule
      self.satisfied = satisfied
      self.text = text
    }

    /// Whether it says no.
    package var refuses: Bool { !satisfied && warns != true }
  }

  /// Whether nothing says no. For a step other than a release: whether it may be taken.
  package let released: Bool
  package let reasons: [Reason]
  /// The policy's name and digest.
  package let policy: String
  package let policyDigest: Digest
  /// The evidence that was looked at.
  package let evidence: [Digest]
  /// The step that was decided about; nil in a decision of a Martlet that knew only releases.
  package var transition: Policy.Transition?
  package var environment: String?
  /// What the rules rested on, for approvals to name.
  package var evidenceSet: Digest?
  /// Who brought the model, and may not approve it alone.
  package var submitter: String?
  /// When a yes may turn into a no because time has passed: it must not be relied on from then on.
  package var validUntil: Date?

  package init(released: Bool, reasons: [Reason], policy: Policy, evidence: [Digest]) {
    self.released = released
    self.reasons = reasons
    self.policy = policy.name
    policyDigest = policy.digest
    self.evidence = evidence
  }

  /// What says no, on one line; nil for a yes.
  package var refusal: String? {
    released ? nil : reasons.filter(\.refuses).map(\.text).joined(separator: "; ")
  }

  /// Whether it is a no that only the passing of time has made: everything that is still there says yes.
  package var isLapse: Bool { !released && reasons.allSatisfy { !$0.refuses || $0.lapsed == true } }
}
