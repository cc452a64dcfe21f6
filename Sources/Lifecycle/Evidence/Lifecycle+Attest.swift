// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletEvidence
import MartletMerkle
import MartletRegistry

extension Lifecycle {
  /// Signs a statement with the store's key, and keeps it as evidence where the store has the digest: it goes into the log,
  /// and into every bundle.
  /// - Parameter requiresStore: refuse a digest that the store does not have, rather than only sign.
  /// - Returns: the signed statement, and whether the store keeps it.
  /// - Throws: ``AttestationError/unknownDigest(_:)``, and what writing to the store throws.
  package func attest(
    _ attestation: Attestation, requiresStore: Bool, by principal: String = Record.localPrincipal
  ) throws -> (envelope: Envelope, kept: Bool) {
    let envelope = store.signer.sign(payload: attestation.payload)
    let versions = try store.registry.versions().filter { $0.digest == attestation.subject }
    let isKnown = try !versions.isEmpty || !store.registry.evidence(about: attestation.subject).isEmpty
    guard isKnown else {
      guard !requiresStore else { throw AttestationError.unknownDigest(attestation.subject) }
      return (envelope, false)
    }
    let now = Date()
    let evidence = StoredEvidence(
      subject: attestation.subject, name: attestation.type, envelope: envelope, createdAt: now)
    let record = Record(
      "attest", outcome: "made", by: principal, model: versions.first?.model, digest: attestation.subject,
      evidence: [evidence.id], reason: attestation.type, at: now)
    try store.write(record) { try store.registry.keep([evidence]) }
    return (envelope, true)
  }
}

/// A model as somebody names it: by its digest, or as a file or directory that has one.
package struct NamedDigest: Sendable {
  package let digest: Digest
  /// What a statement calls it.
  package let name: String

  /// - Parameter text: 64 hex digits, or a path. A path is read whole, as `protect` reads it.
  /// - Throws: ``ManifestError``.
  package init(_ text: String) throws(ManifestError) {
    if let digest = Digest(hex: text) {
      self.digest = digest
      name = digest.hex
      return
    }
    let signatures = SignatureFile.namesInside.map { ModelPath($0)! }
    let tree = try ModelTree(
      at: text, .init(ignoring: .alwaysIgnored + signatures, settingAside: []))
    digest = try ModelHash(of: tree, .files).manifest().root
    name = tree.name
  }
}
