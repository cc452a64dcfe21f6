// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletSign
import MartletVerify
import Testing
import X509

/// Signatures with a certificate chain, checked at one fixed time.
@Suite struct CertificateTests {
  let model = try! SignedModel()
  let root = TestAuthority("Root")

  func verify(
    _ chain: [Certificate], roots: [Certificate]? = nil, identity: String? = nil
  ) throws -> VerifiedModel {
    let signer = try ModelSigner(key: SigningKey(pem: model.keyPEM), certificates: chain.pem())
    _ = try signer.sign(model.path, into: model.signature)
    let trust = Trust.roots(
      try TrustRoots(pem: (roots ?? [root.certificate]).pem(), time: TestAuthority.now),
      identity: identity.map(IdentityPattern.init))
    return try ModelVerifier(trusting: trust).verify(model.path, signature: model.signature)
  }

  func leaf(_ issuer: TestAuthority? = nil, _ change: (inout TestAuthority.Leaf) -> Void = { _ in }) throws
    -> Certificate
  {
    var leaf = TestAuthority.Leaf()
    change(&leaf)
    return try (issuer ?? root).issue(leaf, for: model.publicPEM)
  }

  @Test func aSignerOfTheRootVerifies() throws {
    let verified = try verify([leaf()])
    #expect(
      verified.signer
        == .certificate(subject: "CN=Signer", names: ["anna@example.com"], root: "CN=Root"))
    #expect(verified.files == 3)
  }

  @Test func intermediatesMayComeInAnyOrderAndMoreThanOnce() throws {
    let first = TestAuthority("First", by: root)
    let second = TestAuthority("Second", by: first)
    let chain = try [leaf(second), root.certificate, first.certificate, second.certificate]
    #expect(try verify(chain + chain).files == 3)
    #expect(throws: SignatureError.self) { try verify([leaf(second), second.certificate]) }
    // What is trusted need not be at the top.
    #expect(try verify([leaf(second)], roots: [second.certificate]).files == 3)
  }

  @Test func expiredCertificate() throws {
    let chain = try [leaf { $0.until = TestAuthority.now - 1 }]
    #expect(throws: SignatureError.expired(subject: "CN=Signer", at: "2030-01-01T11:59:59Z")) {
      try verify(chain)
    }
  }

  @Test func certificateThatIsNotYetValid() throws {
    let chain = try [leaf { $0.from = TestAuthority.now + 1 }]
    #expect(throws: SignatureError.notYetValid(subject: "CN=Signer", from: "2030-01-01T12:00:01Z")) {
      try verify(chain)
    }
  }

  @Test func expiredIssuerAndRoot() throws {
    let old = TestAuthority("Old", by: root, until: TestAuthority.now - 1)
    #expect(throws: SignatureError.expired(subject: "CN=Old", at: "2030-01-01T11:59:59Z")) {
      try verify([leaf(old), old.certificate])
    }
    let oldRoot = TestAuthority("Old Root", until: TestAuthority.now - 1)
    #expect(throws: SignatureError.expired(subject: "CN=Old Root", at: "2030-01-01T11:59:59Z")) {
      try verify([leaf(oldRoot)], roots: [oldRoot.certificate])
    }
  }

  @Test func certificateWithoutTheRightKeyUsage() throws {
    for usage in [KeyUsage(keyEncipherment: true), KeyUsage(keyCertSign: true), nil] {
      let chain = try [leaf { $0.usage = usage }]
      #expect(throws: SignatureError.wrongKeyUsage(subject: "CN=Signer")) { try verify(chain) }
    }
  }

  @Test func certificateOfAWebServer() throws {
    for purposes in [[.serverAuth], [.any], nil] as [[ExtendedKeyUsage.Usage]?] {
      let chain = try [leaf { $0.purposes = purposes }]
      #expect(throws: SignatureError.notForCodeSigning(subject: "CN=Signer")) { try verify(chain) }
    }
  }

  @Test func anotherRoot() throws {
    let other = TestAuthority("Root")
    #expect(throws: SignatureError.self) { try verify([leaf(other)]) }
    #expect(throws: SignatureError.self) {
      try verify([leaf(), root.certificate], roots: [other.certificate])
    }
  }

  @Test func issuersThatMayNotIssue() throws {
    for change in [
      { $0.isAuthority = false }, { $0.usage = KeyUsage(digitalSignature: true) },
      { $0.purposes = [.serverAuth] }, { $0.longest = 0 },
    ] as [(inout TestAuthority.Powers) -> Void] {
      var powers = TestAuthority.Powers()
      change(&powers)
      let issuer = TestAuthority("Issuer", by: root, powers)
      let inner = TestAuthority("Inner", by: issuer)
      do throws(SignatureError) {
        let chain = try! [leaf(inner), inner.certificate, issuer.certificate]
        _ = try verifySigned(chain)
        Issue.record("it was believed")
      } catch {
        guard case .untrusted = error else { throw error }
      }
    }
  }

  func verifySigned(
    _ chain: [Certificate], roots: [Certificate]? = nil
  ) throws(SignatureError) -> VerifiedModel {
    do { return try verify(chain, roots: roots) } catch { throw error as! SignatureError }
  }

  /// Whoever can find collisions of SHA-1 can make such certificates.
  @Test func sha1CountsForNothing() throws {
    let weak = try RSAAuthority.issue(hash: "sha1", for: model.publicPEM, in: model.folder)
    do throws(SignatureError) {
      _ = try verifySigned([weak.leaf], roots: [weak.root])
      Issue.record("it was believed")
    } catch {
      guard case .untrusted(let why) = error else { throw error }
      #expect(why == "the certificate of CN=Signer is signed with SHA-1")
    }
    let strong = try RSAAuthority.issue(hash: "sha256", for: model.publicPEM, in: model.folder)
    #expect(try verify([strong.leaf], roots: [strong.root]).files == 3)
  }

  @Test func identities() throws {
    let chain = try [leaf { $0.mail = "release@models.example" }]
    for pattern in ["release@models.example", "*@models.example", "release@*", "*", "rel*@*.example", "**"] {
      #expect(try verify(chain, identity: pattern).files == 3)
    }
    for pattern in [
      "", "models.example", "release@models.example2", "*@other.example", "release", "*x", "r*r*",
    ] {
      #expect(
        throws: SignatureError.otherIdentity(pattern: pattern, found: ["release@models.example"])
      ) { try verify(chain, identity: pattern) }
    }
  }

  /// The common name counts only where there is no other name: authorities check the others better.
  @Test func commonNamesCountOnlyWithoutOthers() throws {
    #expect(try verify([leaf { $0.mail = nil }], identity: "Signer").files == 3)
    #expect(throws: SignatureError.self) { try verify([leaf()], identity: "Signer") }
  }

  @Test func aRootThatSignsItself() throws {
    var powers = TestAuthority.Powers()
    powers.usage = KeyUsage(digitalSignature: true)
    powers.purposes = [.codeSigning]
    let own = TestAuthority("Own", key: model.keyPEM, powers)
    #expect(try verify([own.certificate], roots: [own.certificate]).files == 3)
    #expect(throws: SignatureError.self) { try verify([own.certificate]) }
  }

  @Test func aKeyIsNoCertificateAndTheReverse() throws {
    try model.sign()
    let roots = Trust.roots(try TrustRoots(pem: [root.certificate].pem()))
    do throws(SignatureError) {
      _ = try ModelVerifier(trusting: roots).verify(model.path, signature: model.signature)
      Issue.record("it was believed")
    } catch {
      guard case .otherKind(found: "a key alone", _) = error else { throw error }
    }
    _ = try verify([leaf()])
    do throws(SignatureError) {
      _ = try ModelVerifier(trusting: .key(VerificationKey(pem: model.publicPEM))).verify(
        model.path, signature: model.signature)
      Issue.record("it was believed")
    } catch {
      guard case .otherKind(found: "certificates", _) = error else { throw error }
    }
  }

  @Test func theSignatureMustBeByTheKeyOfTheFirstCertificate() throws {
    let other = try SignedModel()
    let chain = try [root.issue(.init(), for: other.publicPEM)]
    let entries = try chain.map { #"{"rawBytes":"\#(try $0.der().base64EncodedString())"}"# }.joined(
      separator: ",")
    let envelope = try SigningKey(pem: model.keyPEM).envelope(Array(Statement().text.utf8), keyID: "")
    try model.forge(
      envelope: String(decoding: envelope.encoded(), as: UTF8.self),
      material: #"{"x509CertificateChain":{"certificates":[\#(entries)]}}"#)
    let trust = Trust.roots(try TrustRoots(pem: [root.certificate].pem(), time: TestAuthority.now))
    #expect(throws: SignatureError.doesNotFit) {
      try ModelVerifier(trusting: trust).verify(model.path, signature: model.signature)
    }
    #expect(throws: SignError.otherCertificate(subject: "CN=Signer")) {
      _ = try ModelSigner(key: SigningKey(pem: model.keyPEM), certificates: chain.pem())
    }
  }

  @Test func hostileCertificates() throws {
    let envelope =
      #"{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"AA=="}]}"#
    let trust = Trust.roots(try TrustRoots(pem: [root.certificate].pem(), time: TestAuthority.now))
    let der = try leaf().der()
    func refusal(_ certificates: [Data]) throws -> SignatureError? {
      let entries = certificates.map { #"{"rawBytes":"\#($0.base64EncodedString())"}"# }.joined(
        separator: ",")
      try model.forge(
        envelope: envelope, material: #"{"x509CertificateChain":{"certificates":[\#(entries)]}}"#)
      do throws(SignatureError) {
        _ = try ModelVerifier(trusting: trust).verify(model.path, signature: model.signature)
        return nil
      } catch {
        return error
      }
    }
    #expect(try refusal([]) == .malformed("its certificate chain is empty"))
    #expect(try refusal([Data()]) == .badCertificate("number 1 is damaged"))
    #expect(try refusal([der, Data([0x30])]) == .badCertificate("number 2 is damaged"))
    #expect(try refusal((0..<7).map { Data([$0]) }) == .tooManyCertificates(limit: 6))
    for index in der.indices {
      var damaged = der
      damaged[index] ^= 0x04
      #expect(try refusal([damaged]) != nil)
    }
  }

  @Test(arguments: ["", "text", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
  func whatIsNoRoot(_ pem: String) {
    #expect(throws: SignatureError.self) { try TrustRoots(pem: pem) }
  }
}
