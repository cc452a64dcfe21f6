// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess
import MartletBytes
import MartletEncrypt
import MartletRegistry

extension Lifecycle {
  /// Gives a person a password, or another one. Whoever was signed in is not any more.
  /// - Throws: `PasswordFault`, ``AccessError/notAPerson(_:)``, ``AccessError/noMemory(bytes:)``.
  package func setPassword(
    _ password: String, of name: String, cost: ScryptCost = .standard,
    by actor: String = Record.localPrincipal
  ) throws {
    _ = try person(name)
    let hash = try Self.hash(password, of: name, cost)
    let now = Date()
    try change(name, "user.password", "set", by: actor, at: now) { principal in
      try store.registry.setPassword(hash, of: principal.id, at: now)
    }
  }

  /// Wants a code of an authenticator app from a person from now on, besides the password.
  /// - Parameter code: what the app shows, as proof that it has the secret.
  /// - Throws: ``AccessError/noPassword(_:)``, ``AccessError/wrongCode``, ``AccessError/notAPerson(_:)``.
  package func setTOTP(
    _ totp: TOTP, of name: String, provedBy code: String, by actor: String = Record.localPrincipal
  ) throws {
    guard try person(name).hasPassword else { throw AccessError.noPassword(name) }
    let now = Date()
    guard let step = totp.step(of: code, at: now, after: nil) else { throw AccessError.wrongCode }
    // Whoever gets a copy of the database reads no secret in it.
    var sealed = Data()
    _ = try SealedFile.seal(Bytes(totp.secret), to: [store.identity.recipient]) { piece in
      for index in 0..<piece.count { sealed.append(piece[index]) }
    }
    try change(name, "user.totp", "set", by: actor, at: now) { principal in
      try store.registry.setTOTP(sealed, lastStep: step, of: principal.id, at: now)
    }
  }

  /// Wants no code from a person any more.
  package func removeTOTP(of name: String, by actor: String = Record.localPrincipal) throws {
    let now = Date()
    try change(name, "user.totp", "removed", by: actor, at: now) { principal in
      try store.registry.setTOTP(nil, lastStep: nil, of: principal.id, at: now)
    }
  }

  /// The first administrator, made with the secret that the server printed.
  /// - Returns: `nil` for a secret that does not work, which is recorded.
  /// - Throws: `PasswordFault`, `RegistryError.nameTaken`, ``AccessError/name(found:)``, ``AccessError/noMemory(bytes:)``.
  package func bootstrap(
    with secret: BootstrapSecret, name: String, password: String, cost: ScryptCost = .standard, at time: Date
  ) throws -> Principal? {
    try Self.checkName(name)
    let hash = try Self.hash(password, of: name, cost)
    let record = Record("access.bootstrap", outcome: "attempted", by: "unknown", at: time)
    let made = try store.write(record) {
      try store.registry.bootstrap(with: secret, name: name, password: hash, at: time)
    }
    if let made {
      try store.record([Record("access.bootstrap", outcome: "made", by: made.id, reason: made.id, at: time)])
    }
    return made
  }

  /// A secret for the terminal of the server, where the store has no administrator; `nil` where it has one.
  package func issueBootstrapSecret(at time: Date) throws -> BootstrapSecret? {
    guard try !store.registry.hasAdministrator() else { return nil }
    let secret = BootstrapSecret()
    let record = Record("access.bootstrap", outcome: "issued", by: Record.localPrincipal, at: time)
    try store.write(record) { try store.registry.issue(secret, at: time) }
    return secret
  }

  /// The secret of somebody's app, opened with the key of the store.
  func totp(of principal: String) throws -> (totp: TOTP, lastStep: Int64?)? {
    guard let kept = try store.registry.totp(of: principal) else { return nil }
    let opened = try SealedFile.open(Bytes(Array(kept.secret)), with: store.identity)
    let secret = opened.span
    guard let totp = TOTP(secret: (0..<secret.count).map { secret[$0] }) else { return nil }
    return (totp, kept.lastStep)
  }

  private static func hash(_ password: String, of name: String, _ cost: ScryptCost) throws -> PasswordHash {
    try PasswordRules.check(password, of: name)
    guard let hash = PasswordHash(password, cost: cost) else {
      throw AccessError.noMemory(bytes: cost.memory)
    }
    return hash
  }

  private func person(_ name: String) throws -> Account {
    let account = try account(named: name)
    guard account.principal.kind == .person else { throw AccessError.notAPerson(name) }
    return account
  }
}
