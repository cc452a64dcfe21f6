// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletAccess
import Synchronization

/// An identity provider in the memory of a test: makes tokens, true and false ones, and counts who asks for its keys.
final class TokenForge: KeySetSource {
  static let issuer = "https://id.example.org"
  static let time = Date(timeIntervalSince1970: 1_700_000_000)

  let key = P256.Signing.PrivateKey()
  private let state: Mutex<(keys: String, fetches: Int)>

  init() {
    state = Mutex(("", 0))
    publish([Self.jwk(key.publicKey, kid: "k1")])
  }

  var fetches: Int { state.withLock { $0.fetches } }

  func fetch() async throws(KeySetError) -> [UInt8] {
    let keys = state.withLock {
      $0.fetches += 1
      return $0.keys
    }
    guard !keys.isEmpty else { throw .unreachable("no answer") }
    return Array(keys.utf8)
  }

  func publish(_ keys: [String]) {
    state.withLock { $0.keys = #"{"keys":[\#(keys.joined(separator: ","))]}"# }
  }

  func publish(raw text: String) { state.withLock { $0.keys = text } }

  static func jwk(_ key: P256.Signing.PublicKey, kid: String, more: String = "") -> String {
    let x = base64(key.rawRepresentation.prefix(32))
    let y = base64(key.rawRepresentation.suffix(32))
    return #"{"kty":"EC","crv":"P-256","kid":"\#(kid)","x":"\#(x)","y":"\#(y)"\#(more)}"#
  }

  /// The claims of a good token, changed: `nil` takes one away.
  static func claims(_ changes: [String: Any?] = [:]) -> [String: Any] {
    var claims: [String: Any] = [
      "iss": issuer, "aud": "martlet", "sub": "u-17", "iat": 1_699_999_990, "nbf": 1_699_999_990,
      "exp": 1_700_000_300, "groups": ["ml-team", "staff"],
      "realm_access": ["roles": ["approver"]], "preferred_username": "anna",
    ]
    for (name, value) in changes { claims[name] = value }
    return claims
  }

  func token(
    _ changes: [String: Any?] = [:], header: [String: Any] = ["alg": "ES256", "kid": "k1", "typ": "JWT"],
    signedWith other: P256.Signing.PrivateKey? = nil
  ) throws -> String {
    let body = try Self.part(header) + "." + Self.part(Self.claims(changes))
    let signature = try (other ?? key).signature(for: Data(body.utf8)).rawRepresentation
    return body + "." + Self.base64(signature)
  }

  static func part(_ value: [String: Any]) throws -> String {
    base64(try JSONSerialization.data(withJSONObject: value))
  }

  static func base64(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }
}
