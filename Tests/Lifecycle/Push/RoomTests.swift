// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletLifecycle
import MartletLog
import MartletRegistry
import Testing

/// Quotas, and versions that give up their files.
@Suite struct RoomTests {
  private let scratch = Scratch()
  private let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Examples").standardizedFileURL.path
  private var network: String { examples + "/breast-cancer/mlp.onnx" }
  private var forest: String { examples + "/breast-cancer/forest.onnx" }

  @Test func aQuotaIsAboutAllModelsOfAPatternTogether() throws {
    let lifecycle = try scratch.lifecycle()
    try lifecycle.setQuota(Quota(models: NamePattern("team-*"), versions: 1))
    #expect(try lifecycle.push(network, as: "team-a").version == 1)
    // What is there takes no more room; other names are not meant.
    #expect(try lifecycle.push(network, as: "team-a").wasKnown)
    #expect(try lifecycle.push(network, as: "other").version == 1)
    let size = try lifecycle.store.log.reader.checkpoint().size
    #expect(
      throws: RegistryDoorError.quota("the quota on `team-*` is 1 versions, and there are 1")
    ) { try lifecycle.push(forest, as: "team-b") }
    #expect(throws: RegistryDoorError.self) {
      try lifecycle.protect(ProtectOrder(path: forest, name: "team-b"))
    }
    #expect(try lifecycle.store.log.reader.checkpoint().size == size)
    try lifecycle.setQuota(Quota(models: NamePattern("team-*"), bytes: 1 << 30))
    #expect(try lifecycle.push(forest, as: "team-b").version == 1)
    try lifecycle.setQuota(Quota(models: NamePattern("*"), bytes: 1_000))
    #expect(throws: RegistryDoorError.self) { try lifecycle.push(forest, as: "third") }
    try lifecycle.removeQuota(on: NamePattern("*"))
    #expect(throws: RegistryError.noSuchQuota("*")) { try lifecycle.removeQuota(on: NamePattern("*")) }
  }

  @Test func oldVersionsGiveUpTheirFilesAndNothingElse() throws {
    let lifecycle = try scratch.lifecycle()
    _ = try lifecycle.push(network, as: "net")
    _ = try lifecycle.push(forest, as: "net")
    try lifecycle.setRetention(Retention(models: NamePattern("n*"), newest: 1, days: 30))
    #expect(try lifecycle.applyRetention(onlyLooking: false).isEmpty)
    let later = Date(timeIntervalSinceNow: 31 * 86_400)
    #expect(try lifecycle.applyRetention(onlyLooking: true, at: later).map(\.number) == [1])
    #expect(try lifecycle.applyRetention(onlyLooking: false, at: later).map(\.number) == [1])
    #expect(try lifecycle.applyRetention(onlyLooking: false, at: later).isEmpty)

    let first = try lifecycle.version(VersionName("net:1"))
    #expect(first.state == .retired && first.filesRemovedAt != nil)
    #expect(try lifecycle.store.registry.evidence(about: first.digest).count == 4)
    #expect(throws: RegistryDoorError.filesRemoved(model: "net", number: 1)) {
      try lifecycle.pull(VersionName("net:1"), to: scratch.home.path + "/out", isSealed: false)
    }
    let garbage = try lifecycle.collectGarbage(onlyLooking: false, at: later)
    #expect(garbage.map(\.digest) == [first.manifest.resources[0].digest])
    #expect(try StoreCheck.run(lifecycle.store, isQuick: false).isEmpty)

    // The same files again are the same version, with files.
    #expect(try lifecycle.push(network, as: "net").version == 1)
    #expect(try lifecycle.version(VersionName("net:1")).filesRemovedAt == nil)
    #expect(try StoreCheck.run(lifecycle.store, isQuick: false).isEmpty)
  }

  @Test func whatIsInUseStays() throws {
    let lifecycle = try scratch.lifecycle()
    _ = try lifecycle.push(network, as: "net")
    _ = try lifecycle.push(forest, as: "net")
    _ = try lifecycle.push(forest, as: "nut")
    _ = try lifecycle.setAlias("champion", to: VersionName("net:1"))
    _ = try lifecycle.change(VersionName("nut"), .quarantine, reason: "drift")
    try lifecycle.setRetention(Retention(models: NamePattern("*"), newest: 0, days: 0))
    #expect(try lifecycle.applyRetention(onlyLooking: false).map { "\($0.model):\($0.number)" } == ["net:2"])
  }

  /// Who writes the row without the log is found out, and so is who removes it.
  @Test func filesThatWereGivenUpPastTheLogAreFound() throws {
    let lifecycle = try scratch.lifecycle()
    _ = try lifecycle.push(network, as: "net")
    try scratch.edit("UPDATE version SET filesRemovedAt = '2026-01-01'")
    let found = try StoreCheck.run(lifecycle.store, isQuick: true)
    #expect(found.contains { $0.state == .bad && $0.finding.contains("its files were given up") })
  }

  @Test func aPushWithoutNewsForADayIsGivenUp() throws {
    let lifecycle = try scratch.lifecycle()
    let offer = PushOffer(
      model: "net", files: [.init(name: ".", digest: .of([1]), size: 1)])
    _ = try lifecycle.beginPush(offer, by: "ci")
    #expect(try lifecycle.givePushesUp(onlyLooking: false) == 0)
    let later = Date(timeIntervalSinceNow: 90_000)
    #expect(try lifecycle.givePushesUp(onlyLooking: true, at: later) == 1)
    #expect(try lifecycle.givePushesUp(onlyLooking: false, at: later) == 1)
    #expect(try lifecycle.givePushesUp(onlyLooking: false, at: later) == 0)
  }
}
