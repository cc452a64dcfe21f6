// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
import MartletEvidence
import MartletFiles
import MartletGate
import MartletLifecycle
import MartletLog
import MartletRegistry
import Testing

import struct MartletLifecycle.Record

/// A store with one model that was released by a policy.
private final class Released {
  let home = Home(
    path: FileManager.default.temporaryDirectory.appendingPathComponent("a store \(UUID())").path)
  let lifecycle: Lifecycle
  let digest: Digest

  static let digits = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Examples/digits/digits.onnx").standardizedFileURL.path

  /// - Parameter rest: what stands in the policy behind its one rule.
  init(_ rest: String = "") throws {
    lifecycle = Lifecycle(store: try Store(home))
    let report = try lifecycle.protect(
      ProtectOrder(path: Self.digits, policy: try Self.policy("require: scan.verdict == safe" + rest)))
    try #require(report.decision?.released == true)
    digest = report.digest
  }

  deinit { try? FileManager.default.removeItem(atPath: home.path) }

  static func policy(_ rule: String, named name: String = "test") throws -> Policy {
    try Policy(yaml: "name: \(name)\nrelease:\n  - \(rule)\n")
  }

  func records() throws -> [Record] {
    let reader = lifecycle.store.log.reader
    return try reader.entries(in: 0..<reader.checkpoint().size).map { try Record(entry: $0) }
  }

  var state: VersionState { get throws { try lifecycle.store.registry.versions()[0].state } }

  var isServed: Bool { (try? lifecycle.released("digits")) != nil }

  func edit(_ sql: String, _ arguments: StatementArguments = []) throws {
    try DatabaseQueue(path: home.database).write { try $0.execute(sql: sql, arguments: arguments) }
  }
}

@Suite struct ReevaluationTests {
  private static let hour = 3_600.0

  @Test func aPolicyThatSaysNoTakesTheReleaseBackAndTheLogSaysSoFirst() throws {
    let store = try Released()
    #expect(store.isServed)
    let results = try store.lifecycle.setPolicy(Released.policy("require: signature.outcome == verified"))
    #expect(results.map(\.outcome) == [.quarantined])
    #expect(try store.state == .quarantined)
    #expect(!store.isServed)
    let records = try store.records().suffix(2)
    #expect(records.map(\.action) == ["policy.set", "reevaluate"])
    #expect(records.last?.outcome == "quarantined")
    #expect(records.last?.reason?.contains("signature.outcome is absent") == true)
    #expect(try store.lifecycle.reevaluate().isEmpty)
  }

  @Test func anotherProcessSeesANewPolicyWithoutBeingTold() throws {
    let store = try Released()
    let server = Lifecycle(store: try Store(store.home))
    _ = try server.released("digits")
    // As a process that ends before it has decided anew.
    let other = Lifecycle(store: try Store(store.home))
    let failing = try Released.policy("require: signature.outcome == verified")
    _ = try other.setPolicy(failing)
    #expect(throws: StoreError.notReleased(model: "digits")) { try server.released("digits") }
  }

  @Test func evidenceThatBecomesTooOldEndsARelease() throws {
    let store = try Released("\n    maximumAge: 1h")
    let now = Date()
    let first = try store.lifecycle.reevaluate(at: now)
    #expect(first.map(\.outcome) == [.holds])
    let end = try #require(first[0].until)
    #expect(abs(end.timeIntervalSince(now) - Self.hour) < 120)
    #expect(try store.lifecycle.reevaluate(at: end + 1).map(\.outcome) == [.quarantined])
    #expect(!store.isServed)
  }

  @Test func timeThatHasPassedIsForgivenAsLongAsThePolicySays() throws {
    let store = try Released("\n    maximumAge: 1h\nonViolation: {grace: 2h}")
    let late = Date() + 2 * Self.hour
    let violation = try store.lifecycle.reevaluate(at: late)
    #expect(violation.map(\.outcome) == [.violates])
    #expect(violation[0].until == late + 2 * Self.hour)
    let count = try store.records().count
    // It is said once, and the time runs from when it was noticed.
    #expect(try store.lifecycle.reevaluate(at: late + Self.hour).map(\.outcome) == [.violates])
    #expect(try store.records().count == count)
    #expect(try store.lifecycle.reevaluate(at: late + 2 * Self.hour + 1).map(\.outcome) == [.quarantined])
    #expect(try store.records().suffix(2).map(\.outcome) == ["violated", "quarantined"])
  }

  @Test func anythingElseIsNotForgiven() throws {
    let store = try Released()
    let policy = try Policy(
      yaml: "name: x\nrelease:\n  - require: scan.verdict == unknown\nonViolation: {grace: 100d}\n")
    #expect(try store.lifecycle.setPolicy(policy).map(\.outcome) == [.quarantined])
  }

  @Test func aPolicyCanOnlyWarn() throws {
    let store = try Released()
    let policy = try Policy(
      yaml: "name: x\nrelease:\n  - require: scan.verdict == unknown\nonViolation: warn\n")
    #expect(try store.lifecycle.setPolicy(policy).map(\.outcome) == [.violates])
    #expect(store.isServed)
    #expect(try store.records().last?.outcome == "violated")
    // And when it says yes again, that is said, too.
    #expect(try store.lifecycle.setPolicy(Released.policy("evidence: scan")).map(\.outcome) == [.holds])
    #expect(try store.records().last?.outcome == "passed")
  }

  @Test func beingAskedAgainWritesNothing() throws {
    let store = try Released()
    for _ in 0..<3 { #expect(store.isServed) }
    _ = try store.lifecycle.reevaluate()
    #expect(try store.records().map(\.action) == ["admit", "seal", "assess", "release"])
  }

  @Test func whatCannotBeRecordedIsNotServedEither() throws {
    let store = try Released("\n    maximumAge: 1h")
    let late = Date() + 2 * Self.hour
    Disk.$interference.withValue({ _ in .failure(ENOSPC) }) {
      #expect(throws: (any Error).self) { try store.lifecycle.reevaluate(at: late) }
    }
    #expect(try store.state == .released)
    #expect(try store.lifecycle.reevaluate(at: late).map(\.outcome) == [.quarantined])
  }
}

@Suite struct StorePolicyTests {
  @Test func protectFollowsThePolicyOfTheStoreAndRefusesAnother() throws {
    let store = try Released()
    let set = try Released.policy("evidence: scan", named: "set")
    _ = try store.lifecycle.setPolicy(set)
    #expect(try store.lifecycle.policy().digest == set.digest)
    let report = try store.lifecycle.protect(ProtectOrder(path: Released.digits))
    #expect(report.decision?.policy == "set")
    #expect(throws: StoreError.self) {
      try store.lifecycle.protect(ProtectOrder(path: Released.digits, policy: .standard))
    }
  }

  @Test func environmentsHaveTheirOwn() throws {
    let store = try Released()
    let policy = try Policy(yaml: "name: x\nenvironments: production\nrelease:\n  - evidence: scan\n")
    #expect(throws: StoreError.self) { try store.lifecycle.setPolicy(policy) }
    #expect(throws: StoreError.self) { try store.lifecycle.setPolicy(policy, in: "staging") }
    _ = try store.lifecycle.setPolicy(policy, in: "production")
    #expect(try store.lifecycle.policy(in: "production").name == "x")
    #expect(try store.lifecycle.policy().name == "default")
    let report = try store.lifecycle.protect(ProtectOrder(path: Released.digits, environment: "production"))
    #expect(report.decision?.environment == "production")
    #expect(store.isServed)
  }

  @Test func rulesForAdmissionRefuseBeforeAnythingIsSealed() throws {
    let store = try Released()
    let policy = try Policy(
      yaml: "name: x\nadmit:\n  - require: signature.outcome == verified\nrelease:\n  - evidence: scan\n")
    let report = try store.lifecycle.protect(
      ProtectOrder(path: Released.digits, name: "other", policy: policy))
    #expect(report.stages.map(\.stage) == [.admit])
    #expect(report.decision?.reasons.first?.text.contains("signature.outcome is absent") == true)
    #expect(try store.lifecycle.store.registry.versions(of: "other").isEmpty)
  }

  @Test func explainingChangesNothing() throws {
    let store = try Released()
    let (version, decisions) = try store.lifecycle.explain(.standard, model: "digits")
    #expect(version.number == 1)
    #expect(decisions.map(\.released) == [false, false])
    #expect(decisions[0].reasons.filter(\.refuses).count == 3)
    #expect(store.isServed)
    #expect(try store.records().count == 4)
    #expect(throws: StoreError.self) { try store.lifecycle.explain(.standard, model: "other") }
  }

  /// What somebody with a database editor could do.
  @Test func aPolicyThatTheStoreDidNotSignDecidesNothing() throws {
    let store = try Released()
    let strict = try Released.policy("require: scan.verdict == safe", named: "strict")
    let loose = try Released.policy("require: scan.verdict != unsafe", named: "loose")
    _ = try store.lifecycle.setPolicy(strict)
    try store.lifecycle.store.registry.keepPolicy(loose.text, digest: loose.digest)
    try store.edit("UPDATE policySetting SET policy = ?", [loose.digest.hex])
    #expect(throws: StoreError.self) { try store.lifecycle.policy() }
    #expect(throws: StoreError.self) { try Lifecycle(store: Store(store.home)).released("digits") }
  }

  @Test func aDecisionWithoutThePolicyItRestsOnIsNotFollowed() throws {
    let store = try Released()
    try store.edit("DELETE FROM policy")
    #expect(throws: StoreError.self) { try Lifecycle(store: Store(store.home)).released("digits") }
    try store.edit(
      "INSERT INTO policy VALUES (?, ?)",
      [try policyDigest(store), "name: x\nrelease:\n  - evidence: scan\n"])
    #expect(throws: StoreError.self) { try Lifecycle(store: Store(store.home)).released("digits") }
  }

  private func policyDigest(_ store: Released) throws -> String {
    try Released.policy("require: scan.verdict == safe").digest.hex
  }
}
