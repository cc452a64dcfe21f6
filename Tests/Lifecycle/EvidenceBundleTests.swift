// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletLog
import MartletMaterials
import MartletRegistry
import Testing

import struct MartletLifecycle.Record

/// A store with one model in it, and another one's records around the model's own.
private final class Audited {
  let home = Home(
    path: FileManager.default.temporaryDirectory.appendingPathComponent("a store \(UUID())").path)
  let lifecycle: Lifecycle
  let digest: Digest

  init() throws {
    let lifecycle = Lifecycle(store: try Store(home))
    let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Examples").standardizedFileURL
    let policy = try Policy(yaml: "name: lenient\nrelease:\n  - require: scan.verdict == safe\n")
    func protect(_ file: String) throws -> Digest {
      try lifecycle.protect(
        ProtectOrder(path: examples.appendingPathComponent(file).path, policy: policy)
      ).digest
    }
    _ = try protect("breast-cancer/mlp.onnx")
    digest = try protect("digits/digits.onnx")
    _ = try protect("breast-cancer/forest.onnx")
    self.lifecycle = lifecycle
  }

  deinit { try? FileManager.default.removeItem(atPath: home.path) }

  func trust() throws -> BundleTrust {
    try BundleTrust(
      log: String(contentsOfFile: home.logVerifierKey, encoding: .utf8),
      evidence: String(contentsOfFile: home.evidenceVerifierKey, encoding: .utf8))
  }

  func bundle() throws -> [UInt8] { try UnverifiedEvidenceBundle(of: "digits", in: home).encoded() }

  func verify(_ bytes: [UInt8]) throws -> VerifiedEvidenceBundle {
    try UnverifiedEvidenceBundle(bytes).verify(trusting: trust())
  }

  /// The bundle with its JSON changed.
  func changed(_ change: (inout [String: Any]) throws -> Void) throws -> [UInt8] {
    var document = try #require(
      try JSONSerialization.jsonObject(with: Data(bundle())) as? [String: Any])
    try change(&document)
    return Array(try JSONSerialization.data(withJSONObject: document))
  }

  func attest(_ predicate: String, type: String = "https://slsa.dev/provenance/v1") throws -> Envelope {
    let attestation = try Attestation(
      about: digest, named: "digits", type: type, predicate: Array(predicate.utf8))
    return try lifecycle.attest(attestation, requiresStore: true).envelope
  }
}

@Suite struct EvidenceBundleTests {
  private let store = try! Audited()

  @Test func aBundleHasAllEvidenceAndVerifiesWithoutTheStore() throws {
    let bytes = try store.bundle()
    let trust = try store.trust()
    try FileManager.default.removeItem(atPath: store.home.path)
    let verified = try UnverifiedEvidenceBundle(bytes).verify(trusting: trust)
    #expect(verified.digest == store.digest)
    #expect(
      verified.pieces.map(\.evidence.name) == [
        "scan", "signature", BillOfMaterials.predicateType, "seal", "robustness", "decision",
      ])
    #expect(verified.records.map(\.record.action) == ["admit", "seal", "assess", "release"])
    #expect(verified.records.map(\.index) == [4, 5, 6, 7])
    #expect(verified.checkpoint.size == 12)
    #expect(!verified.isFirstUse)
  }

  @Test func aDigestNamesAModelAsWell() throws {
    let byDigest = try UnverifiedEvidenceBundle(of: store.digest.hex, in: store.home)
    #expect(try byDigest.encoded() == store.bundle())
    #expect(throws: BundleError.nothingKnown("a model other")) {
      try UnverifiedEvidenceBundle(of: "other", in: store.home)
    }
  }

  /// What somebody with a database editor could do.
  @Test func evidenceThatTheStoreHasLostIsMissed() throws {
    try DatabaseQueue(path: store.home.database).write {
      try $0.execute(
        sql: "DELETE FROM evidence WHERE name = 'scan' AND subject = ?", arguments: [store.digest.hex])
    }
    do {
      _ = try store.bundle()
      Issue.record("it was bundled")
    } catch let error as BundleError {
      guard case .lost = error else { throw error }
    }
  }

  @Test func theKeysOfTheBundleItselfCountOnlyWhenTheUserSaysSo() throws {
    let bundle = try UnverifiedEvidenceBundle(store.bundle())
    let verified = try bundle.verify(trusting: BundleTrust(onFirstUse: bundle))
    #expect(verified.isFirstUse)
    let other = try Audited()
    #expect(throws: BundleError.self) { try bundle.verify(trusting: other.trust()) }
  }

  @Test func evidenceThatWasTakenOutIsMissed() throws {
    let forged = try store.changed { $0["evidence"] = Array(($0["evidence"] as! [Any]).dropFirst()) }
    do throws(BundleError) {
      _ = try UnverifiedEvidenceBundle(forged).verify(trusting: try! store.trust())
      Issue.record("it was believed")
    } catch {
      guard case .withheld = error else { throw error }
    }
  }

  @Test func evidenceThatTheLogDoesNotNameIsRefused() throws {
    let forged = try store.changed { $0["records"] = Array(($0["records"] as! [Any]).dropLast()) }
    do throws(BundleError) {
      _ = try UnverifiedEvidenceBundle(forged).verify(trusting: try! store.trust())
      Issue.record("it was believed")
    } catch {
      guard case .unrecorded = error else { throw error }
    }
  }

  @Test func evidenceAndRecordsOfAnotherModelAreRefused() throws {
    let other = try #require(
      try JSONSerialization.jsonObject(
        with: Data(UnverifiedEvidenceBundle(of: "mlp", in: store.home).encoded())) as? [String: Any])
    for part in ["evidence", "records"] {
      let forged = try store.changed { $0[part] = other[part] }
      #expect(throws: BundleError.self) { try store.verify(forged) }
    }
    let renamed = try store.changed { $0["digest"] = other["digest"] }
    #expect(throws: BundleError.otherDigest("record 4")) { try store.verify(renamed) }
  }

  @Test func proofsAndCheckpointMustFit() throws {
    let changes: [(inout [String: Any]) -> Void] = [
      { $0["checkpoint"] = ($0["checkpoint"] as! String).replacing("\n12\n", with: "\n11\n") },
      { $0["checkpoint"] = "" }, { $0["mediaType"] = "text/plain" }, { $0["records"] = nil },
      { document in
        var records = document["records"] as! [[String: Any]]
        records[1]["index"] = 7
        document["records"] = records
      },
      { document in
        var records = document["records"] as! [[String: Any]]
        records[1]["proof"] = Array((records[1]["proof"] as! [Any]).dropLast())
        document["records"] = records
      },
      { document in
        var records = document["records"] as! [[String: Any]]
        records[1]["entry"] = records[2]["entry"]
        document["records"] = records
      },
      { $0["records"] = ($0["records"] as! [Any]) + ($0["records"] as! [Any]) },
      { $0["evidence"] = ($0["evidence"] as! [Any]) + ($0["evidence"] as! [Any]) },
    ]
    for change in changes {
      let forged = try store.changed(change)
      #expect(throws: BundleError.self) { try store.verify(forged) }
    }
  }

  @Test func cutsAnywhereAndFlippedBitsEverywhereAreRefusedOrChangeNothing() throws {
    let bytes = try store.bundle()
    for count in stride(from: 0, to: bytes.count - 1, by: 1) {
      #expect(throws: BundleError.self) { try UnverifiedEvidenceBundle(Array(bytes[..<count])) }
    }
    let expected = try store.verify(bytes).pieces.map(\.evidence.id)
    for index in stride(from: 0, to: bytes.count, by: 3) {
      var forged = bytes
      forged[index] ^= 0x04
      if let verified = try? store.verify(forged) {
        #expect(verified.pieces.map(\.evidence.id) == expected)
        #expect(verified.digest == store.digest)
      }
    }
  }
}

@Suite struct AttestationTests {
  private let store = try! Audited()

  @Test func aStatementBecomesEvidenceThatBundlesCarry() throws {
    let envelope = try store.attest(#"{"buildDefinition": {"x": 1.50, "y": "ä"}}"#)
    let payload = try #require(Data(base64Encoded: envelope.payload))
    #expect(
      String(decoding: payload, as: UTF8.self).contains(
        #""predicate":{"buildDefinition": {"x": 1.50, "y": "ä"}}}"#))
    let verified = try store.verify(store.bundle())
    let last = try #require(verified.pieces.last)
    #expect(last.evidence.name == "https://slsa.dev/provenance/v1")
    #expect(last.evidence.subject == "digits")
    #expect(last.evidence.id == envelope.digest)
    #expect(verified.records.last?.record.action == "attest")
    // What the gate has decided stays decided.
    #expect(try store.lifecycle.released("digits").version.number == 1)
  }

  @Test func whatTheStoreDoesNotHaveIsOnlySigned() throws {
    let attestation = try Attestation(
      about: .of([1]), named: "x", type: "https://example.com/x", predicate: Array("{}".utf8))
    #expect(throws: AttestationError.unknownDigest(.of([1]))) {
      _ = try store.lifecycle.attest(attestation, requiresStore: true)
    }
    #expect(try !store.lifecycle.attest(attestation, requiresStore: false).kept)
    #expect(throws: BundleError.self) {
      try UnverifiedEvidenceBundle(of: Digest.of([1]).hex, in: store.home)
    }
  }
}

@Suite struct AttestationFormTests {
  private func attestation(_ predicate: String, type: String = "https://slsa.dev/provenance/v1") throws
    -> Attestation
  {
    try Attestation(about: .of([1]), named: "x", type: type, predicate: Array(predicate.utf8))
  }

  /// Otherwise anybody at the command line could say that a scan was clean.
  @Test(arguments: ["urn:martlet:evidence:scan:v1", "urn:martlet:evidence:decision:v1", "urn:martlet:x"])
  func ourOwnTypesAreNotForOthers(_ type: String) {
    #expect(throws: AttestationError.ownType(type)) { try attestation("{}", type: type) }
  }

  @Test(arguments: ["", "scan", "https:", ":x", "1a:b", "https://a b", "https://\"", "https://ä"])
  func typesAreURIs(_ type: String) {
    #expect(throws: AttestationError.notAType(type)) { try attestation("{}", type: type) }
  }

  @Test(arguments: ["", "[]", "1", "{", "{} {}", #"{"a":1,"a":2}"#, "{\"a\":\u{1}}"])
  func predicatesAreJSONObjects(_ predicate: String) {
    #expect(throws: AttestationError.self) { try attestation(predicate) }
  }
}
