// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes
import MartletEvidence
import MartletVerify
import Testing

import struct MartletEvidence.Digest

private let vectors = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
  "Vectors")

private func bundle(_ name: String) throws -> UnverifiedBundle {
  try UnverifiedBundle(try Bytes(contentsOf: vectors.appendingPathComponent(name).path))
}

private func key(_ name: String) throws -> VerificationKey {
  try VerificationKey(pem: String(contentsOf: vectors.appendingPathComponent(name), encoding: .utf8))
}

/// Signatures made by the reference tool.
@Suite struct ReferenceToolTests {
  let model: Manifest

  init() throws {
    model = try Artifact(opening: vectors.appendingPathComponent("model").path).manifest
  }

  @Test(arguments: ["p256", "p384", "p521"])
  func aDirectorySignedOnEachCurveVerifies(_ curve: String) throws {
    let verified = try bundle("\(curve).sig").verify(model, with: key("\(curve).pub"))
    #expect(verified.subject == "model")
    #expect(verified.digest == model.root)
  }

  @Test func aSingleFileVerifies() throws {
    let file = try Artifact(opening: vectors.appendingPathComponent("model/weights.bin").path).manifest
    #expect(try bundle("file.sig").verify(file, with: key("p256.pub")).subject == "weights.bin")
  }

  @Test func anotherKeyIsNamed() throws {
    #expect(throws: SignatureError.self) { try bundle("p256.sig").verify(model, with: key("p384.pub")) }
  }

  @Test func filesAddedChangedOrMissingAreNamed() throws {
    let resources = model.resources
    let added = try Manifest(resources + [.init(name: "x.py", digest: .of([1]), size: 1)])
    let missing = try Manifest(Array(resources.dropLast()))
    let changed = try Manifest(
      resources.dropLast() + [.init(name: resources.last!.name, digest: .of([1]), size: 1)])
    for (manifest, message) in [
      (added, "x.py was added"), (missing, "weights.bin is missing"), (changed, "weights.bin was changed"),
    ] {
      #expect(throws: SignatureError.differs(message)) {
        try bundle("p256.sig").verify(manifest, with: key("p256.pub"))
      }
    }
  }

  @Test func everyFlippedByteOfTheBundleIsRefusedOrChangesNothing() throws {
    let bytes = try Bytes(contentsOf: vectors.appendingPathComponent("p256.sig").path).array()
    let trusted = try key("p256.pub")
    for index in bytes.indices {
      var forged = bytes
      forged[index] ^= 0x10
      guard let bundle = try? UnverifiedBundle(Bytes(forged)) else { continue }
      if let verified = try? bundle.verify(model, with: trusted) {
        #expect(verified.digest == model.root)
      }
    }
  }
}

/// Statements signed by us that a strict verifier must refuse although their signature fits.
@Suite struct ForgedStatementTests {
  let signer = P256.Signing.PrivateKey()
  let digest = Digest.of([1])

  func verify(_ statement: String, _ manifest: Manifest? = nil) throws -> VerifiedBundle {
    let payload = Array(statement.utf8)
    let signature = try signer.signature(
      for: Envelope.preAuthentication(type: Envelope.inTotoType, payload: payload))
    let bundle = """
      {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{"hint":""},
      "tlogEntries":[]},"dsseEnvelope":{"payload":"\(Data(payload).base64EncodedString())",
      "payloadType":"application/vnd.in-toto+json",
      "signatures":[{"sig":"\(signature.derRepresentation.base64EncodedString())","keyid":null}]}}
      """
    return try UnverifiedBundle(Bytes(utf8: bundle)).verify(
      manifest ?? Manifest([.init(name: "a", digest: digest, size: 0)]),
      with: VerificationKey(pem: signer.publicKey.pemRepresentation))
  }

  func resource(_ name: String, _ digest: Digest) -> String {
    #"{"name":"\#(name)","algorithm":"sha256","digest":"\#(digest.hex)"}"#
  }

  func statement(
    _ resources: String, root: Digest? = nil, method: String = "files", ignored: String = "[]",
    type: String = "https://model_signing/signature/v1.0", extra: String = ""
  ) -> String {
    #"{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"m","digest":{"sha256":"\#((root ?? Digest.of(digest.bytes)).hex)"}}],"#
      + #""predicateType":"\#(type)","predicate":{\#(extra)"serialization":{"method":"\#(method)","hash_type":"sha256","#
      + #""allow_symlinks":false,"ignore_paths":\#(ignored)},"resources":[\#(resources)]}}"#
  }

  @Test func aGoodStatementVerifies() throws {
    #expect(try verify(statement(resource("a", digest))).subject == "m")
  }

  @Test func emptyResources() {
    #expect(throws: SignatureError.malformed("it lists no resources")) { try verify(statement("")) }
  }

  @Test func duplicateNames() {
    let twice = [resource("a", digest), resource("a", .of([2]))].joined(separator: ",")
    #expect(throws: SignatureError.malformed("the name a stands twice in the manifest")) {
      try verify(statement(twice))
    }
  }

  @Test func unsortedResources() throws {
    let other = Digest.of([2])
    let unsorted = [resource("b", other), resource("a", digest)].joined(separator: ",")
    #expect(throws: SignatureError.malformed("the resources are not sorted by name")) {
      try verify(statement(unsorted, root: .of(other.bytes + digest.bytes)))
    }
  }

  @Test func aRootThatIsNotOfTheResources() {
    #expect(throws: SignatureError.malformed("the root digest is not that of the resources")) {
      try verify(statement(resource("a", digest), root: .of([3])))
    }
  }

  @Test(arguments: [#"["../.."]"#, #"["/etc"]"#, #"["a/../b"]"#, "[1]"])
  func ignoredPathsThatLeadOut(_ ignored: String) {
    #expect(throws: SignatureError.malformed("an ignored path leads out of the model")) {
      try verify(statement(resource("a", digest), ignored: ignored))
    }
  }

  @Test func theOlderPredicate() {
    #expect(throws: SignatureError.self) {
      try verify(statement(resource("a", digest), type: "https://model_signing/Digests/v0.1"))
    }
  }

  @Test func duplicateNamesInTheStatementItself() {
    let extra = #""resources":[\#(resource("z", digest))],"#
    #expect(throws: SignatureError.self) { try verify(statement(resource("a", digest), extra: extra)) }
  }

  @Test(arguments: [
    "", "{}", "[]", "{\"mediaType\":1}", "not json",
    "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}",
  ])
  func whatIsNoBundle(_ text: String) {
    #expect(throws: SignatureError.self) { try UnverifiedBundle(Bytes(utf8: text)) }
  }
}
