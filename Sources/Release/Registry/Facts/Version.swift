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
  /// The id of whoever offered it first; nil where an older Martlet admitted it.
  package let submitter: String?
  /// When a retention rule gave its files up; nil while the store has them. Evidence and log stay.
  package let filesRemovedAt: Date?

  package init(
    model: String, number: Int, digest: Digest, format: String, manifest: Manifest, state: VersionState,
    createdAt: Date, submitter: String?, filesRemovedAt: Date?
  ) {
    self.model = model
    self.number = number
    self.digest = digest
    self.format = format
    self.manifest = manifest
    self.state = state
    self.createdAt = createdAt
    self.submitter = submitter
    self.filesRemovedAt = filesRemovedAt
  }

  /// The files that the store holds of it.
  package var keptResources: [Manifest.Resource] { filesRemovedAt == nil ? manifest.resources : [] }
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
