// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess
package import MartletEvidence

/// An API key as the store keeps it: without the secret.
package struct StoredKey: Sendable, Equatable {
  package let id: String
  package let principal: String
  package let secretDigest: Digest
  /// What it may be used for at most.
  package let scope: Scope
  package let createdAt: Date
  package let expiresAt: Date?
  package let revokedAt: Date?
  /// To within ``precision``.
  package let lastUsedAt: Date?

  /// Seconds. A use is written down no more often than this: answering must not wait for the disk.
  package static let precision: TimeInterval = 3_600
  /// Live keys that a service has at most: the one in use, and the one that replaces it.
  package static let mostOfAService = 2

  package init(
    id: String, principal: String, secretDigest: Digest, scope: Scope = .unlimited, createdAt: Date,
    expiresAt: Date?, revokedAt: Date? = nil, lastUsedAt: Date? = nil
  ) {
    self.id = id
    self.principal = principal
    self.secretDigest = secretDigest
    self.scope = scope
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.revokedAt = revokedAt
    self.lastUsedAt = lastUsedAt
  }

  /// Whether it is written down closely enough that it is used at `time`.
  package func isUseNoted(at time: Date) -> Bool {
    lastUsedAt.map { time < $0 + Self.precision } ?? false
  }

  /// Whether it may still be used at `time`.
  package func isLive(at time: Date) -> Bool {
    revokedAt == nil && (expiresAt.map { time < $0 } ?? true)
  }
}
