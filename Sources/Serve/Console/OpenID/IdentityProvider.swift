// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAccess

/// Somebody else who tells who a person is, by OpenID Connect's authorization code flow with PKCE (OpenID Connect Core 1.0, 3.1;
/// RFC 7636).
package protocol IdentityProvider: Sendable {
  /// As people know it, for the button.
  var name: String { get }

  /// Where the browser goes to say who it is.
  /// - Parameters:
  ///   - back: the address that the provider sends the browser back to.
  ///   - challenge: of the code verifier, by S256.
  func address(
    back: String, state: String, nonce: String, challenge: String
  ) async -> Result<String, IdentityProviderError>

  /// Exchanges the code for a token, and checks it: signature, issuer, audience, time and nonce.
  func identity(
    for code: String, back: String, verifier: String, nonce: String
  ) async -> Result<OIDCIdentity, IdentityProviderError>
}

/// Why a provider's word was not taken. The browser is told none of it.
package enum IdentityProviderError: Error, Equatable, Sendable {
  case unreachable(String)
  case refused(status: Int)
  case malformed
  case token(OIDCError)
}

extension IdentityProviderError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreachable(let why): "the provider cannot be reached: \(why)"
    case .refused(let status): "the provider refused the code with \(status)"
    case .malformed: "the provider's answer has no id_token"
    case .token(let error): "\(error)"
    }
  }
}
