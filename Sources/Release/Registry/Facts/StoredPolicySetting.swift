// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence

/// That a policy holds in an environment from some time on: a signed statement.
package struct StoredPolicySetting: Sendable, Equatable {
  /// Empty for a store that knows no environments.
  package let environment: String
  /// SHA-256 of the policy's text.
  package let policy: Digest
  package let envelope: Envelope
  package let setAt: Date

  package init(environment: String, policy: Digest, envelope: Envelope, setAt: Date) {
    self.environment = environment
    self.policy = policy
    self.envelope = envelope
    self.setAt = setAt
  }
}

/// How far the store had come when something was decided. While it stays the same, nothing has come that could change the
/// decision but time.
package struct DecisionMark: Hashable, Sendable {
  package let evidenceCount: Int
  package let newestEvidence: Int64
  package let newestPolicySetting: Int64
  /// How many approvals there are of the digest, and the newest.
  package let approvals: String

  package init(evidenceCount: Int, newestEvidence: Int64, newestPolicySetting: Int64, approvals: String) {
    self.evidenceCount = evidenceCount
    self.newestEvidence = newestEvidence
    self.newestPolicySetting = newestPolicySetting
    self.approvals = approvals
  }
}
