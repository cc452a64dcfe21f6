// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletEvidence
import Testing

@Suite struct DigestTests {
  @Test func hexIsStrict() {
    let digest = Digest.of([])
    #expect(digest.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(Digest(hex: digest.hex) == digest)
    #expect(Digest(hex: digest.hex.uppercased()) == nil)
    #expect(Digest(hex: digest.hex.dropLast()) == nil)
  }
}

@Suite struct ManifestTests {
  /// The root digest of a single file is the digest of its digest, as OMS 1.0 defines it.
  @Test func rootOfASingleFile() throws {
    let content = Digest.of(Array("hello".utf8))
    let manifest = try Manifest([.init(name: ".", digest: content, size: 5)])
    #expect(manifest.root == Digest.of(content.bytes))
  }

  @Test func orderIsByCodePointAndNoNameStandsTwice() throws {
    let digest = Digest.of([1])
    let names = ["b", "a/z", "a", "B", "ä", "a.b", "😀", "\u{FFFD}"]
    let manifest = try Manifest(names.map { .init(name: $0, digest: digest, size: 1) })
    #expect(manifest.resources.map(\.name) == ["B", "a", "a.b", "a/z", "b", "ä", "\u{FFFD}", "😀"])
    #expect(throws: ManifestError.duplicate("a")) {
      try Manifest(["a", "b", "a"].map { .init(name: $0, digest: digest, size: 1) })
    }
    #expect(throws: ManifestError.empty) { try Manifest([]) }
  }

  @Test func aDirectoryIsListedWithoutWhatOMSIgnoresAndLinksAreRefused() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("a model \(UUID())")
    defer { try? FileManager.default.removeItem(at: root) }
    for folder in ["sub", ".git"] {
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    for file in ["model.onnx", "sub/b.bin", ".git/config", "model.sig"] {
      try Data(file.utf8).write(to: root.appendingPathComponent(file))
    }
    let artifact = try Artifact(opening: root.path, excluding: ["model.sig"])
    #expect(artifact.files.map(\.name) == ["model.onnx", "sub/b.bin"])
    #expect(artifact.manifest.resources.map(\.digest) == artifact.files.map { Digest.of($0.bytes) })

    let link = root.appendingPathComponent("link").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/etc/passwd")
    #expect(throws: ManifestError.link(link)) { try Artifact(opening: root.path) }
  }
}

@Suite struct EnvelopeTests {
  struct Claim: EvidencePredicate {
    static let name = "claim"
    var at = Date(timeIntervalSince1970: 1_700_000_000)
    let value: Int
  }

  let signer = EvidenceSigner()

  @Test func whatIsSignedOpensAndTamperingIsNoticed() throws {
    let statement = Statement(about: .of([1]), named: "digits", Claim(value: 7))
    let envelope = signer.sign(statement)
    let payload = try signer.verifier.open(envelope)
    #expect(payload == statement.payload())
    #expect(throws: EvidenceError.self) { try EvidenceSigner().verifier.open(envelope) }

    for index in payload.indices {
      var forged = payload
      forged[index] ^= 1
      let changed = Envelope(
        payload: Data(forged).base64EncodedString(), payloadType: envelope.payloadType,
        signatures: envelope.signatures)
      #expect(throws: EvidenceError.notSignedBy(signer.verifier.keyID)) { try signer.verifier.open(changed) }
    }
  }

  /// The pre-authentication example of the DSSE specification.
  @Test func preAuthenticationEncodingIsTheStandards() {
    let encoded = Envelope.preAuthentication(
      type: "http://example.com/HelloWorld", payload: Array("hello world".utf8))
    #expect(
      String(decoding: encoded, as: UTF8.self) == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
  }

  @Test func theStatementIsAnInTotoStatement() throws {
    let payload = Statement(about: .of([1]), named: "digits", Claim(value: 7)).payload()
    let object = try #require(try JSONSerialization.jsonObject(with: Data(payload)) as? [String: Any])
    #expect(object["_type"] as? String == "https://in-toto.io/Statement/v1")
    #expect(object["predicateType"] as? String == "urn:martlet:evidence:claim:v1")
    let subject = try #require((object["subject"] as? [[String: Any]])?.first)
    #expect((subject["digest"] as? [String: String])?["sha256"] == Digest.of([1]).hex)
  }
}
