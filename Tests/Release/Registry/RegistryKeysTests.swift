// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletRegistry
import Testing

@Suite struct RegistryKeysTests {
  let scratch: ScratchRegistry
  var registry: any Registry { scratch.registry }
  let time: Date

  init() throws {
    scratch = try ScratchRegistry()
    time = scratch.time
  }

  func add(
    _ key: APIKey, to owner: Principal, scope: Scope = .unlimited, expires: Date? = nil, grants: [Grant] = [],
    at: Date? = nil
  ) throws {
    try registry.add(
      StoredKey(
        id: key.id, principal: owner.id, secretDigest: key.secretDigest, scope: scope, createdAt: at ?? time,
        expiresAt: expires), grants: grants)
  }

  @Test func keysAreFoundWithTheirOwnersAndGrantsUntilTheyAreRevoked() throws {
    let owner = try scratch.service("line 4")
    #expect(try scratch.service("line 4") == owner)
    #expect(throws: RegistryError.nameTaken("line 4")) { try scratch.person("line 4") }
    let key = APIKey.generate()
    let grant = Grant(principal: owner.id, role: .predictor, models: "digits")
    try add(key, to: owner, expires: time + 60, grants: [grant])
    let found = try #require(try registry.key(key.id))
    #expect(found.account.principal == owner)
    #expect(found.account.grants == [grant])
    #expect(found.key.scope == .unlimited)
    #expect(found.key.isLive(at: time + 59))
    #expect(!found.key.isLive(at: time + 60))
    try registry.revoke(key: key.id, at: time + 1)
    #expect(try registry.key(key.id)?.key.isLive(at: time + 2) == false)
    #expect(throws: RegistryError.noSuchKey("nobody")) { try registry.revoke(key: "nobody", at: time) }
    #expect(try registry.keys().count == 1)
  }

  @Test func aScopeIsKept() throws {
    let key = APIKey.generate()
    let scope = Scope(actions: [.predict], models: [NamePattern("dig*"), NamePattern("faces")])
    try add(key, to: try scratch.service("line 4"), scope: scope)
    #expect(try registry.key(key.id)?.key.scope == scope)
  }

  @Test func aServiceHasTwoLiveKeysAtMostSoThatOneCanReplaceTheOther() throws {
    let owner = try scratch.service("line 4")
    let keys = (0..<4).map { _ in APIKey.generate() }
    try add(keys[0], to: owner)
    try add(keys[1], to: owner, expires: time + 60)
    #expect(throws: RegistryError.tooManyKeys(owner: "line 4")) { try add(keys[2], to: owner) }
    #expect(try registry.key(keys[2].id) == nil)
    // One that has expired makes room, and so does one that was revoked.
    try add(keys[2], to: owner, at: time + 61)
    #expect(throws: RegistryError.tooManyKeys(owner: "line 4")) { try add(keys[3], to: owner, at: time + 61) }
    try registry.revoke(key: keys[0].id, at: time + 61)
    try add(keys[3], to: owner, at: time + 62)
    #expect("\(RegistryError.tooManyKeys(owner: "line 4"))".contains("martlet token revoke"))
  }

  @Test func theLastUseIsKnownToTheHour() throws {
    let key = APIKey.generate()
    try add(key, to: try scratch.service("line 4"))
    let stored = { try #require(try self.registry.key(key.id)?.key) }
    #expect(try stored().lastUsedAt == nil)
    try registry.noteUse(of: stored(), at: time + 5)
    #expect(try stored().lastUsedAt == time + 5)
    try registry.noteUse(of: stored(), at: time + 3_000)
    #expect(try stored().lastUsedAt == time + 5)
    try registry.noteUse(of: stored(), at: time + 3_605)
    #expect(try stored().lastUsedAt == time + 3_605)
  }
}
