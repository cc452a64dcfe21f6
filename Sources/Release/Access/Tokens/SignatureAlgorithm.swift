// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import JWTKit

/// How a bearer token may be signed. There is no `none` and no HMAC: with a public key at hand, anybody could make those.
package enum SignatureAlgorithm: String, Codable, CaseIterable, Sendable {
  case es256 = "ES256"
  case es384 = "ES384"
  case es512 = "ES512"
  case ps256 = "PS256"
  case ps384 = "PS384"
  case ps512 = "PS512"
  case rs256 = "RS256"
  case rs384 = "RS384"
  case rs512 = "RS512"
  case edDSA = "EdDSA"

  /// Of a key that can be used with it.
  var keyType: JWK.KeyType {
    switch self {
    case .es256, .es384, .es512: .ecdsa
    case .edDSA: .octetKeyPair
    default: .rsa
    }
  }

  /// The one curve that belongs to it (RFC 7518, section 3.4; RFC 8037); `nil` for RSA.
  var curve: String? {
    switch self {
    case .es256: "P-256"
    case .es384: "P-384"
    case .es512: "P-521"
    case .edDSA: "Ed25519"
    default: nil
    }
  }
}
