// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletGate
import MartletLifecycle
import MartletLog
import MartletRegistry
import Testing

/// What people do to versions: states, aliases and approvals.
@Suite struct VersionTests {
  private let scratch = Scratch()

  private func released() throws -> Lifecycle {
    let lifecycle = try scratch.lifecycle()
    let network = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Examples/breast-cancer/mlp.onnx").standardizedFileURL.path
    let policy = try Policy(yaml: "name: lenient\nrelease:\n  - require: scan.verdict == safe\n")
    let report = try lifecycle.protect(ProtectOrder(path: network, name: "net", policy: policy))
    try #require(report.decision?.released == true)
    return lifecycle
  }

  @Test func aNameIsAModelWithANumberOrAnAlias() throws {
    #expect(try VersionName("net").which == .newest)
    #expect(try VersionName("net:12").which == .number(12))
    #expect(try VersionName("net@champion").which == .alias("champion"))
    for wrong in [
      "", ":1", "net:", "net:0", "net:01", "net:+1", "net:-1", "net@", "net@a:1", "../net", "net:x",
    ] {
      #expect(throws: RegistryDoorError.versionName(wrong)) { try VersionName(wrong) }
    }
  }

  @Test(arguments: [Lifecycle.StateChange.quarantine, .revoke])
  func anEditorOfTheDatabaseBringsNothingBack(_ change: Lifecycle.StateChange) throws {
    let lifecycle = try released()
    _ = try lifecycle.released("net")
    _ = try lifecycle.change(VersionName("net"), change, reason: "why not")
    try scratch.edit("UPDATE version SET state = 'released'")
    #expect(throws: StoreError.notReleased(model: "net")) { try lifecycle.released("net") }
    let found = try StoreCheck.run(lifecycle.store, isQuick: true)
    #expect(found.contains { $0.state == .bad && $0.subject == "net:1" })
  }

  @Test func aRefusedChangeIsNotRecorded() throws {
    let lifecycle = try released()
    _ = try lifecycle.change(VersionName("net"), .revoke, reason: "poisoned")
    let size = try lifecycle.store.log.reader.checkpoint().size
    for change in [Lifecycle.StateChange.quarantine, .revoke, .retire] {
      #expect(throws: RegistryError.self) { try lifecycle.change(VersionName("net"), change, reason: "x") }
    }
    #expect(throws: RegistryError.self) { try lifecycle.approve(VersionName("net"), by: "anna") }
    #expect(try lifecycle.store.log.reader.checkpoint().size == size)
  }

  /// Two must agree who did not submit it; an approval dies with the evidence that it saw, and with the right to give it.
  @Test func aVersionWaitsForApprovals() throws {
    let lifecycle = try released()
    let policy = """
      name: agreed
      release:
        - require: scan.verdict == safe
      approvals: { count: 2, role: approver, notSubmitter: true }
      """
    _ = try lifecycle.setPolicy(Policy(yaml: policy))
    let name = try VersionName("net")
    func people(_ names: [String]) throws -> [String] {
      try names.map { person in
        let principal = Principal(id: "id-of-" + person, name: person, kind: .person)
        try lifecycle.store.registry.add(principal, at: Date())
        try lifecycle.store.registry.add(Grant(principal: principal.id, role: .approver))
        return principal.id
      }
    }
    let ids = try people(["anna", "ben"])
    #expect(try !lifecycle.release(name).released)
    _ = try lifecycle.approve(name, by: ids[0])
    _ = try lifecycle.approve(name, by: ids[0])
    // Whoever submitted it does not count, nor one person twice.
    #expect(try lifecycle.approve(name).isOwn)
    let one = try lifecycle.release(name)
    #expect(!one.released && one.reasons.contains { $0.text.contains("1 of 2 approvals") }, "\(one.reasons)")
    _ = try lifecycle.approve(name, by: ids[1])
    #expect(try lifecycle.release(name).released)
    #expect(try lifecycle.released("net").version.model == "net")
    #expect(try StoreCheck.run(lifecycle.store, isQuick: true).isEmpty)
    // Somebody without the role counts no more.
    try scratch.edit(#"DELETE FROM "grant""#)
    #expect(try !lifecycle.release(name).released)
    #expect(throws: StoreError.notReleased(model: "net")) { try lifecycle.released("net") }
  }

  @Test func anAliasLeadsToItsVersion() throws {
    let lifecycle = try released()
    _ = try lifecycle.setAlias("champion", to: VersionName("net:1"), by: "anna")
    #expect(try lifecycle.version(VersionName("net@champion")).number == 1)
    try lifecycle.removeAlias("champion", of: "net")
    #expect(throws: RegistryError.noSuchAlias(model: "net", name: "champion")) {
      try lifecycle.version(VersionName("net@champion"))
    }
    #expect(try StoreCheck.run(lifecycle.store, isQuick: false).isEmpty)
  }
}
