// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
import MartletAccess
import MartletEncrypt
import MartletEvidence
import MartletFiles
import MartletGate
import MartletLifecycle
import MartletLog
import MartletMaterials
import MartletRegistry
import MartletRobustness
import Testing

import struct MartletLifecycle.Record

private let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .appendingPathComponent("../../Examples").standardizedFileURL

/// A store in a folder of its own, which goes when the test ends.
/// A store of a test, which goes with it.
final class Scratch {
  let home = Home(
    path: FileManager.default.temporaryDirectory.appendingPathComponent("a store \(UUID())").path)
  deinit { try? FileManager.default.removeItem(atPath: home.path) }

  func lifecycle() throws -> Lifecycle { Lifecycle(store: try Store(home)) }

  /// What somebody with a database editor could do.
  func edit(_ sql: String, _ arguments: StatementArguments = []) throws {
    try DatabaseQueue(path: home.database).write { try $0.execute(sql: sql, arguments: arguments) }
  }
}

private func digits(_ radius: Float = 0.1) -> ProtectOrder {
  ProtectOrder(
    path: examples.appendingPathComponent("digits/digits.onnx").path,
    data: examples.appendingPathComponent("digits/digits.npz").path, radius: radius, attack: .pgd)
}

@Suite struct ProtectTests {
  private let scratch = Scratch()

  @Test func aGoodModelIsReleasedWithEvidenceForEveryStage() throws {
    let lifecycle = try scratch.lifecycle()
    let report = try lifecycle.protect(digits())
    #expect(report.verdict == .safe)
    #expect(report.stages.map(\.stage) == [.admit, .seal, .assess, .release])
    #expect(report.stages.allSatisfy { $0.outcome == .passed && !$0.evidence.isEmpty })
    #expect(report.decision?.released == true)
    #expect(try lifecycle.released("digits").version.digest == report.digest)

    let kept = try lifecycle.store.registry.evidence(about: report.digest)
    #expect(
      Set(kept.map(\.name)) == [
        "scan", "signature", BillOfMaterials.predicateType, "seal", "robustness", "decision",
      ])
    #expect(Set(report.stages.flatMap(\.evidence)) == Set(kept.map(\.id)))

    let reader = lifecycle.store.log.reader
    let records = try reader.entries(in: 0..<reader.checkpoint().size).map { try Record(entry: $0) }
    #expect(records.map(\.action) == ["admit", "seal", "assess", "release"])
    #expect(Set(records.flatMap { $0.evidence ?? [] }) == Set(kept.map(\.id)))
  }

  @Test func theOpenedModelIsTheFile() throws {
    let lifecycle = try scratch.lifecycle()
    _ = try lifecycle.protect(digits())
    let opened = try lifecycle.open(lifecycle.released("digits"))
    let file = try Data(contentsOf: examples.appendingPathComponent("digits/digits.onnx"))
    let isSame = opened.bytes.withUnsafeBytes { Data($0) == file }
    #expect(isSame)
  }

  @Test func aSecondTimeKeepsTheVersion() throws {
    _ = try scratch.lifecycle().protect(digits())
    let again = try scratch.lifecycle().protect(digits())
    #expect(again.version == 1)
    #expect(again.decision?.released == true)
  }

  @Test func aPolicyThatSaysNoTakesTheReleaseAway() throws {
    let lifecycle = try scratch.lifecycle()
    _ = try lifecycle.protect(digits())
    var order = digits()
    order.policy = try Policy(
      yaml: "name: strict\nrelease:\n  - require: robustness.linf[0.1].accuracy >= 0.99")
    let refused = try lifecycle.protect(order)
    #expect(refused.decision?.released == false)
    #expect(throws: StoreError.notReleased(model: "digits")) { try lifecycle.released("digits") }
  }

  @Test func aModelWithoutDataIsNotReleased() throws {
    var order = digits()
    order.data = nil
    let report = try scratch.lifecycle().protect(order)
    #expect(report.stages[2].outcome == .skipped)
    #expect(report.decision?.released == false)
    #expect(report.decision?.reasons.contains { $0.text.contains("no data were given") } == true)
  }

  @Test(arguments: ["../x", "", "a b", ".hidden", "-x", "a/b", String(repeating: "a", count: 65), "é"])
  func aNameThatCouldDoHarmIsRefused(_ name: String) throws {
    var order = digits()
    order.name = name
    #expect(throws: StoreError.self) { try scratch.lifecycle().protect(order) }
  }
}

/// The database alone releases nothing.
@Suite struct InsiderTests {
  private let scratch = Scratch()

  @Test func aRowSetToReleasedWithoutADecisionIsNotServed() throws {
    let lifecycle = try scratch.lifecycle()
    var order = digits()
    order.data = nil
    _ = try lifecycle.protect(order)
    try scratch.edit("UPDATE version SET state = 'released'")
    #expect(throws: StoreError.notReleased(model: "digits")) { try lifecycle.released("digits") }
  }

  @Test func aDecisionOfAnotherStoreIsNotBelieved() throws {
    let other = Scratch()
    let report = try other.lifecycle().protect(digits())
    let foreign = try other.lifecycle().store.registry.evidence(about: report.digest)
    let lifecycle = try scratch.lifecycle()
    var order = digits()
    order.data = nil
    _ = try lifecycle.protect(order)
    try lifecycle.store.registry.keep(foreign)
    try scratch.edit("UPDATE version SET state = 'released'")
    #expect(throws: StoreError.notReleased(model: "digits")) { try lifecycle.released("digits") }
  }

  @Test func aListOfFilesThatWasExchangedIsNotServed() throws {
    let lifecycle = try scratch.lifecycle()
    _ = try lifecycle.protect(digits())
    let other = try Manifest([.init(name: ".", digest: .of([1, 2, 3]), size: 3)])
    try scratch.edit(
      "UPDATE version SET manifest = ?", [String(decoding: try JSONEncoder().encode(other), as: UTF8.self)])
    #expect(throws: StoreError.notReleased(model: "digits")) { try lifecycle.released("digits") }
  }

  @Test func anOlderDecisionDoesNotOutweighANewerOne() throws {
    let lifecycle = try scratch.lifecycle()
    _ = try lifecycle.protect(digits())
    var order = digits()
    order.policy = try Policy(yaml: "name: strict\nrelease:\n  - require: robustness.clean.accuracy > 1")
    _ = try lifecycle.protect(order)
    try scratch.edit("UPDATE version SET state = 'released'")
    #expect(throws: StoreError.notReleased(model: "digits")) { try lifecycle.released("digits") }
  }
}

@Suite struct StoreTests {
  private let scratch = Scratch()

  @Test func aLostKeyIsSaidAndNotReplaced() throws {
    _ = try scratch.lifecycle()
    for key in ["evidence.pem", "sealing.age", "log.key"] {
      let path = scratch.home.keys + "/" + key
      let kept = try Data(contentsOf: URL(fileURLWithPath: path))
      try FileManager.default.removeItem(atPath: path)
      #expect(throws: StoreError.missingKey(path)) { try Store(scratch.home) }
      #expect(
        FileManager.default.createFile(atPath: path, contents: kept, attributes: [.posixPermissions: 0o600]))
    }
    #expect(throws: Never.self) { try Store(scratch.home) }
  }

  @Test func aKeyThatOthersMayReadIsRefused() throws {
    _ = try scratch.lifecycle()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: scratch.home.serverKeyForTests)
    #expect(throws: FilesError.self) { try Store(scratch.home) }
  }

  @Test func manyOpenOneNewStoreAtOnce() async throws {
    let home = scratch.home
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<4 {
        group.addTask {
          let lifecycle = Lifecycle(store: try Store(home))
          _ = try lifecycle.makeKey(for: "service \(index)", kind: .service, role: .predictor)
        }
      }
      try await group.waitForAll()
    }
    #expect(try Store(home).registry.keys().count == 4)
    #expect(try Store(home).log.reader.checkpoint().size == 4)
  }

  @Test func aRefusedKeyOpensNothing() throws {
    let lifecycle = try scratch.lifecycle()
    let now = Date()
    let key = try lifecycle.makeKey(for: "line", kind: .service, role: .predictor, models: "digits")
    let asker = try #require(try lifecycle.authenticate(key.reveal(), at: now))
    #expect(asker.may(.predict, .model("digits")).allowed)
    #expect(!asker.may(.predict, .model("faces")).allowed)
    #expect(!asker.may(.audit, .everything).allowed)
    #expect(try lifecycle.authenticate(APIKey.generate().reveal(), at: now) == nil)
    let other = Scratch()
    #expect(try other.lifecycle().authenticate(key.reveal(), at: now) == nil)
    extendLifetime(other)
    try lifecycle.revokeKey(key.id)
    #expect(try lifecycle.authenticate(key.reveal(), at: now) == nil)
    let short = try lifecycle.makeKey(for: "line", kind: .service, role: .viewer, expires: now + 60)
    #expect(try lifecycle.authenticate(short.reveal(), at: now + 59) != nil)
    #expect(try lifecycle.authenticate(short.reveal(), at: now + 61) == nil)
  }
}

@Suite struct RecorderTests {
  private let scratch = Scratch()

  private func record(_ index: Int) -> Record {
    Record("test", outcome: "\(index)", by: "nobody", at: Date(timeIntervalSince1970: 1))
  }

  @Test func everythingNotedIsInTheLogInOrderWhenTheRecorderEnds() async throws {
    let store = try scratch.lifecycle().store
    let recorder = Recorder(store: store)
    async let running: Void = recorder.run()
    for index in 0..<500 { #expect(recorder.note(record(index))) }
    recorder.finish()
    await running
    let entries = try store.log.reader.entries(in: 0..<500).map { try Record(entry: $0).outcome }
    #expect(entries == (0..<500).map(String.init))
  }

  @Test func whenTheDiskIsFullTheRecorderSaysSoAndLosesNothing() async throws {
    let store = try scratch.lifecycle().store
    let recorder = Recorder(store: store)
    #expect(recorder.note(record(0)))
    recorder.finish()
    await Disk.$interference.withValue({ _ in .failure(ENOSPC) }) { await recorder.run() }
    #expect(recorder.isFailing)
    #expect(!recorder.note(record(1)))
    await recorder.run()
    #expect(!recorder.isFailing)
    #expect(try store.log.reader.checkpoint().size == 2)
  }
}

extension Home {
  fileprivate var serverKeyForTests: String { keys + "/evidence.pem" }
}
