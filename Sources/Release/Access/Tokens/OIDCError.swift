// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why a bearer token is refused. The words are for the log: whoever sent the token is told only that it does not work.
package enum OIDCError: Error, Equatable, Sendable {
  case malformed(String)
  /// Not among those that are allowed.
  case algorithm(String)
  case unknownKey
  case signature
  case issuer
  case audience
  case expired
  case notYetValid
  case missingClaim(String)
  /// It was made for another sign-in.
  case nonce
  case keySet(KeySetError)
}

extension OIDCError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let why): "the token is malformed: \(why)"
    case .algorithm(let name):
      "the token is signed with `\(name)`, which this issuer may not use: see `algorithms` of the issuer"
    case .unknownKey: "the issuer has no key that fits the token"
    case .signature: "the signature of the token is wrong"
    case .issuer: "the token is of another issuer"
    case .audience: "the token is for another audience: see `audiences` of the issuer"
    case .expired: "the token has expired"
    case .notYetValid: "the token is not valid yet: compare the clocks of the issuer and of this machine"
    case .missingClaim(let name): "the token has no claim `\(name)` of the expected type"
    case .nonce: "the token is for another sign-in"
    case .keySet(let error): error.description
    }
  }
}

/// Why the keys of an issuer cannot be used.
package enum KeySetError: Error, Equatable, Sendable {
  /// In the words of whoever tried to read or fetch them.
  case unreachable(String)
  case tooLarge
  case malformed
}

extension KeySetError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreachable(let why): "the issuer's keys cannot be read: \(why)"
    case .tooLarge: "expected a key set (JWKS) of at most 256 KiB and 100 keys, found a larger one"
    case .malformed: #"expected a key set (JWKS), `{"keys": […]}`, found something else"#
    }
  }
}
