// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence

/// Evaluates a policy over evidence. It believes only evidence that is signed by a trusted key and speaks about the very
/// digest that is decided about; everything else counts as missing, and what is missing means no.
///
/// More evidence never turns a yes into a no, but where a rule looks at it: a newer piece of a kind that a rule needs, by
/// a signer of that rule, takes the place of the older one, and approvals are for the evidence that they name.
package struct Gate: Sendable {
  private let trusted: [EvidenceVerifier]

  /// - Parameter trusted: whose evidence counts for rules that name no signer: the store's own.
  package init(trusting trusted: [EvidenceVerifier]) {
    self.trusted = trusted
  }

  /// Decides whether `digest` may take a step.
  /// - Parameters:
  ///   - evidence: everything the store has about it. Of each kind the newest piece by a rule's signers counts.
  ///   - time: against which the age of evidence is measured.
  package func decide(
    _ policy: Policy, about digest: Digest, evidence: [Envelope], at time: Date,
    _ circumstances: Circumstances = Circumstances()
  ) -> Decision {
    Hearing(
      policy: policy, digest: digest, pool: pool(policy, digest, evidence), time: time,
      circumstances: circumstances
    ).decision
  }

  /// What the rules of a step rest on now: an approval names it, and counts only while it stays the same.
  package func evidenceSet(
    of policy: Policy, about digest: Digest, evidence: [Envelope], at time: Date,
    _ circumstances: Circumstances = Circumstances()
  ) -> Digest {
    Hearing(
      policy: policy, digest: digest, pool: pool(policy, digest, evidence), time: time,
      circumstances: circumstances
    ).evidenceSet
  }

  /// Opens one envelope; `nil` when there is any reason not to believe it.
  package func believe(_ envelope: Envelope, about digest: Digest) -> BelievedEvidence? {
    Self.believe(envelope, about: digest, trusted)
  }

  private func pool(_ policy: Policy, _ digest: Digest, _ evidence: [Envelope]) -> EvidencePool {
    let named = policy.signers.values.compactMap { signer -> EvidenceVerifier? in
      guard case .pem(let pem) = signer.key else { return nil }
      return try? EvidenceVerifier(pem: pem)
    }
    let believed = evidence.compactMap { Self.believe($0, about: digest, trusted + named) }
    return EvidencePool(
      believed, disbelieved: evidence.count - believed.count, own: Set(trusted.map(\.keyID)), policy: policy)
  }

  private static func believe(
    _ envelope: Envelope, about digest: Digest, _ verifiers: [EvidenceVerifier]
  ) -> BelievedEvidence? {
    for verifier in verifiers {
      guard let payload = try? verifier.open(envelope) else { continue }
      return BelievedEvidence(
        payload: payload, id: envelope.digest, about: digest, signer: verifier.keyID)
    }
    return nil
  }
}
