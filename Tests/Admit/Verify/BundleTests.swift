// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletFormats
import MartletVerify
import Testing

private let vectors = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
  "Vectors")

private func bundle(_ name: String) throws -> UnverifiedBundle {
  try UnverifiedBundle(try Bytes(contentsOf: vectors.appendingPathComponent(name).path))
}

private func trust(_ name: String) throws -> Trust {
  .key(try VerificationKey(pem: String(contentsOf: vectors.appendingPathComponent(name), encoding: .utf8)))
}

/// Signatures made by the reference tool.
@Suite struct ReferenceToolTests {
  let model: Artifact

  init() throws {
    model = try Artifact(opening: vectors.appendingPathComponent("model").path)
  }

  @Test(arguments: ["p256", "p384", "p521"])
  func aDirectorySignedOnEachCurveVerifies(_ curve: String) throws {
    let verified = try bundle("\(curve).sig").verify(model, trusting: trust("\(curve).pub"))
    #expect(verified.subject == "model")
    #expect(verified.digest == model.manifest.root)
    let path = vectors.appendingPathComponent("model").path
    let onDisk = try ModelVerifier(trusting: trust("\(curve).pub")).verify(
      path, signature: vectors.appendingPathComponent("\(curve).sig").path)
    #expect(onDisk.digest == verified.digest)
    #expect(onDisk.files == 3)
  }

  @Test func aSingleFileVerifies() throws {
    let file = try Artifact(opening: vectors.appendingPathComponent("model/weights.bin").path)
    #expect(try bundle("file.sig").verify(file, trusting: trust("p256.pub")).subject == "weights.bin")
  }

  @Test func anotherKeyIsNamed() throws {
    #expect(throws: SignatureError.self) { try bundle("p256.sig").verify(model, trusting: trust("p384.pub")) }
  }

  @Test func everyFlippedByteOfTheBundleIsRefusedOrChangesNothing() throws {
    let bytes = try Bytes(contentsOf: vectors.appendingPathComponent("p256.sig").path).array()
    let trusted = try trust("p256.pub")
    for index in bytes.indices {
      for bit in [0x01, 0x10] as [UInt8] {
        var forged = bytes
        forged[index] ^= bit
        guard let bundle = try? UnverifiedBundle(Bytes(forged)) else { continue }
        if let verified = try? bundle.verify(model, trusting: trusted) {
          #expect(verified.digest == model.manifest.root)
        }
      }
    }
  }

  @Test func aBundleThatIsCutShortAnywhereIsRefused() throws {
    let bytes = try Bytes(contentsOf: vectors.appendingPathComponent("p256.sig").path)
    for count in 0..<bytes.count - 1 {
      #expect(throws: SignatureError.self) { try UnverifiedBundle(bytes.slice(0..<count)) }
    }
  }
}

@Suite struct BundleTests {
  @Test(arguments: [
    "", "{}", "[]", "{\"mediaType\":1}", "not json",
    "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}",
  ])
  func whatIsNoBundle(_ text: String) {
    #expect(throws: SignatureError.self) { try UnverifiedBundle(Bytes(utf8: text)) }
  }

  @Test func trailingBytesAreRefused() throws {
    let bytes = try Bytes(contentsOf: vectors.appendingPathComponent("p256.sig").path).array()
    for tail in ["x", "{}", "\0"] {
      #expect(throws: SignatureError.notJSON(.trailingBytes(offset: bytes.count))) {
        try UnverifiedBundle(Bytes(bytes + Array(tail.utf8)))
      }
    }
  }

  @Test func duplicateKeysInTheBundleAreRefused() throws {
    let text = try String(contentsOf: vectors.appendingPathComponent("p256.sig"), encoding: .utf8)
    let twice = text.replacing(
      #""dsseEnvelope""#, with: #""dsseEnvelope":{},"dsseEnvelope""#, maxReplacements: 1)
    guard twice != text else { throw SignatureError.malformed("the vector has no envelope") }
    do throws(SignatureError) {
      _ = try UnverifiedBundle(Bytes(utf8: twice))
      Issue.record("it was read")
    } catch {
      guard case .notJSON(.duplicateName("dsseEnvelope", _)) = error else { throw error }
    }
  }

  /// Two signatures leave open which of them counts.
  @Test(arguments: [
    #"{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[]}"#,
    #"{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"AA=="},{"sig":"AA=="}]}"#,
    #"{"payload":"e30=","payloadType":"application/json","signatures":[{"sig":"AA=="}]}"#,
    #"{"payload":"e3","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"AA=="}]}"#,
  ])
  func anEnvelopeHasOneSignatureOfOneType(_ envelope: String) throws {
    let model = try SignedModel()
    try model.forge(envelope: envelope)
    #expect(throws: SignatureError.self) { try model.verify() }
  }

  @Test func aKeyAndCertificatesAtOnceAreRefused() throws {
    let model = try SignedModel()
    try model.forge(
      envelope:
        #"{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"AA=="}]}"#,
      material: #"{"publicKey":{"hint":""},"x509CertificateChain":{"certificates":[]}}"#)
    #expect(throws: SignatureError.malformed("expected one of a key and a certificate chain, found 2")) {
      try model.verify()
    }
  }
}
