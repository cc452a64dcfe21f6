// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletFormats
import MartletSign
import MartletVerify
import Testing

/// Statements that a strict verifier must refuse although their signature fits.
@Suite struct StatementTests {
  let model = try! SignedModel()

  func refusal(_ statement: Statement, _ options: ModelVerifier.Options = .init()) throws -> SignatureError? {
    try model.forge(statement.text)
    do {
      try model.verify(options)
      return nil
    } catch let error as SignatureError {
      return error
    }
  }

  @Test func aGoodStatementVerifies() throws {
    #expect(try refusal(Statement()) == nil)
    #expect(try refusal(Statement(ignored: nil)) == nil)
  }

  @Test func emptyResources() throws {
    #expect(try refusal(Statement(files: [])) == .noResources)
  }

  @Test func duplicateNames() throws {
    let files = [("config.json", "{}"), ("config.json", "{\"evil\":1}"), ("sub/part.bin", "more")]
    #expect(try refusal(Statement(files: files)) == .duplicateName("config.json"))
  }

  @Test func unsortedResources() throws {
    let files = [("weights.bin", "weights"), ("config.json", "{}"), ("sub/part.bin", "more")]
    #expect(try refusal(Statement(files: files)) == .unsorted("config.json", after: "weights.bin"))
  }

  /// The reference tool puts `a/c` before `a.b`, by the parts of the paths; OMS puts it behind, by code points.
  @Test func bothOrdersThatAreInUseAreInOrder() throws {
    for name in ["a/c", "a.b", "a-b/c"] { try model.write(name, name) }
    for name in ["config.json", "sub/part.bin", "weights.bin"] { try model.remove(name) }
    let byPoint = [("a-b/c", "a-b/c"), ("a.b", "a.b"), ("a/c", "a/c")]
    let byPart = [("a/c", "a/c"), ("a-b/c", "a-b/c"), ("a.b", "a.b")]
    let neither = [("a.b", "a.b"), ("a/c", "a/c"), ("a-b/c", "a-b/c")]
    #expect(try refusal(Statement(files: byPoint)) == nil)
    #expect(try refusal(Statement(files: byPart)) == nil)
    #expect(try refusal(Statement(files: neither)) == .unsorted("a-b/c", after: "a/c"))
  }

  @Test func aRootThatIsNotOfTheResources() throws {
    #expect(try refusal(Statement(root: .of([3]))) == .otherRoot)
  }

  @Test(arguments: ["../..", "/etc", "a/../b", "..", "", "."])
  func ignoredPathsThatLeadOut(_ path: String) throws {
    #expect(try refusal(Statement(ignored: #"["\#(path)"]"#)) == .ignoredPathLeadsOut(path))
  }

  @Test(arguments: ["../config.json", "/config.json", "./config.json", "sub//part.bin", "sub/../x", "", "a/"])
  func resourcesThatAreNoPlaceInAModel(_ name: String) throws {
    #expect(try refusal(Statement(files: [(name, "{}")])) == .resourceLeadsOut(name))
  }

  @Test func theOlderPredicateUnlessItIsAllowed() throws {
    let older = Statement(predicateType: OMS.olderPredicateType)
    #expect(try refusal(older) == .olderPredicate)
    let files = ["config.json": "{}", "sub/part.bin": "more", "weights.bin": "weights"].sorted {
      $0.key < $1.key
    }
    let subjects = files.map { #"{"name":"\#($0)","digest":{"sha256":"\#(Digest.of(Array($1.utf8)).hex)"}}"# }
    try model.forge(
      #"{"_type":"https://in-toto.io/Statement/v1","predicateType":"\#(OMS.olderPredicateType)","predicate":{},"#
        + #""subject":[\#(subjects.joined(separator: ","))]}"#)
    #expect(throws: SignatureError.olderPredicate) { try model.verify() }
    #expect(try model.verify(.init(allowsLegacy: true)).subject == "model")
    try model.write("config.json", "{ }")
    #expect(throws: SignatureError.differs([.changed("config.json")])) {
      try model.verify(.init(allowsLegacy: true))
    }
  }

  @Test func duplicateKeysInTheStatement() throws {
    guard case .notJSON(.duplicateName("resources", _)) = try refusal(Statement(extra: #""resources":[],"#))
    else {
      Issue.record("it was read")
      return
    }
  }

  @Test func trailingBytesInTheStatement() throws {
    guard case .notJSON(.trailingBytes) = try refusal(Statement(tail: "{}")) else {
      Issue.record("it was read")
      return
    }
  }

  /// What is verified are the bytes that are read: an envelope whose payload is exchanged does not fit.
  @Test func signedBytesOtherThanThoseParsed() throws {
    let signed = try SigningKey(pem: model.keyPEM).envelope(Array(Statement().text.utf8), keyID: "")
    let other = Data(Statement(files: [("x", "y")]).text.utf8).base64EncodedString()
    let forged = Envelope(payload: other, payloadType: signed.payloadType, signatures: signed.signatures)
    try model.forge(envelope: String(decoding: forged.encoded(), as: UTF8.self))
    #expect(throws: SignatureError.doesNotFit) { try model.verify() }
  }

  @Test(arguments: [
    Statement(type: "https://in-toto.io/Statement/v0.1"), Statement(predicateType: "https://example.com/x"),
    Statement(method: #""method":"files","shard_size":3"#), Statement(method: #""method":"shards""#),
    Statement(method: #""method":"shards","shard_size":0"#),
    Statement(method: #""method":"shards","shard_size":-1"#),
    Statement(method: #""method":"shards","shard_size":1.5"#), Statement(links: "1"),
    Statement(ignored: "{}"),
    Statement(ignored: "[1]"),
  ])
  func whatIsNotOMS(_ statement: Statement) throws {
    guard case .malformed = try refusal(statement) else {
      Issue.record("it was accepted, or refused for another reason")
      return
    }
  }

  @Test func otherHashesAndMethodsAreNotCheckedHere() throws {
    for statement in [
      Statement(method: #""method":"tree""#), Statement(hash: "blake3"), Statement(hash: "sha256-sharded-4"),
    ] {
      guard case .unsupported = try refusal(statement) else {
        Issue.record("it was accepted")
        continue
      }
    }
  }

  @Test func anotherKey() throws {
    try model.sign()
    let other = try SignedModel()
    let verifier = ModelVerifier(trusting: try other.trust())
    do throws(SignatureError) {
      _ = try verifier.verify(model.path, signature: model.signature)
      Issue.record("it was believed")
    } catch {
      guard case .otherKey = error else { throw error }
    }
    try model.forge(Statement().text)
    #expect(throws: SignatureError.doesNotFit) {
      try verifier.verify(model.path, signature: model.signature)
    }
  }

  /// Before 1.0, signatures were made with SHA-256 on every curve, over the payload as Python shows it.
  @Test(arguments: SigningKey.Curve.allCases)
  func theOlderEncodingUnlessItIsAllowed(_ curve: SigningKey.Curve) throws {
    let model = try SignedModel(["it's": "\\"], curve)
    let payload = Statement(files: [("it's", "\\")]).text
    let shown = "b'" + payload.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    let type = "application/vnd.in-toto+json"
    let signature = try legacySignature(model, "DSSEV1 28 \(type) \(payload.utf8.count) \(shown)", curve)
    let encoded = Data(payload.utf8).base64EncodedString()
    try model.forge(
      envelope:
        #"{"payload":"\#(encoded)","payloadType":"\#(type)","signatures":[{"sig":"\#(signature)","keyid":null}]}"#
    )
    #expect(throws: SignatureError.doesNotFit) { try model.verify() }
    #expect(try model.verify(.init(allowsLegacy: true)).files == 1)
  }
}
