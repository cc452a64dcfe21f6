// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess

/// Sessions of browsers.
package protocol SessionStorage: Sendable {
  /// Begins a session. Those that are over are forgotten, and of more than ``Session/mostOfAPrincipal`` of one principal
  /// the least recently used end.
  func begin(_ session: Session) throws(RegistryError)

  /// The session that a cookie's token names, with whose it is; whether it is live is for the caller to ask.
  func session(_ token: SessionToken) throws(RegistryError) -> (session: Session, account: Account)?

  /// Writes down that a session was used, at most once in a minute: showing a page must not wait for the disk.
  func noteUse(of session: Session, at time: Date) throws(RegistryError)

  /// Ends a session now. One that is over already is no error.
  func end(_ session: Session, at time: Date) throws(RegistryError)

  /// Ends every session of somebody.
  func endSessions(of principal: String, at time: Date) throws(RegistryError)
}
