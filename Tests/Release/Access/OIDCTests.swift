// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletAccess
import Testing

@Suite struct OIDCTests {
  let forge = TokenForge()
  let time = TokenForge.time

  func verifier(_ algorithms: Set<SignatureAlgorithm> = [.es256, .rs256]) -> OIDCVerifier {
    let mappings = [
      OIDCIssuer.Mapping(claim: "groups", value: "ml-team", role: .submitter, models: "digits"),
      OIDCIssuer.Mapping(claim: "realm_access.roles", value: "approver", role: .approver),
      OIDCIssuer.Mapping(claim: "groups", value: "admins", role: .administrator),
    ]
    return OIDCVerifier(
      OIDCIssuer(
        issuer: TokenForge.issuer, audiences: ["martlet"], algorithms: algorithms, mappings: mappings),
      keys: forge)
  }

  @Test func aGoodTokenNamesSomebodyAndItsClaimsGiveRoles() async throws {
    let identity = try await verifier().verify(forge.token(), at: time)
    #expect(identity.issuer == TokenForge.issuer)
    #expect(identity.subject == "u-17")
    #expect(identity.name == "anna")
    let anna = Principal(id: "p1", name: "anna", kind: .person)
    #expect(
      identity.grants(for: anna) == [
        Grant(principal: "p1", role: .submitter, models: "digits"), Grant(principal: "p1", role: .approver),
      ])
  }

  struct Forgery: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let error: OIDCError
    let make: @Sendable (TokenForge) throws -> String

    init(_ name: String, _ error: OIDCError, _ make: @escaping @Sendable (TokenForge) throws -> String) {
      testDescription = name
      self.error = error
      self.make = make
    }
  }

  static let forgeries = [
    Forgery("another issuer", .issuer) { try $0.token(["iss": "https://id.example.org/"]) },
    Forgery("no issuer", .missingClaim("iss")) { try $0.token(["iss": nil]) },
    Forgery("another audience", .audience) { try $0.token(["aud": "other"]) },
    Forgery("no audience", .audience) { try $0.token(["aud": nil]) },
    Forgery("no subject", .missingClaim("sub")) { try $0.token(["sub": nil]) },
    Forgery("an empty subject", .missingClaim("sub")) { try $0.token(["sub": ""]) },
    Forgery("no end", .missingClaim("exp")) { try $0.token(["exp": nil]) },
    Forgery("an end that is text", .missingClaim("exp")) { try $0.token(["exp": "9999999999"]) },
    Forgery("expired", .expired) { try $0.token(["exp": 1_699_999_939]) },
    Forgery("not yet valid", .notYetValid) { try $0.token(["nbf": 1_700_000_061]) },
    Forgery("made in the future", .notYetValid) { try $0.token(["iat": 1_700_000_061]) },
    Forgery("a begin that is text", .missingClaim("nbf")) { try $0.token(["nbf": "0"]) },
    Forgery("another key", .signature) { try $0.token(signedWith: P256.Signing.PrivateKey()) },
    Forgery("claims changed after signing", .signature) {
      var parts = try $0.token().split(separator: ".").map(String.init)
      parts[1] = try TokenForge.part(TokenForge.claims(["sub": "root"]))
      return parts.joined(separator: ".")
    },
    Forgery("a signature in DER", .signature) {
      let parts = try $0.token().split(separator: ".").map(String.init)
      let der = try $0.key.signature(for: Data((parts[0] + "." + parts[1]).utf8)).derRepresentation
      return parts[0] + "." + parts[1] + "." + TokenForge.base64(der)
    },
    Forgery("no algorithm", .algorithm("none")) { _ in
      try TokenForge.part(["alg": "none"]) + "." + TokenForge.part(TokenForge.claims()) + ".AA"
    },
    Forgery("HMAC with the public key", .algorithm("HS256")) {
      let body =
        try TokenForge.part(["alg": "HS256", "kid": "k1"]) + "." + TokenForge.part(TokenForge.claims())
      let key = SymmetricKey(data: Data($0.key.publicKey.pemRepresentation.utf8))
      return body + "." + TokenForge.base64(HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: key))
    },
    Forgery("an algorithm the issuer may not use", .algorithm("ES384")) {
      try $0.token(header: ["alg": "ES384"])
    },
    Forgery("an algorithm the key is not for", .unknownKey) {
      try $0.token(header: ["alg": "RS256", "kid": "k1"])
    },
    Forgery("a key nobody has", .unknownKey) { try $0.token(header: ["alg": "ES256", "kid": "k2"]) },
    Forgery("an extension that must be understood", .malformed("expected no crit in the header")) {
      try $0.token(header: ["alg": "ES256", "kid": "k1", "crit": ["b64"], "b64": false])
    },
    Forgery("a token of another type", .malformed("expected the type JWT or at+jwt")) {
      try $0.token(header: ["alg": "ES256", "kid": "k1", "typ": "dpop+jwt"])
    },
    Forgery("four parts", .malformed("expected three parts, found 4")) { try $0.token() + ".AA" },
    Forgery("padding", .malformed("expected base64url without padding")) { try $0.token() + "=" },
    Forgery("no signature", .malformed("expected a signature and claims")) {
      try $0.token().split(separator: ".").prefix(2).joined(separator: ".") + "."
    },
    Forgery("a header that is no object", .malformed("expected a JSON object with alg in the header")) { _ in
      TokenForge.base64("[]".utf8) + ".e30.AA"
    },
    Forgery("too long", .malformed("expected at most 16 KiB")) { _ in String(repeating: "a", count: 20_000) },
  ]

  @Test(arguments: forgeries) func aForgeryIsRefused(_ forgery: Forgery) async throws {
    let token = try forgery.make(forge)
    await #expect(throws: forgery.error) { try await verifier().verify(token, at: time) }
    #expect(!"\(forgery.error)".isEmpty)
  }

  @Test func clocksMayDifferByAMinute() async throws {
    let verifier = verifier()
    #expect(try await verifier.verify(forge.token(["exp": 1_699_999_941]), at: time).subject == "u-17")
    #expect(try await verifier.verify(forge.token(["nbf": 1_700_000_059]), at: time).subject == "u-17")
    #expect(
      try await verifier.verify(forge.token(["aud": ["other", "martlet"]]), at: time).subject == "u-17")
  }

  @Test func deepClaimsAreRefusedAndNotFollowed() async throws {
    let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    let body =
      try TokenForge.part(["alg": "ES256", "kid": "k1"]) + "." + TokenForge.base64(#"{"x":\#(deep)}"#.utf8)
    let signature = try forge.key.signature(for: Data(body.utf8)).rawRepresentation
    await #expect(throws: OIDCError.signature) {
      try await verifier().verify(body + "." + TokenForge.base64(signature), at: time)
    }
  }
}
