// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess

/// People and services, what they were granted, and how the first administrator comes to be.
package protocol PrincipalStorage: Sendable {
  /// Whether somebody may administer the store. Before that, a server prints a ``BootstrapSecret``.
  func hasAdministrator() throws(RegistryError) -> Bool

  /// Lets `secret` make the first administrator; one that was issued before is worth nothing from now on.
  /// - Throws: ``RegistryError/administered`` when there is one.
  func issue(_ secret: BootstrapSecret, at time: Date) throws(RegistryError)

  /// Makes the first administrator, and uses the secret up: both, or neither.
  /// - Returns: `nil` for a secret that was not issued, was used, is too old, or comes after somebody else's.
  /// - Throws: ``RegistryError/nameTaken(_:)``.
  func bootstrap(
    with secret: BootstrapSecret, name: String, password: PasswordHash, at time: Date
  ) throws(RegistryError) -> Principal?

  /// Adds a grant. One that is there already gives the answers of the new one from now on.
  func add(_ grant: Grant) throws(RegistryError)

  /// Takes a grant away, whatever answers it gives.
  /// - Throws: ``RegistryError/noSuchGrant(_:)``.
  func remove(_ grant: Grant) throws(RegistryError)

  /// The principal called `name`, made when there is none.
  /// - Throws: ``RegistryError/nameTaken(_:)`` when a principal of the other kind has the name.
  func principal(
    named name: String, kind: Principal.Kind, at time: Date
  ) throws(RegistryError) -> Principal

  /// Enters a new principal.
  /// - Throws: ``RegistryError/nameTaken(_:)``.
  func add(_ principal: Principal, at time: Date) throws(RegistryError)

  /// - Throws: ``RegistryError/nameTaken(_:)`` when a principal of the other kind has the name.
  func checkName(_ name: String, isFreeFor kind: Principal.Kind) throws(RegistryError)

  /// Everybody, by name.
  func accounts() throws(RegistryError) -> [Account]

  func account(id: String) throws(RegistryError) -> Account?

  func account(named name: String) throws(RegistryError) -> Account?

  /// From `time` on none of their credentials works, and their sessions are over; with `nil` they work again.
  /// - Throws: ``RegistryError/noSuchPrincipal(_:)``.
  func disable(_ principal: Principal, at time: Date?) throws(RegistryError)

  /// Takes the name and every credential of somebody out of the database, beyond recovery from its files. The id alone is left, in
  /// the log and in approvals, where it stands for somebody nobody can name any more.
  /// - Throws: ``RegistryError/noSuchPrincipal(_:)``.
  func erase(_ principal: Principal) throws(RegistryError)
}
