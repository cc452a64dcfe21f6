// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence

/// Where a version stands in its life.
package enum VersionState: String, Codable, CaseIterable, Sendable {
  case submitted, admitted, assessed, released, quarantined, revoked, retired
}

/// One version of a model: what is sealed in the store under a digest.
package struct ModelVersion: Sendable, Equatable {
  /// The model's name.
  package let model: String
  /// 1, 2, 3 … in the order of admission.
  package let number: Int
  /// The OMS root digest.
  package let digest: Digest
  /// Such as `onnx`.
  package let format: String
  package let manifest: Manifest
  package let state: VersionState
  package let createdAt: Date
}

/// A piece of evidence as the store keeps it.
package struct StoredEvidence: Sendable, Equatable {
  /// SHA-256 of the envelope.
  package let id: Digest
  /// The version it is about.
  package let subject: Digest
  /// Such as `scan`; a policy speaks of it under this name.
  package let name: String
  package let envelope: Envelope
  package let createdAt: Date

  package init(subject: Digest, name: String, envelope: Envelope, createdAt: Date) {
    id = envelope.digest
    self.subject = subject
    self.name = name
    self.envelope = envelope
    self.createdAt = createdAt
  }
}

/// An API key as the store keeps it: without the secret.
package struct StoredKey: Sendable, Equatable {
  package let id: String
  package let principal: String
  package let secretDigest: Digest
  package let createdAt: Date
  package let expiresAt: Date?
  package let revokedAt: Date?

  package init(
    id: String, principal: String, secretDigest: Digest, createdAt: Date, expiresAt: Date?,
    revokedAt: Date? = nil
  ) {
    self.id = id
    self.principal = principal
    self.secretDigest = secretDigest
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.revokedAt = revokedAt
  }

  /// Whether it may still be used at `time`.
  package func isLive(at time: Date) -> Bool {
    revokedAt == nil && (expiresAt.map { time < $0 } ?? true)
  }
}
