// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence

/// Somebody's agreement to the release of one version, on the evidence they saw.
package struct Approval: Codable, Hashable, Sendable {
  /// The id of the principal.
  package let principal: String
  package let model: String
  /// Of the version.
  package let digest: Digest
  /// What they saw, as one value: the gate's name for the evidence that the rules of a release rest on.
  package let evidence: Digest
  package let at: Date

  package init(principal: String, model: String, digest: Digest, evidence: Digest, at: Date) {
    self.principal = principal
    self.model = model
    self.digest = digest
    self.evidence = evidence
    self.at = at
  }
}
