// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletRegistry
import Testing

@Suite struct RegistryPrincipalsTests {
  let scratch: ScratchRegistry
  var registry: any Registry { scratch.registry }
  let time: Date

  init() throws {
    scratch = try ScratchRegistry()
    time = scratch.time
  }

  @Test("CVE-2025-1474: a new store has an account that everybody knows (MLflow)")
  func aNewStoreHasNobody() throws {
    #expect(try registry.accounts().isEmpty)
    #expect(try registry.keys().isEmpty)
    #expect(try registry.issuers().isEmpty)
    #expect(try !registry.hasAdministrator())
  }

  @Test func theFirstAdministratorComesFromTheSecretOnceAndInTime() throws {
    let secret = BootstrapSecret()
    let make = { (secret: BootstrapSecret, name: String, at: Date) in
      try self.registry.bootstrap(with: secret, name: name, password: self.scratch.hash("x"), at: at)
    }
    #expect(try make(secret, "anna", time) == nil, "it was not issued")
    try registry.issue(secret, at: time)
    #expect(try make(BootstrapSecret(), "anna", time) == nil)
    #expect(try make(secret, "anna", time + BootstrapSecret.lifetime) == nil, "it is too old")
    let newer = BootstrapSecret()
    try registry.issue(newer, at: time)
    #expect(try make(secret, "anna", time) == nil, "a newer one was issued")
    _ = try scratch.service("line 4")
    #expect(throws: RegistryError.nameTaken("line 4")) { try make(newer, "line 4", time) }
    let anna = try #require(try make(newer, "anna", time))
    let account = try #require(try registry.account(id: anna.id))
    #expect(account.grants == [Grant(principal: anna.id, role: .administrator)])
    #expect(account.hasPassword)
    #expect(try make(newer, "eve", time) == nil, "it was used")
    #expect(throws: RegistryError.administered) { try registry.issue(BootstrapSecret(), at: time) }
    // A secret that was issued before somebody else became administrator is worth nothing.
    try registry.disable(anna, at: time)
    try registry.issue(newer, at: time)
    try registry.disable(anna, at: nil)
    #expect(try make(newer, "eve", time) == nil)
  }

  @Test func whoIsErasedLeavesNeitherNameNorCredentialsInTheFiles() throws {
    let name = "Annegret Mustermann"
    let anna = try scratch.person(name)
    let key = APIKey.generate()
    let session = Session(SessionToken(), principal: anna.id, proof: .password, at: time)
    try registry.add(
      StoredKey(
        id: key.id, principal: anna.id, secretDigest: key.secretDigest, createdAt: time, expiresAt: nil),
      grants: [Grant(principal: anna.id, role: .viewer)])
    try registry.setPassword(scratch.hash("vermilion otter"), of: anna.id, at: time)
    try registry.setTOTP(Data("sealed secret".utf8), lastStep: nil, of: anna.id, at: time)
    try registry.begin(session)
    try registry.add(CertificateIdentity(written: "CN=Annegret"), of: anna.id, at: time)
    let approval = Approval(
      principal: anna.id, model: "digits", digest: .of([1]), evidence: .of([2]), at: time)
    try registry.add(approval)
    #expect(scratch.bytes.firstRange(of: Data(name.utf8)) != nil)
    try registry.erase(anna)
    #expect(try registry.account(id: anna.id) == nil)
    #expect(try registry.keys().isEmpty)
    #expect(try registry.account(of: CertificateIdentity(written: "CN=Annegret")) == nil)
    for trace in [name, key.secretDigest.hex, session.digest.hex, "sealed secret", "$scrypt$", "CN=Annegret"]
    {
      #expect(scratch.bytes.firstRange(of: Data(trace.utf8)) == nil, "\(trace)")
    }
    // What was decided stays, under an id that names nobody.
    #expect(try registry.approvals(of: "digits") == [approval])
    #expect(throws: RegistryError.noSuchPrincipal(name)) { try registry.erase(anna) }
    #expect(try scratch.person(name).id != anna.id)
  }

  @Test func whoIsDisabledIsSignedOut() throws {
    let anna = try scratch.person("anna")
    let token = SessionToken()
    try registry.begin(Session(token, principal: anna.id, proof: .password, at: time))
    try registry.disable(anna, at: time + 1)
    #expect(try registry.account(named: "anna")?.isDisabled == true)
    #expect(try registry.session(token)?.session.isLive(at: time + 2) == false)
    try registry.disable(anna, at: nil)
    #expect(try registry.account(named: "anna")?.isDisabled == false)
    #expect(
      try registry.session(token)?.session.isLive(at: time + 2) == false, "a session that ended has ended")
  }

  @Test func grantsComeAndGo() throws {
    let anna = try scratch.person("anna")
    let grants = [
      Grant(principal: anna.id, role: .viewer), Grant(principal: anna.id, role: .viewer, effect: .deny),
    ]
    for grant in grants + grants { try registry.add(grant) }
    #expect(Set(try #require(try registry.account(named: "anna")).grants) == Set(grants))
    try registry.remove(grants[0])
    #expect(try registry.account(named: "anna")?.grants == [grants[1]])
    #expect(throws: RegistryError.noSuchGrant("viewer on everything")) { try registry.remove(grants[0]) }
    let nobody = Grant(principal: "nobody", role: .viewer)
    #expect(throws: RegistryError.self) { try registry.add(nobody) }
  }

  @Test func agreementsAreKeptUntilTheyAreTakenBack() throws {
    let approvals = ["p1", "p2"].map {
      Approval(principal: $0, model: "digits", digest: .of([1]), evidence: .of([2]), at: time)
    }
    for approval in approvals + approvals { try registry.add(approval) }
    #expect(try registry.approvals(of: "digits") == approvals)
    #expect(try registry.approvals(of: "faces").isEmpty)
    try registry.withdraw(model: "digits", digest: .of([1]), by: "p1")
    #expect(try registry.approvals(of: "digits") == [approvals[1]])
  }
}
