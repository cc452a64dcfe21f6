// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess
import MartletRegistry

/// Somebody whose credential was checked, with what they were granted.
package struct Authenticated: Sendable {
  package let principal: Principal
  package let keyID: String
  let grants: [Grant]

  /// Asks the one place that decides.
  package func may(_ action: Action, _ resource: Resource) -> AccessDecision {
    authorize(principal, action, resource, grants: grants)
  }

  /// Whether any grant allows this on something. Another may still deny it there.
  package func mayAnywhere(_ action: Action) -> Bool {
    grants.contains {
      $0.principal == principal.id && $0.effect == .allow && $0.role.actions.contains(action)
    }
  }
}

extension Lifecycle {
  /// Makes an API key with one role. The key is returned once and kept as a hash.
  /// - Parameter models: a name or a pattern with `*`.
  package func makeKey(
    for name: String, kind: Principal.Kind, role: Role, models: String = "*", expires: Date? = nil,
    by principal: String = Record.localPrincipal
  ) throws -> APIKey {
    let key = APIKey.generate()
    let now = Date()
    let record = Record(
      "token.create", outcome: "made", by: principal,
      reason: "key \(key.id), role \(role.rawValue) on \(models)", at: now)
    try store.registry.checkName(name, isFreeFor: kind)
    try store.write(record) {
      let owner = try store.registry.principal(named: name, kind: kind, at: now)
      try store.registry.add(
        StoredKey(
          id: key.id, principal: owner.id, secretDigest: key.secretDigest, createdAt: now, expiresAt: expires),
        grants: [Grant(principal: owner.id, role: role, models: models)])
    }
    return key
  }

  /// Ends a key now.
  package func revokeKey(_ id: String, by principal: String = Record.localPrincipal) throws {
    guard try store.registry.key(id) != nil else { throw RegistryError.noSuchKey(id) }
    let now = Date()
    let record = Record("token.revoke", outcome: "revoked", by: principal, reason: "key \(id)", at: now)
    try store.write(record) { try store.registry.revoke(key: id, at: now) }
  }

  /// Who presents `credential`; `nil` for whatever is not a live key of this store.
  package func authenticate(_ credential: String, at time: Date) throws -> Authenticated? {
    guard let key = APIKey(presented: credential), let known = try store.registry.key(key.id),
      key.matches(known.key.secretDigest), known.key.isLive(at: time)
    else { return nil }
    return Authenticated(principal: known.owner, keyID: key.id, grants: known.grants)
  }

  /// Who is behind a key that was authenticated before, such as at the beginning of a session; `nil` once it is revoked
  /// or has expired. It proves nothing about who asks: the caller must hold the proof that the secret was shown.
  package func authenticated(earlierWith keyID: String, at time: Date) throws -> Authenticated? {
    guard let known = try store.registry.key(keyID), known.key.isLive(at: time) else { return nil }
    return Authenticated(principal: known.owner, keyID: keyID, grants: known.grants)
  }
}
