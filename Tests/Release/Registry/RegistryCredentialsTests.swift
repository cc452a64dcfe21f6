// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletRegistry
import Testing

@Suite struct RegistryCredentialsTests {
  let scratch: ScratchRegistry
  var registry: any Registry { scratch.registry }
  let time: Date
  let anna: Principal

  init() throws {
    scratch = try ScratchRegistry()
    time = scratch.time
    anna = try scratch.person("anna")
  }

  @Test func aNewPasswordEndsWhatWasBegunWithTheOldOne() throws {
    #expect(try registry.password(of: anna.id) == nil)
    let old = scratch.hash("vermilion otter")
    try registry.setPassword(old, of: anna.id, at: time)
    let token = SessionToken()
    try registry.begin(Session(token, principal: anna.id, proof: .password, at: time))
    let rehashed = scratch.hash("vermilion otter")
    try registry.rehash(old, as: rehashed, of: anna.id)
    #expect(try registry.password(of: anna.id) == rehashed)
    #expect(try registry.session(token)?.session.isLive(at: time) == true)
    let new = scratch.hash("another word")
    try registry.setPassword(new, of: anna.id, at: time)
    #expect(try registry.session(token)?.session.isLive(at: time) == false)
    // A hash of the old password that comes late does not bring it back.
    try registry.rehash(old, as: rehashed, of: anna.id)
    #expect(try registry.password(of: anna.id) == new)
    try registry.setPassword(nil, of: anna.id, at: time)
    #expect(try registry.account(id: anna.id)?.hasPassword == false)
  }

  @Test func aCodeLetsOneIn() throws {
    try registry.setTOTP(Data([1, 2]), lastStep: 9, of: anna.id, at: time)
    #expect(try registry.totp(of: anna.id)?.secret == Data([1, 2]))
    #expect(try !registry.useCode(ofStep: 9, of: anna.id))
    #expect(try registry.useCode(ofStep: 10, of: anna.id))
    #expect(try !registry.useCode(ofStep: 10, of: anna.id))
    #expect(try registry.totp(of: anna.id)?.lastStep == 10)
    try registry.setTOTP(nil, lastStep: nil, of: anna.id, at: time)
    #expect(try registry.totp(of: anna.id) == nil)
    #expect(try !registry.useCode(ofStep: 11, of: anna.id))
  }

  @Test func sessionsAreFoundByTheCookieAndOnlyTheirDigestIsKept() throws {
    let token = SessionToken()
    try registry.begin(Session(token, principal: anna.id, proof: .passwordAndCode, at: time))
    let found = try #require(try registry.session(token))
    #expect(found.account.principal == anna)
    #expect(found.session.proof == .passwordAndCode)
    #expect(try registry.session(SessionToken()) == nil)
    #expect(scratch.bytes.firstRange(of: Data(token.reveal().utf8)) == nil)
    try registry.noteUse(of: found.session, at: time + 30)
    #expect(try registry.session(token)?.session.usedAt == time)
    try registry.noteUse(of: found.session, at: time + 90)
    #expect(try registry.session(token)?.session.usedAt == time + 90)
    try registry.end(found.session, at: time + 91)
    #expect(try registry.session(token)?.session.isLive(at: time + 92) == false)
  }

  @Test func theLeastRecentlyUsedOfTooManySessionsEnds() throws {
    let tokens = (0..<Session.mostOfAPrincipal + 2).map { _ in SessionToken() }
    for (index, token) in tokens.enumerated() {
      try registry.begin(Session(token, principal: anna.id, proof: .password, at: time + Double(index)))
    }
    let live = try tokens.filter { try registry.session($0) != nil }
    #expect(live.map(\.digest) == tokens.dropFirst(2).map(\.digest))
  }

  @Test func aCertificateIsOnePrincipals() throws {
    let identity = try CertificateIdentity(written: "spiffe://example.org/scorer")
    try registry.add(identity, of: anna.id, at: time)
    #expect(try registry.account(of: identity)?.principal == anna)
    let ben = try scratch.person("ben")
    #expect(throws: RegistryError.identityTaken(identity.text)) {
      try registry.add(identity, of: ben.id, at: time)
    }
    try registry.remove(identity)
    #expect(try registry.account(of: identity) == nil)
  }

  @Test func somebodyFromAnIdentityProviderIsFoundByTheirSubjectAndNeverByName() async throws {
    let issuer = OIDCIssuer(issuer: "https://id.example.org", audiences: ["martlet"])
    try registry.set(StoredIssuer(issuer, keys: "/etc/jwks.json"))
    try registry.set(StoredIssuer(issuer, keys: "/etc/new.json"))
    #expect(try registry.issuers() == [StoredIssuer(issuer, keys: "/etc/new.json")])
    let identity = { (subject: String) in
      OIDCIdentity(issuer: issuer.issuer, subject: subject, name: "anna", roles: [], expires: self.time)
    }
    #expect(try registry.account(of: identity("u-1")) == nil)
    let first = try registry.enter(identity("u-1"), as: "p1", at: time)
    #expect(first.principal.id == "p1")
    #expect(first.principal.name == "anna (https://id.example.org#u-1)")
    #expect(first.grants.isEmpty)
    #expect(try registry.account(of: identity("u-1")) == first)
    #expect(try registry.enter(identity("u-1"), as: "p9", at: time + 5) == first)
    #expect(try registry.account(of: identity("u-2")) == nil)
    try registry.remove(issuer: issuer.issuer)
    #expect(try registry.issuers().isEmpty)
    try registry.set(StoredIssuer(issuer, keys: "/etc/new.json"))
    #expect(try registry.account(of: identity("u-1")) == first)
  }
}
