// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import CryptoExtras
import Foundation
import MartletAccess
import Testing

/// Tokens and key sets of every kind that identity providers use.
@Suite struct SignatureAlgorithmTests {
  /// A key of one kind: its public half as a key set has it, and what it signs.
  struct Signer: Sendable {
    let jwk: String
    let sign: @Sendable (Data) throws -> Data
  }

  static func point(_ key: Data, _ curve: String) -> String {
    let half = key.count / 2
    return
      #"{"kty":"EC","crv":"\#(curve)","kid":"k1","x":"\#(TokenForge.base64(key.prefix(half)))","y":"\#(TokenForge.base64(key.suffix(half)))"}"#
  }

  static func rsa(_ bits: Int, _ padding: _RSA.Signing.Padding) throws -> Signer {
    let key = try _RSA.Signing.PrivateKey(unsafeKeySize: .init(bitCount: bits))
    let numbers = try key.publicKey.getKeyPrimitives()
    let n = TokenForge.base64(numbers.modulus)
    let e = TokenForge.base64(numbers.publicExponent)
    return Signer(jwk: #"{"kty":"RSA","kid":"k1","n":"\#(n)","e":"\#(e)"}"#) {
      try key.signature(for: SHA256.hash(data: $0), padding: padding).rawRepresentation
    }
  }

  static func signer(_ algorithm: SignatureAlgorithm) throws -> Signer? {
    switch algorithm {
    case .es384:
      let key = P384.Signing.PrivateKey()
      return Signer(jwk: point(key.publicKey.rawRepresentation, "P-384")) {
        try key.signature(for: $0).rawRepresentation
      }
    case .es512:
      let key = P521.Signing.PrivateKey()
      return Signer(jwk: point(key.publicKey.rawRepresentation, "P-521")) {
        try key.signature(for: $0).rawRepresentation
      }
    case .edDSA:
      let key = Curve25519.Signing.PrivateKey()
      let x = TokenForge.base64(key.publicKey.rawRepresentation)
      return Signer(jwk: #"{"kty":"OKP","crv":"Ed25519","kid":"k1","x":"\#(x)"}"#) {
        try key.signature(for: $0)
      }
    case .rs256: return try rsa(2048, .insecurePKCS1v1_5)
    case .ps256: return try rsa(2048, .PSS)
    default: return nil
    }
  }

  static func token(_ algorithm: SignatureAlgorithm, _ signer: Signer) throws -> String {
    let body =
      try TokenForge.part(["alg": algorithm.rawValue, "kid": "k1"]) + "."
      + TokenForge.part(TokenForge.claims())
    return body + "." + TokenForge.base64(try signer.sign(Data(body.utf8)))
  }

  func verifier(_ algorithms: Set<SignatureAlgorithm>, _ jwk: String) -> OIDCVerifier {
    let forge = TokenForge()
    forge.publish([jwk])
    return OIDCVerifier(
      OIDCIssuer(issuer: TokenForge.issuer, audiences: ["martlet"], algorithms: algorithms), keys: forge)
  }

  @Test(arguments: [SignatureAlgorithm.es384, .es512, .edDSA, .rs256, .ps256])
  func aTokenOfThisKindIsReadWhereItIsAllowedOnly(_ algorithm: SignatureAlgorithm) async throws {
    let signer = try #require(try Self.signer(algorithm))
    let token = try Self.token(algorithm, signer)
    let allowed = verifier([algorithm], signer.jwk)
    #expect(try await allowed.verify(token, at: TokenForge.time).subject == "u-17")
    await #expect(throws: OIDCError.algorithm(algorithm.rawValue)) {
      try await verifier([.es256], signer.jwk).verify(token, at: TokenForge.time)
    }
  }

  @Test func aKeyOfOneKindIsNotUsedForAnother() async throws {
    let signer = try #require(try Self.signer(.rs256))
    let token = try Self.token(.ps256, signer)
    await #expect(throws: OIDCError.signature) {
      try await verifier([.ps256, .rs256], signer.jwk).verify(token, at: TokenForge.time)
    }
  }

  @Test func aShortRSAKeyIsNoKey() async throws {
    let signer = try Self.rsa(1024, .insecurePKCS1v1_5)
    let token = try Self.token(.rs256, signer)
    await #expect(throws: OIDCError.unknownKey) {
      try await verifier([.rs256], signer.jwk).verify(token, at: TokenForge.time)
    }
  }
}
