// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess
import MartletBytes
import MartletEvidence
import MartletRegistry

extension Lifecycle {
  /// Makes an API key with one role. The key is returned once and kept as a hash.
  /// - Parameters:
  ///   - models: a name or a pattern with `*`.
  ///   - scope: what the key may be used for at most, whatever else its owner may.
  ///   - response: how much of an answer its owner gets by this grant; nil for what they get by it already, or all.
  package func makeKey(
    for name: String, kind: Principal.Kind, role: Role, models: String = "*", scope: Scope = .unlimited,
    response: ResponsePolicy? = nil, expires: Date? = nil, by principal: String = Record.localPrincipal
  ) throws -> APIKey {
    let wanted = Grant(principal: "", role: role, models: models, response: response)
    if let fault = wanted.fault { throw AccessError.grant(fault) }
    let key = APIKey.generate()
    let now = Date()
    let record = Record(
      "token.create", outcome: "made", by: principal,
      reason: "key \(key.id), role \(role.rawValue) on \(models)\(Self.words(scope))\(Self.words(response))",
      at: now)
    try store.registry.checkName(name, isFreeFor: kind)
    try checkRoom(forKeyOf: name, at: now)
    try store.write(record) {
      let owner = try store.registry.principal(named: name, kind: kind, at: now)
      var grant = Grant(principal: owner.id, role: role, models: models, response: response)
      // Another key for somebody is no reason to give them more of each answer.
      if response == nil, let known = try store.registry.account(id: owner.id)?.grants {
        grant = grant.keepingResponse(of: known)
      }
      try store.registry.add(
        Self.stored(key, of: owner.id, scope: scope, from: now, until: expires), grants: [grant])
    }
    return key
  }

  /// Makes the key that takes the place of another: the same owner, scope and lifetime, and no new right. The old one goes on until it
  /// is revoked.
  /// - Throws: ``RegistryError/noSuchKey(_:)``, ``AccessError/endedKey(_:)``, ``RegistryError/tooManyKeys(owner:)``.
  package func rotateKey(_ id: String, by principal: String = Record.localPrincipal) throws -> APIKey {
    let now = Date()
    guard let old = try store.registry.key(id) else { throw RegistryError.noSuchKey(id) }
    guard old.key.isLive(at: now) else { throw AccessError.endedKey(id) }
    let key = APIKey.generate()
    let expires = old.key.expiresAt.map { now + $0.timeIntervalSince(old.key.createdAt) }
    let record = Record(
      "token.rotate", outcome: "made", by: principal, reason: "key \(key.id) in the place of \(id)", at: now)
    try checkRoom(forKeyOf: old.account.principal.name, at: now)
    try store.write(record) {
      try store.registry.add(
        Self.stored(key, of: old.key.principal, scope: old.key.scope, from: now, until: expires), grants: [])
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

  /// Who presents `credential`; `nil` for whatever is not a live key of this store, and of somebody who is not disabled.
  package func authenticate(_ credential: String, at time: Date) throws -> Authenticated? {
    if let somebody = try authenticateFromMemory(credential.utf8.span, at: time) { return somebody }
    let mark = try store.credentials.mark(store.registry)
    guard let key = APIKey(presented: credential), let known = try store.registry.key(key.id),
      key.matches(known.key.secretDigest), known.key.isLive(at: time), !known.account.isDisabled
    else { return nil }
    // When a key was last used is for people to look at: that it cannot be written down is no reason to refuse the key.
    if !known.key.isUseNoted(at: time) { try? store.registry.noteUse(of: known.key, at: time) }
    store.credentials.note(
      .init(proof: .key(known.key), account: known.account), as: .bearer(.of(Array(credential.utf8))),
      mark: mark)
    return Authenticated(known.account, proof: .apiKey, keyID: key.id, scope: known.key.scope)
  }

  /// Who presents a key or a token that was presented a moment ago, without asking anybody; `nil` when somebody has to be asked.
  package func authenticateFromMemory(_ credential: Span<UInt8>, at time: Date) throws -> Authenticated? {
    guard credential.count <= Limits.bearerToken else { return nil }
    let digest = Digest.of(unsafe credential.withUnsafeBufferPointer { unsafe Array($0) })
    return try store.credentials.known(.bearer(digest), in: store.registry)?.authenticated(at: time)
  }

  /// Who is behind a key that was authenticated before, such as at the beginning of a session; `nil` once it is revoked
  /// or has expired. It proves nothing about who asks: the caller must hold the proof that the secret was shown.
  package func authenticated(earlierWith keyID: String, at time: Date) throws -> Authenticated? {
    guard let known = try store.registry.key(keyID), known.key.isLive(at: time), !known.account.isDisabled
    else { return nil }
    return Authenticated(known.account, proof: .apiKey, keyID: keyID, scope: known.key.scope)
  }

  /// Before the record says that a key was made.
  private func checkRoom(forKeyOf name: String, at time: Date) throws {
    let live = try store.registry.keys().count { key, owner in
      owner.name == name && owner.kind == .service && key.isLive(at: time)
    }
    guard live < StoredKey.mostOfAService else { throw RegistryError.tooManyKeys(owner: name) }
  }

  private static func stored(
    _ key: APIKey, of owner: String, scope: Scope, from time: Date, until end: Date?
  ) -> StoredKey {
    StoredKey(
      id: key.id, principal: owner, secretDigest: key.secretDigest, scope: scope, createdAt: time,
      expiresAt: end)
  }

  private static func words(_ response: ResponsePolicy?) -> String {
    response.map { ", answers \($0)" } ?? ""
  }

  private static func words(_ scope: Scope) -> String { scope == .unlimited ? "" : ", for \(scope) only" }
}
