// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess

/// Passwords, and codes that go with them.
package protocol PasswordStorage: Sendable {
  /// The hash of somebody's password; `nil` where there is none.
  func password(of principal: String) throws(RegistryError) -> PasswordHash?

  /// Replaces a password, or takes it away. Whoever was signed in with the old one is not any more.
  func setPassword(
    _ hash: PasswordHash?, of principal: String, at time: Date
  ) throws(RegistryError)

  /// Keeps the same password under a newer hash, unless it was changed meanwhile.
  func rehash(
    _ old: PasswordHash, as new: PasswordHash, of principal: String
  ) throws(RegistryError)

  /// The sealed secret of somebody's authenticator app, with the step of the last code that was accepted.
  func totp(of principal: String) throws(RegistryError) -> (secret: Data, lastStep: Int64?)?

  /// Replaces the secret of an authenticator app, or takes it away.
  /// - Parameter lastStep: of the code that proved that the app has the secret.
  func setTOTP(
    _ secret: Data?, lastStep: Int64?, of principal: String, at time: Date
  ) throws(RegistryError)

  /// Uses up a code.
  /// - Returns: false when it, or a later one, was used before: of two who present the same code, one gets in.
  func useCode(ofStep step: Int64, of principal: String) throws(RegistryError) -> Bool
}
