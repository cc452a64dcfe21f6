// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletRegistry
import Testing

/// A way to keep what a registry knows. A new one is added to ``all``, and has the whole suite.
struct RegistryBackend: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Opens the registry of a folder, and makes it when it is not there.
  let open: @Sendable (_ folder: String) throws -> any Registry

  static let all = [
    RegistryBackend(testDescription: "SQLite") { try SQLiteRegistry(path: $0 + "/martlet.db") }
  ]
}

/// What every backend promises: see ``Registry``.
@Suite final class RegistryCompatibilityTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("backend \(UUID())").path
  private let time = Date(timeIntervalSince1970: 1_700_000_000)

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  @Test(arguments: RegistryBackend.all, [1, 2, 3, 4, 5, 6] as [UInt64])
  func itSaysWhatTheReferenceSays(_ backend: RegistryBackend, _ seed: UInt64) throws {
    var history = RegistryHistory(seed: seed)
    let reference = ReferenceRegistry()
    var registry = try backend.open(folder)
    for step in 1...200 {
      let said = history.step([registry, reference])
      try #require(said[0] == said[1], "step \(step)")
      guard step % 25 == 0 else { continue }
      // What was said before is still there in another process.
      if step % 50 == 0 { registry = try backend.open(folder) }
      let found = history.everything(registry)
      let expected = history.everything(reference)
      for (one, two) in zip(found, expected) { try #require(one == two, "after step \(step)") }
    }
  }

  @Test(arguments: RegistryBackend.all)
  func theFirstAdministratorComesOnceAndWithTheSecret(_ backend: RegistryBackend) throws {
    let registry = try backend.open(folder)
    let hash = try #require(PasswordHash("vermilion otter", cost: ScryptCost(logN: 4, r: 8, p: 1)!))
    let secret = BootstrapSecret()
    try registry.issue(secret, at: time)
    #expect(
      try registry.bootstrap(with: BootstrapSecret(), name: "eve", password: hash, at: time) == nil)
    let late = time + BootstrapSecret.lifetime
    #expect(try registry.bootstrap(with: secret, name: "eve", password: hash, at: late) == nil)
    let made = try #require(try registry.bootstrap(with: secret, name: "anna", password: hash, at: time))
    #expect(try registry.account(id: made.id)?.grants.map(\.role) == [.administrator])
    #expect(try registry.bootstrap(with: secret, name: "eve", password: hash, at: time) == nil)
    #expect(throws: RegistryError.administered) { try registry.issue(BootstrapSecret(), at: time) }
    #expect(try registry.principal(named: "anna", kind: .person, at: time) == made)
    #expect(throws: RegistryError.nameTaken("anna")) {
      try registry.principal(named: "anna", kind: .service, at: time)
    }
  }

  /// Nothing that could change a decision leaves the mark as it is.
  @Test(arguments: RegistryBackend.all)
  func theMarkOfADecisionMovesWithWhatItRestsOn(_ backend: RegistryBackend) throws {
    let registry = try backend.open(folder)
    let digest = Digest.of([1])
    var marks: Set<DecisionMark> = [try registry.decisionMark(about: digest)]
    let envelope = Envelope(payload: "AAAA", payloadType: "text", signatures: [])
    let piece = StoredEvidence(subject: digest, name: "scan", envelope: envelope, createdAt: time)
    try registry.keep([piece])
    marks.insert(try registry.decisionMark(about: digest))
    try registry.keep([piece])
    #expect(marks.contains(try registry.decisionMark(about: digest)))
    for second in 0..<2 {
      try registry.add(
        Approval(
          principal: "anna", model: "net", digest: digest, evidence: .of([UInt8(second)]),
          at: time + Double(second)))
      #expect(marks.insert(try registry.decisionMark(about: digest)).inserted)
    }
    try registry.keepPolicy("p", digest: .of([2]))
    try registry.add(StoredPolicySetting(environment: "", policy: .of([2]), envelope: envelope, setAt: time))
    #expect(marks.insert(try registry.decisionMark(about: digest)).inserted)
  }

  /// Also of another process's writes.
  @Test(arguments: RegistryBackend.all)
  func aWatchSeesEveryWrite(_ backend: RegistryBackend) throws {
    let watch = try backend.open(folder).watch()
    let other = try backend.open(folder)
    var marks: Set<Int64> = [try watch.mark()]
    #expect(marks.contains(try watch.mark()))
    for number in 0..<3 {
      try other.set(Quota(models: NamePattern("*"), bytes: number), at: time)
      #expect(marks.insert(try watch.mark()).inserted)
    }
  }

  @Test(arguments: RegistryBackend.all)
  func writersOfSeveralProcessesTakeTurns(_ backend: RegistryBackend) async throws {
    let folder = folder
    let time = time
    // Whoever makes a store holds its lock meanwhile.
    _ = try backend.open(folder)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let registry = try backend.open(folder)
          for number in 0..<10 {
            let manifest = try Manifest([
              .init(name: ".", digest: .of([UInt8(writer), UInt8(number)]), size: 1)
            ])
            _ = try registry.admit(
              model: "net", digest: manifest.root, format: "onnx", manifest: manifest, evidence: [], at: time)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try backend.open(folder).versions(of: "net").map(\.number) == Array((1...40).reversed()))
  }
}
