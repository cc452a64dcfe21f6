// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletAccess
package import MartletRegistry

extension Lifecycle {
  /// Lets whoever holds a certificate with this identity be somebody.
  /// - Throws: `RegistryError.identityTaken`: a certificate is one principal's.
  package func addCertificate(
    _ identity: CertificateIdentity, to name: String, by actor: String = Record.localPrincipal
  ) throws {
    guard try store.registry.account(of: identity) == nil else {
      throw RegistryError.identityTaken(identity.text)
    }
    let now = Date()
    try change(name, "certificate.add", "added", by: actor, at: now) { principal in
      try store.registry.add(identity, of: principal.id, at: now)
    }
  }

  /// Lets nobody in with such a certificate any more. The record names whose it was.
  package func removeCertificate(
    _ identity: CertificateIdentity, by actor: String = Record.localPrincipal
  ) throws {
    guard let account = try store.registry.account(of: identity) else { return }
    let record = Record(
      "certificate.remove", outcome: "removed", by: actor, reason: account.principal.id, at: Date())
    try store.write(record) { try store.registry.remove(identity) }
  }

  /// Believes an identity provider, or believes it differently.
  package func setIssuer(_ issuer: StoredIssuer, by actor: String = Record.localPrincipal) throws {
    let record = Record(
      "issuer.set", outcome: "set", by: actor, reason: "\(issuer.issuer.issuer), keys at \(issuer.keys)",
      at: Date())
    try store.write(record) { try store.registry.set(issuer) }
  }

  /// Believes an identity provider no more.
  package func removeIssuer(_ issuer: String, by actor: String = Record.localPrincipal) throws {
    let record = Record("issuer.remove", outcome: "removed", by: actor, reason: issuer, at: Date())
    try store.write(record) { try store.registry.remove(issuer: issuer) }
  }
}
