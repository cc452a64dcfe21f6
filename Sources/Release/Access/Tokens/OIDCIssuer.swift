// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation

/// An identity provider that the store believes, and how far.
package struct OIDCIssuer: Codable, Hashable, Sendable {
  /// Gives whoever has a value in a claim a role, as long as they have it.
  package struct Mapping: Codable, Hashable, Sendable {
    /// Such as `groups` or `realm_access.roles`.
    package let claim: String
    package let value: String
    package let role: Role
    package let models: String

    package init(claim: String, value: String, role: Role, models: String = "*") {
      self.claim = claim
      self.value = value
      self.role = role
      self.models = models
    }
  }

  /// As the tokens have it in `iss`, byte for byte.
  package let issuer: String
  /// One of these must be in `aud`.
  package let audiences: [String]
  package let algorithms: Set<SignatureAlgorithm>
  package let mappings: [Mapping]

  /// Seconds by which clocks may differ.
  package static let skew: TimeInterval = 60

  package init(
    issuer: String, audiences: [String], algorithms: Set<SignatureAlgorithm> = [.es256, .rs256],
    mappings: [Mapping] = []
  ) {
    self.issuer = issuer
    self.audiences = audiences
    self.algorithms = algorithms
    self.mappings = mappings
  }

  /// Who the claims are about, when they fit.
  func identity(in claims: TokenClaims, at time: Date) throws(OIDCError) -> OIDCIdentity {
    guard let issuer = claims.text("iss") else { throw .missingClaim("iss") }
    guard Array(issuer.utf8) == Array(self.issuer.utf8) else { throw .issuer }
    guard !Set(claims.texts("aud")).isDisjoint(with: audiences) else { throw .audience }
    guard let expires = claims.time("exp") else { throw .missingClaim("exp") }
    guard time < expires + Self.skew else { throw .expired }
    for name in ["nbf", "iat"] where claims.has(name) {
      guard let begins = claims.time(name) else { throw .missingClaim(name) }
      guard begins <= time + Self.skew else { throw .notYetValid }
    }
    guard let subject = claims.text("sub"), !subject.isEmpty, subject.utf8.count <= 255 else {
      throw .missingClaim("sub")
    }
    let held = mappings.filter { claims.texts($0.claim).contains($0.value) }
    return OIDCIdentity(
      issuer: issuer, subject: subject, name: claims.text("preferred_username") ?? claims.text("email"),
      roles: held, expires: expires)
  }
}

/// Who a bearer token is about. Issuer and subject together find the principal, never a name or an address: those change hands.
package struct OIDCIdentity: Equatable, Sendable {
  package let issuer: String
  package let subject: String
  /// For people to read.
  package let name: String?
  /// What the claims of the token give, beside the grants of the store.
  package let roles: [OIDCIssuer.Mapping]
  package let expires: Date

  package init(
    issuer: String, subject: String, name: String?, roles: [OIDCIssuer.Mapping], expires: Date
  ) {
    self.issuer = issuer
    self.subject = subject
    self.name = name
    self.roles = roles
    self.expires = expires
  }

  /// The grants that the claims come to, for this request.
  package func grants(for principal: Principal) -> [Grant] {
    roles.map { Grant(principal: principal.id, role: $0.role, models: $0.models) }
  }
}
