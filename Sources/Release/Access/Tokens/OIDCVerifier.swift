// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import JWTKit

/// Checks the bearer tokens of one issuer.
///
///     let verifier = OIDCVerifier(issuer, keys: source)
///     let identity = try await verifier.verify(token, at: now)
///
/// A door keeps one for each issuer, finds the principal by the identity's issuer and subject, adds
/// ``OIDCIdentity/grants(for:)`` to the stored grants, and asks ``authorize(_:_:_:context:)``.
package struct OIDCVerifier: Sendable {
  package let issuer: OIDCIssuer
  private let cache: KeySetCache

  package init(_ issuer: OIDCIssuer, keys source: any KeySetSource) {
    self.issuer = issuer
    cache = KeySetCache(source)
  }

  /// In this order: form, algorithm, key, signature, claims. Nothing in a token is believed before its signature was right.
  /// - Parameter nonce: that the token must have been made for (OpenID Connect Core 1.0, 3.1.3.7); nil where no sign-in was begun.
  package func verify(
    _ text: String, at time: Date, nonce: String? = nil
  ) async throws(OIDCError) -> OIDCIdentity {
    let token = try BearerToken(text)
    guard issuer.algorithms.contains(token.algorithm) else { throw .algorithm(token.algorithm.rawValue) }
    let claims = try await Self.claims(of: token, with: try await key(for: token, at: time))
    let identity = try issuer.identity(in: claims, at: time)
    if let nonce {
      guard claims.text("nonce").map({ Array($0.utf8) == Array(nonce.utf8) }) == true else { throw .nonce }
    }
    return identity
  }

  private func key(for token: BearerToken, at time: Date) async throws(OIDCError) -> JWK {
    let known: KeySet
    do throws(KeySetError) { known = try await cache.keys(at: time) } catch { throw .keySet(error) }
    if let key = known.key(for: token) { return key }
    guard let key = await cache.newerKeys(at: time)?.key(for: token) else { throw .unknownKey }
    return key
  }

  /// - Parameter key: the only one that jwt-kit may use, for the only algorithm: what the header says no longer plays a part.
  private static func claims(of token: BearerToken, with key: JWK) async throws(OIDCError) -> TokenClaims {
    var key = key
    key.algorithm = JWK.Algorithm(rawValue: token.algorithm.rawValue)
    key.keyIdentifier = JWKIdentifier(string: token.keyID ?? "only")
    do {
      let keys = JWTKeyCollection()
      try await keys.add(jwk: key, isDefault: true)
      return try await keys.verify(token.text, as: TokenClaims.self)
    } catch {
      throw .signature
    }
  }
}
