// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess
package import MartletEvidence
import MartletRegistry

extension Lifecycle {
  /// Begins a session for somebody who knows their password, and has their app where they use one.
  ///
  /// A door calls it on a thread that may be kept for a second, with the address of the connection as the source, and sends the
  /// token as ``SessionCookie/field(_:)``.
  package func signIn(_ attempt: SignInAttempt, through gate: SignInGate, at time: Date) throws
    -> SignInOutcome
  {
    if let wait = gate.begin(from: attempt.source, as: attempt.name, at: time) { return .wait(wait) }
    let account = try store.registry.account(named: attempt.name).flatMap { $0.isDisabled ? nil : $0 }
    let stored = try account.flatMap { try store.registry.password(of: $0.principal.id) }
    // Also where there is nobody: how long it takes must not tell.
    guard case .right(let rehash) = gate.check(attempt.password, against: stored), let account, let stored
    else { return try refuse(account, "the password is wrong, or nobody has the name", at: time) }
    let id = account.principal.id
    if rehash, let newer = PasswordHash(attempt.password, cost: gate.cost) {
      try store.registry.rehash(stored, as: newer, of: id)
    }
    var proof = Session.Proof.password
    if let (totp, last) = try totp(of: id) {
      guard let code = attempt.code else {
        gate.succeeded(from: attempt.source, as: attempt.name)
        try note("asked for a code", by: id, "the password was right", at: time)
        return .codeNeeded
      }
      if let wait = gate.beginSecondFactor(of: id, at: time) { return .wait(wait) }
      guard let step = totp.step(of: code, at: time, after: last),
        try store.registry.useCode(ofStep: step, of: id)
      else { return try refuse(account, "the code is wrong, or was used before", at: time) }
      gate.secondFactorSucceeded(of: id)
      proof = .passwordAndCode
    }
    gate.succeeded(from: attempt.source, as: attempt.name)
    let somebody = Authenticated(account, proof: proof)
    return .signedIn(try beginSession(for: somebody, at: time), somebody)
  }

  /// Begins a session for somebody whose API key or token was checked just now.
  package func beginSession(for somebody: Authenticated, at time: Date) throws -> SessionToken {
    let token = SessionToken()
    let session = Session(
      token, principal: somebody.principal.id, proof: somebody.proof, keyID: somebody.keyID, at: time)
    let record = Record(
      "access.signin", outcome: "allowed", by: somebody.principal.id, reason: somebody.credential, at: time)
    try store.write(record) { try store.registry.begin(session) }
    return token
  }

  /// Records that a credential which is no password let nobody in.
  package func refuseSignIn(of somebody: Authenticated?, _ reason: String, at time: Date) throws {
    try note("refused", by: somebody?.principal.id ?? "unknown", reason, at: time)
  }

  /// Who is behind a cookie; `nil` for a session that is over, or whose owner is disabled, or whose key was revoked. Counts as a
  /// use of it.
  /// - Parameter granted: what the claims of a token gave whoever signed in with it, by the digest of the session. A session
  ///   of which that is not known any more is over.
  package func authenticate(
    session token: SessionToken, at time: Date, granted: (Digest) -> [Grant]? = { _ in [] }
  ) throws -> Authenticated? {
    guard let (session, account) = try store.registry.session(token), session.isLive(at: time),
      !account.isDisabled
    else { return nil }
    var grants: [Grant] = []
    if session.proof == .oidc {
      guard let known = granted(session.digest) else { return nil }
      grants = known
    }
    try store.registry.noteUse(of: session, at: time)
    guard let keyID = session.keyID else {
      return Authenticated(account, proof: session.proof, granted: grants)
    }
    return try authenticated(earlierWith: keyID, at: time)
  }

  /// Ends a session. Signing out twice is no error.
  package func signOut(_ token: SessionToken, at time: Date) throws {
    guard let (session, account) = try store.registry.session(token), session.isLive(at: time) else { return }
    let record = Record("access.signout", outcome: "ended", by: account.principal.id, at: time)
    try store.write(record) { try store.registry.end(session, at: time) }
  }

  /// Who holds a certificate whose chain TLS has verified; `nil` for somebody unknown or disabled.
  package func authenticate(certificate identity: CertificateIdentity) throws -> Authenticated? {
    let mark = try store.credentials.mark(store.registry)
    guard let account = try store.registry.account(of: identity), !account.isDisabled else { return nil }
    store.credentials.note(
      .init(proof: .certificate, account: account), as: .certificate(identity), mark: mark)
    return Authenticated(account, proof: .certificate)
  }

  /// The same for a certificate that was presented a moment ago, without asking the database; `nil` when it has to be asked.
  package func authenticateFromMemory(certificate identity: CertificateIdentity, at time: Date) throws
    -> Authenticated?
  {
    try store.credentials.known(.certificate(identity), in: store.registry)?.authenticated(at: time)
  }

  /// Where the store stands before a token is checked: see ``authenticate(token:at:presented:since:)``.
  package func credentialMark() throws -> Int64 { try store.credentials.mark(store.registry) }

  /// Who a verified token is about, with what its claims give; `nil` for somebody disabled.
  package func authenticate(token identity: OIDCIdentity, at time: Date) throws -> Authenticated? {
    let account = try store.registry.account(of: identity) ?? enter(identity, at: time)
    guard !account.isDisabled else { return nil }
    return Authenticated(account, proof: .oidc, granted: identity.grants(for: account.principal))
  }

  /// The same, and remembers the token for a while.
  /// - Parameters:
  ///   - text: the token.
  ///   - mark: where the store stood before the issuers of the store were asked about it.
  package func authenticate(
    token identity: OIDCIdentity, at time: Date, presented text: String, since mark: Int64
  ) throws -> Authenticated? {
    let account = try store.registry.account(of: identity)
    let somebody = try authenticate(token: identity, at: time)
    if let account, somebody != nil {
      let until = min(identity.expires, time + CredentialMemory.tokenTrustedFor)
      store.credentials.note(
        .init(proof: .token(identity, until: until), account: account), as: .bearer(.of(Array(text.utf8))),
        mark: mark)
    }
    return somebody
  }

  private func refuse(_ account: Account?, _ reason: String, at time: Date) throws -> SignInOutcome {
    try note("refused", by: account?.principal.id ?? "unknown", reason, at: time)
    return .refused
  }

  private func note(_ outcome: String, by principal: String, _ reason: String, at time: Date) throws {
    try store.record([Record("access.signin", outcome: outcome, by: principal, reason: reason, at: time)])
  }

  /// Somebody whom the store has not seen before.
  private func enter(_ identity: OIDCIdentity, at time: Date) throws -> Account {
    let id = UUID().uuidString.lowercased()
    let record = Record(
      "user.add", outcome: "added", by: id, reason: "person \(id) by a token of \(identity.issuer)", at: time)
    return try store.write(record) { try store.registry.enter(identity, as: id, at: time) }
  }
}
