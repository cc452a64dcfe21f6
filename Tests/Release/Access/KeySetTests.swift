// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletAccess
import Testing

/// The keys of an identity provider: which are used, and how often they are asked for.
@Suite struct KeySetTests {
  let forge = TokenForge()
  let time = TokenForge.time

  var verifier: OIDCVerifier {
    OIDCVerifier(OIDCIssuer(issuer: TokenForge.issuer, audiences: ["martlet"]), keys: forge)
  }

  @Test func keysAreFetchedOnceForManyTokensAndAgainWhenTheyAreOld() async throws {
    let verifier = verifier
    for _ in 0..<20 { _ = try await verifier.verify(forge.token(), at: time) }
    #expect(forge.fetches == 1)
    let later = time + 3_601
    _ = try await verifier.verify(forge.token(["exp": 1_700_009_000]), at: later)
    #expect(forge.fetches == 2)
  }

  @Test func aRequestThatCarriesAnEarlierTimeIsAnswered() async throws {
    let verifier = verifier
    _ = try await verifier.verify(forge.token(), at: time)
    #expect(try await verifier.verify(forge.token(), at: time - 2).subject == "u-17")
    #expect(forge.fetches == 1)
  }

  @Test func aNewKeyIsFoundAtOnceButNobodyMakesTheServerFloodTheIssuer() async throws {
    let verifier = verifier
    _ = try await verifier.verify(forge.token(), at: time)
    let next = P256.Signing.PrivateKey()
    forge.publish([
      TokenForge.jwk(forge.key.publicKey, kid: "k1"), TokenForge.jwk(next.publicKey, kid: "k2"),
    ])
    let rotated = try forge.token(header: ["alg": "ES256", "kid": "k2"], signedWith: next)
    #expect(try await verifier.verify(rotated, at: time + 61).subject == "u-17")
    #expect(forge.fetches == 2)
    for index in 0..<50 {
      let token = try forge.token(header: ["alg": "ES256", "kid": "made up \(index)"])
      await #expect(throws: OIDCError.unknownKey) { try await verifier.verify(token, at: time + 62) }
    }
    #expect(forge.fetches == 2)
  }

  @Test func aWithdrawnKeyEndsWithinTheHour() async throws {
    let verifier = verifier
    _ = try await verifier.verify(forge.token(), at: time)
    forge.publish([TokenForge.jwk(P256.Signing.PrivateKey().publicKey, kid: "k2")])
    let token = try forge.token(["exp": 1_700_009_000])
    await #expect(throws: OIDCError.unknownKey) { try await verifier.verify(token, at: time + 3_601) }
  }

  @Test func knownKeysOutlastAnIssuerThatIsDownForADayAtMost() async throws {
    let verifier = verifier
    let token = try forge.token(["exp": 1_800_000_000])
    _ = try await verifier.verify(token, at: time)
    forge.publish(raw: "")
    _ = try await verifier.verify(token, at: time + 3_601)
    await #expect(throws: OIDCError.keySet(.unreachable("no answer"))) {
      try await verifier.verify(token, at: time + 86_400)
    }
  }

  @Test func manyAtOnceShareOneFetch() async throws {
    let verifier = verifier
    let token = try forge.token()
    let time = time
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<32 { group.addTask { try await verifier.verify(token, at: time).subject } }
      for try await subject in group { #expect(subject == "u-17") }
    }
    #expect(forge.fetches == 1)
  }

  @Test(arguments: [
    #","use":"enc""#, #","alg":"ES384""#, #","alg":"ECDH-ES""#, #","d":"AAAA""#,
  ])
  func aKeyThatIsNotForThisIsNotUsed(_ more: String) async throws {
    forge.publish([TokenForge.jwk(forge.key.publicKey, kid: "k1", more: more)])
    let token = try forge.token()
    await #expect(throws: OIDCError.unknownKey) { try await verifier.verify(token, at: time) }
  }

  @Test func oddKeysBesideAGoodOneDoNoHarm() async throws {
    forge.publish([
      #"{"kty":"oct","kid":"k1","k":"AAAA"}"#, #"{"kty":"RSA","kid":"k1","n":"AQAB","e":"AQAB"}"#, "{}", "7",
      TokenForge.jwk(forge.key.publicKey, kid: "k1", more: #","use":"sig","alg":"ES256","x5c":["AA"]"#),
    ])
    #expect(try await verifier.verify(forge.token(), at: time).subject == "u-17")
  }

  @Test func aTokenThatNamesNoKeyNeedsAnIssuerWithOne() async throws {
    let token = try forge.token(header: ["alg": "ES256"])
    #expect(try await verifier.verify(token, at: time).subject == "u-17")
    forge.publish([
      TokenForge.jwk(forge.key.publicKey, kid: "k1"),
      TokenForge.jwk(P256.Signing.PrivateKey().publicKey, kid: "k2"),
    ])
    await #expect(throws: OIDCError.unknownKey) { try await verifier.verify(token, at: time) }
  }

  @Test(arguments: [
    ("", KeySetError.unreachable("no answer")), ("[]", .malformed), ("{}", .malformed),
    ("<html>", .malformed), (String(repeating: " ", count: 300_000), .tooLarge),
    (#"{"keys":[\#(Array(repeating: "{}", count: 101).joined(separator: ","))]}"#, .tooLarge),
  ])
  func whatIsNoKeySetIsRefused(_ text: String, _ error: KeySetError) async throws {
    forge.publish(raw: text)
    let token = try forge.token()
    await #expect(throws: OIDCError.keySet(error)) { try await verifier.verify(token, at: time) }
  }
}
