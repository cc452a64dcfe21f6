// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess

/// What certificates and identity providers say about people and services.
package protocol IdentityStorage: Sendable {
  /// Lets whoever holds a certificate with this identity be `principal`.
  /// - Throws: ``RegistryError/identityTaken(_:)``: a certificate is one principal's.
  func add(_ identity: CertificateIdentity, of principal: String, at time: Date) throws(RegistryError)

  func remove(_ identity: CertificateIdentity) throws(RegistryError)

  func account(of identity: CertificateIdentity) throws(RegistryError) -> Account?

  /// Believes an identity provider, or believes it differently.
  func set(_ stored: StoredIssuer) throws(RegistryError)

  /// Believes an identity provider no more. The principals that came from it stay, and are
  /// the same again when it is believed again.
  func remove(issuer: String) throws(RegistryError)

  func issuers() throws(RegistryError) -> [StoredIssuer]

  /// Whom a verified token is about; `nil` for somebody whom the store has not seen before.
  func account(of identity: OIDCIdentity) throws(RegistryError) -> Account?

  /// Enters somebody whom a verified token is about: without any grant but those of the token's claims. The name is for people
  /// to read, and never finds anybody.
  /// - Parameter id: of the new principal; whoever was entered meanwhile keeps their own.
  func enter(_ identity: OIDCIdentity, as id: String, at time: Date) throws(RegistryError) -> Account
}
