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
  /// What they saw, as ``EvidenceSet`` has it.
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

/// One name for a set of evidence: SHA-256 of the sorted digests of its envelopes. One piece more, less or other is another
/// set, so that an agreement to one is none to the other.
package enum EvidenceSet {
  package static func digest(of evidence: some Sequence<Digest>) -> Digest {
    let sorted = Set(evidence).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    return .of(Array("martlet evidence\0".utf8) + sorted.flatMap(\.bytes))
  }
}
