// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence

/// What a decision depends on beside policy, evidence and time.
package struct Circumstances: Sendable {
  package var transition: Policy.Transition
  /// The model's name, for exceptions.
  package var model: String?
  /// Where the model is going to be used.
  package var environment: String?
  /// The id of whoever brought the model.
  package var submitter: String?
  package var approvals: [GivenApproval]
  /// What `current` stands for, by the place that a requirement names: `scan.rules`.
  package var editions: [String: String]

  package init(
    _ transition: Policy.Transition = .release, model: String? = nil, environment: String? = nil,
    submitter: String? = nil, approvals: [GivenApproval] = [], editions: [String: String] = [:]
  ) {
    self.transition = transition
    self.model = model
    self.environment = environment
    self.submitter = submitter
    self.approvals = approvals
    self.editions = editions
  }
}

/// Somebody's agreement to one version on exactly this evidence. Whoever hands it to the gate has checked that the principal
/// gave it and had these roles.
package struct GivenApproval: Sendable, Equatable {
  /// The principal's id.
  package let principal: String
  package let roles: Set<String>
  /// The version.
  package let digest: Digest
  /// ``Gate/evidenceSet(of:about:evidence:at:_:)`` as it was when they agreed.
  package let evidenceSet: Digest
  package let at: Date

  package init(principal: String, roles: Set<String>, digest: Digest, evidenceSet: Digest, at time: Date) {
    self.principal = principal
    self.roles = roles
    self.digest = digest
    self.evidenceSet = evidenceSet
    at = time
  }
}
