// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence

/// Somebody who signed in with a browser, as the store keeps it.
package struct Session: Equatable, Sendable {
  /// How they proved who they are.
  package enum Proof: String, Codable, Sendable { case apiKey, password, passwordAndCode, oidc, certificate }

  /// Of the ``SessionToken``.
  package let digest: Digest
  package let principal: String
  package let proof: Proof
  /// The id of the API key it was begun with, whose end is its end.
  package let keyID: String?
  package let createdAt: Date
  package let usedAt: Date
  package let revokedAt: Date?

  /// Seconds after its last use.
  package static let idleLifetime: TimeInterval = 30 * 60
  /// Seconds after its beginning, however much it is used.
  package static let lifetime: TimeInterval = 12 * 3_600
  /// Of one principal; the least recently used gives way.
  package static let mostOfAPrincipal = 16

  package init(
    _ token: SessionToken, principal: String, proof: Proof, keyID: String? = nil, at time: Date
  ) {
    self.init(
      digest: token.digest, principal: principal, proof: proof, keyID: keyID, createdAt: time, usedAt: time,
      revokedAt: nil)
  }

  /// One that the store kept.
  package init(
    digest: Digest, principal: String, proof: Proof, keyID: String?, createdAt: Date, usedAt: Date,
    revokedAt: Date?
  ) {
    self.digest = digest
    self.principal = principal
    self.proof = proof
    self.keyID = keyID
    self.createdAt = createdAt
    self.usedAt = usedAt
    self.revokedAt = revokedAt
  }

  package func isLive(at time: Date) -> Bool {
    revokedAt == nil && time < usedAt + Self.idleLifetime && time < createdAt + Self.lifetime
  }
}
