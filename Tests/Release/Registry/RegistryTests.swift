// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletRegistry
import Testing

@Suite final class RegistryTests {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("registry \(UUID()).db").path
  let time = Date(timeIntervalSince1970: 1_700_000_000)

  deinit {
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
  }

  func manifest(_ byte: UInt8) throws -> Manifest {
    try Manifest([.init(name: ".", digest: .of([byte]), size: 1)])
  }

  func admit(_ registry: any Registry, _ byte: UInt8, model: String = "digits") throws -> ModelVersion {
    let manifest = try manifest(byte)
    return try registry.admit(
      model: model, digest: manifest.root, format: "onnx", manifest: manifest, evidence: [], at: time)
  }

  @Test func versionsAreNumberedPerModelAndADigestKeepsItsNumber() throws {
    let registry = try SQLiteRegistry(path: path)
    #expect(try admit(registry, 1).number == 1)
    #expect(try admit(registry, 2).number == 2)
    #expect(try admit(registry, 1).number == 1)
    #expect(try admit(registry, 1, model: "other").number == 1)
    #expect(try registry.versions(of: "digits").map(\.number) == [2, 1])
    #expect(try SQLiteRegistry(path: path).versions().count == 3)
  }

  @Test func onlyAReleasedVersionAnswersAndTheNewestOneDoes() throws {
    let registry = try SQLiteRegistry(path: path)
    let first = try admit(registry, 1)
    let second = try admit(registry, 2)
    #expect(try registry.released("digits") == nil)
    for version in [first, second] {
      try registry.move(model: "digits", digest: version.digest, to: .released, evidence: [])
    }
    #expect(try registry.released("digits")?.number == 2)
    #expect(try registry.released("digits", number: 1)?.number == 1)
    try registry.move(model: "digits", digest: second.digest, to: .revoked, evidence: [])
    #expect(try registry.released("digits")?.number == 1)
    #expect(try registry.released("digits", number: 2) == nil)
  }

  @Test func onlyADecisionChangesWhereAReleasedVersionStands() throws {
    let registry = try SQLiteRegistry(path: path)
    let version = try admit(registry, 1)
    try registry.assess(model: "digits", digest: version.digest, evidence: [])
    #expect(try registry.versions()[0].state == .assessed)
    try registry.move(model: "digits", digest: version.digest, to: .released, evidence: [])
    #expect(try admit(registry, 1).state == .released)
    try registry.assess(model: "digits", digest: version.digest, evidence: [])
    #expect(try registry.released("digits")?.number == 1)
  }

  @Test func quarantineTakesTheReleaseOfADigestAwayInEveryModel() throws {
    let registry = try SQLiteRegistry(path: path)
    let version = try admit(registry, 1)
    _ = try admit(registry, 1, model: "copy")
    for model in ["digits", "copy"] {
      try registry.move(model: model, digest: version.digest, to: .released, evidence: [])
    }
    try registry.quarantine(digest: version.digest, evidence: [])
    #expect(try registry.versions().map(\.state) == [.quarantined, .quarantined])
    #expect(try registry.released("copy") == nil)
  }

  @Test func aMoveOfNothingLeavesNoEvidenceBehind() throws {
    struct Claim: EvidencePredicate {
      static let name = "claim"
      var at = Date(timeIntervalSince1970: 1)
    }
    let registry = try SQLiteRegistry(path: path)
    let digest = Digest.of([9])
    let envelope = EvidenceSigner().sign(Statement(about: digest, named: "m", Claim()))
    let evidence = StoredEvidence(subject: digest, name: "claim", envelope: envelope, createdAt: time)
    #expect(throws: RegistryError.noSuchVersion(model: "digits")) {
      try registry.move(model: "digits", digest: digest, to: .released, evidence: [evidence])
    }
    #expect(try registry.evidence(about: digest).isEmpty)
    try registry.keep([evidence, evidence])
    #expect(try registry.evidence(about: digest) == [evidence])
  }

  @Test func whatIsNotADatabaseIsRefused() throws {
    try Data("not a database, and long enough to be looked at as one".utf8).write(
      to: URL(fileURLWithPath: path))
    #expect(throws: RegistryError.self) { try SQLiteRegistry(path: path) }
    #expect(throws: RegistryError.self) { try SQLiteRegistry(path: "/no/such/folder/martlet.db") }
  }
}
