// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletRegistry
import Testing

@testable import MartletLifecycle

/// Who gets in with what, and what the log says about it.
@Suite struct SignInTests {
  private static let cost = ScryptCost(logN: 4, r: 8, p: 1)!
  private static let password = "vermilion otter 7 quay"

  private let scratch = Scratch()
  private let lifecycle: Lifecycle
  private let gate = SignInGate(cost: SignInTests.cost)
  private let anna: Principal
  private let time = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))

  init() throws {
    lifecycle = try scratch.lifecycle()
    anna = try lifecycle.addPrincipal(named: "anna", kind: .person)
    try lifecycle.setPassword(Self.password, of: "anna", cost: Self.cost)
  }

  private func signIn(
    _ name: String = "anna", _ password: String = password, code: String? = nil,
    from source: ClientSource = ClientSource(address: [192, 0, 2, 1]), at seconds: TimeInterval = 0
  ) throws -> SignInOutcome {
    try lifecycle.signIn(
      SignInAttempt(name: name, password: password, code: code, source: source), through: gate,
      at: time + seconds)
  }

  private func session(_ outcome: SignInOutcome) throws -> SessionToken {
    guard case .signedIn(let token, _) = outcome else {
      Issue.record("expected a session, found \(outcome)")
      throw AccessError.wrongCode
    }
    return token
  }

  private func isRefused(_ outcome: SignInOutcome) -> Bool {
    if case .refused = outcome { true } else { false }
  }

  @Test func aPasswordOpensASessionUntilItIsOverOrSignedOut() throws {
    let token = try session(try signIn())
    let somebody = try #require(try lifecycle.authenticate(session: token, at: time + 60))
    #expect(somebody.principal == anna)
    #expect(somebody.proof == .password)
    #expect(!somebody.may(.view, .model("digits")).allowed)
    try lifecycle.grant(.viewer, on: "digits", to: "anna", effect: .allow)
    #expect(
      try lifecycle.authenticate(session: token, at: time + 61)?.may(.view, .model("digits")).allowed == true)
    #expect(try lifecycle.authenticate(session: token, at: time + 60 + 30 * 60) == nil)
    try lifecycle.signOut(token, at: time + 62)
    #expect(try lifecycle.authenticate(session: token, at: time + 63) == nil)
    try lifecycle.signOut(token, at: time + 64)
    #expect(try lifecycle.authenticate(session: SessionToken(), at: time) == nil)
  }

  @Test func everythingWrongGetsOneAnswer() throws {
    _ = try lifecycle.addPrincipal(named: "line-4", kind: .service)
    for (name, password) in [
      ("anna", "wrong"), ("anna", ""), ("nobody", Self.password), ("line-4", ""), ("", ""),
      ("ANNA", Self.password),
    ] {
      #expect(
        isRefused(try signIn(name, password, from: ClientSource(address: [10, 0, 0, UInt8(name.count)]))))
    }
    try lifecycle.disable("anna")
    #expect(isRefused(try signIn()))
    try lifecycle.enable("anna")
    _ = try session(try signIn())
  }

  @Test func guessesWaitAndTheOwnerElsewhereDoesNot() throws {
    for _ in 0..<5 { #expect(isRefused(try signIn("anna", "guess"))) }
    guard case .wait(let seconds) = try signIn("anna", Self.password) else {
      Issue.record("expected to wait")
      return
    }
    #expect(seconds > 0)
    _ = try session(try signIn(from: ClientSource(address: [198, 51, 100, 1])))
    _ = try session(try signIn(at: 60))
  }

  @Test func aCodeIsWantedWhereThereIsAnAppAndWorksOnce() throws {
    let totp = TOTP()
    #expect(throws: AccessError.wrongCode) {
      try lifecycle.setTOTP(totp, of: "anna", provedBy: totp.code(at: time) == "000000" ? "000001" : "000000")
    }
    try lifecycle.setTOTP(totp, of: "anna", provedBy: totp.code(at: Date()))
    guard case .codeNeeded = try signIn() else {
      Issue.record("expected to be asked for a code")
      return
    }
    #expect(isRefused(try signIn(code: "12345")))
    let later = time + 90
    let code = totp.code(at: later)
    #expect(isRefused(try signIn("anna", "wrong", code: code, at: 90)))
    let token = try session(try signIn(code: code, at: 90))
    #expect(try lifecycle.authenticate(session: token, at: later)?.proof == .passwordAndCode)
    #expect(isRefused(try signIn(code: code, at: 91)), "a replay")
    // In the database the secret is sealed.
    let database = try Data(contentsOf: URL(fileURLWithPath: scratch.home.database))
    let journal = (try? Data(contentsOf: URL(fileURLWithPath: scratch.home.database + "-wal"))) ?? Data()
    #expect((database + journal).firstRange(of: Data(totp.secret)) == nil)
    try lifecycle.removeTOTP(of: "anna")
    _ = try session(try signIn(at: 200))
  }

  @Test func aWeakHashIsMadeAnewWhenItsOwnerComes() throws {
    let stronger = SignInGate(cost: ScryptCost(logN: 5, r: 8, p: 1)!)
    let attempt = SignInAttempt(name: "anna", password: Self.password, source: .local)
    _ = try session(try lifecycle.signIn(attempt, through: stronger, at: time))
    #expect(try lifecycle.store.registry.password(of: anna.id)?.cost.logN == 5)
    _ = try session(try lifecycle.signIn(attempt, through: stronger, at: time))
  }

  @Test func aNewPasswordSignsOut() throws {
    let token = try session(try signIn())
    try lifecycle.setPassword("tortoise-gravel-yonder", of: "anna", cost: Self.cost)
    #expect(try lifecycle.authenticate(session: token, at: time) == nil)
    #expect(isRefused(try signIn()))
    #expect(throws: PasswordFault.common) {
      try lifecycle.setPassword("password-2026", of: "anna", cost: Self.cost)
    }
  }

  @Test func theFirstAdministratorComesFromTheSecretOfTheServer() throws {
    let secret = try #require(try lifecycle.issueBootstrapSecret(at: time))
    let make = { (secret: BootstrapSecret) in
      try self.lifecycle.bootstrap(
        with: secret, name: "root-of-all", password: Self.password, cost: Self.cost, at: self.time)
    }
    #expect(try make(BootstrapSecret()) == nil)
    let first = try #require(try make(secret))
    #expect(
      try lifecycle.account(named: "root-of-all").grants == [Grant(principal: first.id, role: .administrator)]
    )
    #expect(try make(secret) == nil)
    #expect(try lifecycle.issueBootstrapSecret(at: time) == nil)
  }

  @Test func aScopedKeyDoesNoMoreThanItsScope() throws {
    let key = try lifecycle.makeKey(
      for: "line-4", kind: .service, role: .administrator,
      scope: Scope(actions: [.predict], models: [NamePattern("dig*")]))
    let somebody = try #require(try lifecycle.authenticate(key.reveal(), at: time))
    #expect(somebody.may(.predict, .model("digits")).allowed)
    #expect(!somebody.may(.predict, .model("faces")).allowed)
    #expect(!somebody.may(.administer, .everything).allowed)
    #expect(!somebody.mayAnywhere(.view))
    let next = try lifecycle.rotateKey(key.id)
    #expect(
      try lifecycle.authenticate(next.reveal(), at: time)?.may(.view, .model("digits")).allowed == false)
    #expect(throws: RegistryError.tooManyKeys(owner: "line-4")) { try lifecycle.rotateKey(next.id) }
    try lifecycle.disable("line-4")
    #expect(try lifecycle.authenticate(key.reveal(), at: time) == nil)
  }

  @Test func somebodyWithATokenIsEnteredOnceAndHasWhatTheClaimsGive() throws {
    let identity = OIDCIdentity(
      issuer: "https://id.example.org", subject: "u-1", name: "eve",
      roles: [.init(claim: "groups", value: "ml-team", role: .submitter, models: "digits")], expires: time)
    let first = try #require(try lifecycle.authenticate(token: identity, at: time))
    #expect(first.proof == .oidc)
    #expect(first.may(.submit, .model("digits")).allowed)
    #expect(!first.may(.submit, .model("faces")).allowed)
    #expect(try lifecycle.authenticate(token: identity, at: time)?.principal == first.principal)
    #expect(try lifecycle.logPage(count: 9).entries[0].record?.principal == first.principal.id)
    try lifecycle.grant(.submitter, on: "*", to: first.principal.name, effect: .deny)
    #expect(
      try lifecycle.authenticate(token: identity, at: time)?.may(.submit, .model("digits")).allowed == false)
    try lifecycle.disable(first.principal.name)
    #expect(try lifecycle.authenticate(token: identity, at: time) == nil)
  }

  private func remembered(_ text: String, _ later: TimeInterval = 0) throws -> Authenticated? {
    try lifecycle.authenticateFromMemory(Array(text.utf8).span, at: time + later)
  }

  /// A token that was checked is not checked again for a while, unless anything has changed or it has expired.
  @Test func aTokenIsRememberedForAWhile() throws {
    func identity(for seconds: TimeInterval) -> OIDCIdentity {
      OIDCIdentity(
        issuer: "https://id.example.org", subject: "u-1", name: "eve",
        roles: [.init(claim: "groups", value: "ml-team", role: .submitter, models: "digits")],
        expires: time + seconds)
    }
    func present(_ text: String, _ seconds: TimeInterval) throws -> Authenticated? {
      try lifecycle.authenticate(
        token: identity(for: seconds), at: time, presented: text, since: try lifecycle.credentialMark())
    }
    // Whoever is new is entered, and with that the store has changed.
    let first = try #require(try present("a.b.c", 600))
    #expect(try remembered("a.b.c") == nil)
    #expect(try present("a.b.c", 600)?.principal == first.principal)
    let known = try #require(try remembered("a.b.c"))
    #expect(known.principal == first.principal && known.proof == .oidc && known.keyID == nil)
    #expect(known.may(.submit, .model("digits")).allowed && !known.may(.submit, .model("faces")).allowed)
    #expect(try remembered("a.b.d") == nil && remembered("a.b.c ") == nil && remembered("") == nil)
    #expect(try remembered("a.b.c", 59) != nil)
    #expect(try remembered("a.b.c", 60) == nil)
    #expect(try present("short", 5) != nil)
    #expect(try remembered("short", 4.9) != nil)
    #expect(try remembered("short", 5) == nil)
    // An issuer that went away while it was asked, say.
    let mark = try lifecycle.credentialMark()
    try lifecycle.grant(.predictor, on: "*", to: "anna", effect: .allow)
    #expect(
      try lifecycle.authenticate(token: identity(for: 600), at: time, presented: "late", since: mark) != nil)
    #expect(try remembered("late") == nil)
    #expect(try present("a.b.c", 600) != nil)
    try lifecycle.disable(first.principal.name)
    try waitUntilSeen()
    #expect(try remembered("a.b.c") == nil)
    #expect(try present("a.b.c", 600) == nil)
    #expect(try remembered("a.b.c") == nil)
  }

  /// Asks the store at once, where it would be asked within milliseconds.
  private func waitUntilSeen() throws { _ = try lifecycle.credentialMark() }

  @Test func whatIsRememberedHasABound() throws {
    let account = try lifecycle.account(named: "anna")
    let memory = CredentialMemory()
    let mark = try memory.mark(lifecycle.store.registry)
    for number in 0..<CredentialMemory.most + 5 {
      let digest = Digest.of(Array("\(number)".utf8))
      memory.note(.init(proof: .certificate, account: account), as: .bearer(digest), mark: mark)
    }
    #expect(memory.count <= CredentialMemory.most)
    #expect(
      try memory.known(.bearer(.of(Array("\(CredentialMemory.most + 4)".utf8))), in: lifecycle.store.registry)
        != nil)
  }

  @Test func aCertificateIsWhoeverItWasGivenTo() throws {
    let identity = try CertificateIdentity(written: "spiffe://example.org/scorer")
    #expect(try lifecycle.authenticate(certificate: identity) == nil)
    try lifecycle.addCertificate(identity, to: "anna")
    #expect(try lifecycle.authenticateFromMemory(certificate: identity, at: time) == nil)
    #expect(try lifecycle.authenticate(certificate: identity)?.principal == anna)
    let known = try lifecycle.authenticateFromMemory(certificate: identity, at: time)
    #expect(known?.principal == anna && known?.proof == .certificate)
    // The text of a certificate's name is no credential.
    #expect(try remembered(identity.text) == nil)
    #expect(throws: RegistryError.identityTaken(identity.text)) {
      try lifecycle.addCertificate(identity, to: "anna")
    }
    try lifecycle.removeCertificate(identity)
    #expect(try lifecycle.authenticate(certificate: identity) == nil)
  }

  @Test func theLogKnowsIdsAndNoNames() throws {
    _ = try signIn()
    _ = try signIn("anna", "wrong")
    try lifecycle.grant(.viewer, on: "*", to: "anna", effect: .allow)
    #expect(try lifecycle.erase("anna") == anna.id)
    let all = try lifecycle.logPage(count: 100).entries.compactMap(\.record)
    #expect(
      all.map(\.action).reversed() == [
        "user.add", "user.password", "access.signin", "access.signin", "grant.add", "user.erase",
      ])
    for record in all {
      #expect(!String(decoding: record.encoded(), as: UTF8.self).contains("anna"))
      #expect(record.principal == anna.id || record.reason?.contains(anna.id) == true, "\(record)")
    }
  }
}
