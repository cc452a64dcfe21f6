// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import Synchronization
import Testing

@testable import MartletGuard

@Suite struct GuardTests {
  private let asker = Asker(key: "k", tenant: "t", network: "10.0.0.0/24")

  private func policy(_ change: (inout GuardPolicy) -> Void) -> GuardPolicy {
    var policy = GuardPolicy()
    change(&policy)
    return policy
  }

  @Test func whoAsksTooFastWaits() throws {
    let sentry = try Guard(
      Traffic.calibration(), policy: policy { $0.rate.key = .init(burst: 3, perSecond: 2) })
    for _ in 0..<3 { try sentry.admit(asker, rows: 1, at: Traffic.start) }
    #expect(throws: GuardRefusal.rate(GuardedParty(.key, "k"), wait: 0.5)) {
      try sentry.admit(asker, rows: 1, at: Traffic.start)
    }
    // Another key of the same tenant does not wait for it.
    try sentry.admit(Asker(key: "other", tenant: "t"), rows: 1, at: Traffic.start)
    try sentry.admit(asker, rows: 1, at: Traffic.start + 0.5)
    // A clock that goes back gives nothing.
    #expect(throws: GuardRefusal.self) { try sentry.admit(asker, rows: 1, at: Traffic.start - 1_000) }
    #expect(throws: GuardRefusal.rate(GuardedParty(.key, "k"), wait: .infinity)) {
      try sentry.admit(asker, rows: 4, at: Traffic.start + 100)
    }
  }

  @Test func budgetsAreHardAndPooled() throws {
    let sentry = try Guard(
      Traffic.calibration(),
      policy: policy {
        $0.budget.tenant = .init(queries: 10, seconds: 3_600)
        $0.budget.network = .init(queries: 15)
      })
    for turn in 0..<10 {
      try sentry.admit(Asker(key: "k\(turn)", tenant: "t", network: "n"), rows: 1, at: Traffic.start)
    }
    #expect(throws: GuardRefusal.budget(GuardedParty(.tenant, "t"), wait: 3_600)) {
      try sentry.admit(Asker(key: "new", tenant: "t", network: "n"), rows: 1, at: Traffic.start)
    }
    try sentry.admit(Asker(key: "a", tenant: "u", network: "n"), rows: 5, at: Traffic.start)
    #expect(throws: GuardRefusal.budget(GuardedParty(.network, "n"), wait: .infinity)) {
      try sentry.admit(Asker(key: "b", tenant: "v", network: "n"), rows: 1, at: Traffic.start + 1e6)
    }
    // The tenant's hour is over, and it has all of its budget again.
    try sentry.admit(Asker(key: "k0", tenant: "t", network: "m"), rows: 10, at: Traffic.start + 3_600)
    #expect(sentry.standing(of: GuardedParty(.tenant, "t"))?.spent == 10)
  }

  @Test func aRefusedQuestionCostsNobodyAnything() throws {
    let sentry = try Guard(
      Traffic.calibration(),
      policy: policy {
        $0.budget.key = .init(queries: 5)
        $0.budget.tenant = .init(queries: 2)
      })
    try sentry.admit(asker, rows: 2, at: Traffic.start)
    #expect(throws: GuardRefusal.self) { try sentry.admit(asker, rows: 1, at: Traffic.start) }
    #expect(sentry.standing(of: GuardedParty(.key, "k"))?.spent == 2)
  }

  @Test func manyQuestionsAtOnceGetNoMoreThanThereIs() async throws {
    let sentry = try Guard(
      Traffic.calibration(),
      policy: policy {
        $0.budget.tenant = .init(queries: 100)
        $0.rate.key = .init(burst: 1_000, perSecond: 1)
      })
    let admitted = await withTaskGroup(of: Int.self) { group in
      for key in 0..<8 {
        group.addTask {
          (0..<50).count { _ in
            (try? sentry.admit(Asker(key: "k\(key)", tenant: "t"), rows: 1, at: Traffic.start)) != nil
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(admitted == 100)
    let spent = (0..<8).compactMap { sentry.standing(of: GuardedParty(.key, "k\($0)"))?.spent }
    #expect(spent.reduce(0, +) == 100, "who is refused has nothing taken")
  }

  @Test func theLadderGoesUpWithTheEvidenceAndAnOperatorEndsIt() throws {
    let sentry = try Guard(Traffic.calibration())
    var traffic = Traffic(seed: 3)
    var rungs: [GuardRung] = []
    var response = ResponsePolicy.full
    for _ in 0..<60 {
      let judgement = sentry.ask(asker, traffic.noise())
      response = judgement.response
      rungs += judgement.news.filter { $0.party.kind == .key }.map(\.rung)
    }
    #expect(rungs == rungs.sorted() && rungs.last == .hold)
    #expect(response.labelOnly)
    #expect(throws: GuardRefusal.held(GuardedParty(.key, "k"))) {
      try sentry.admit(asker, rows: 1, at: Traffic.start)
    }
    #expect(sentry.flags().allSatisfy { $0.party.kind != .network || $0.rung == .coarsen })
    for party in asker.parties { #expect(sentry.clear(party) != nil) }
    #expect(sentry.clear(GuardedParty(.key, "k")) == nil)
    #expect(sentry.flags().isEmpty)
    try sentry.admit(asker, rows: 1, at: Traffic.start)
    #expect(!sentry.ask(asker, traffic.benign()).response.labelOnly)
  }

  @Test func whatWasRememberedSurvivesARestart() throws {
    let calibration = try Traffic.calibration()
    let policy = policy { $0.budget.key = .init(queries: 40) }
    let before = try Guard(calibration, policy: policy)
    var traffic = Traffic(seed: 3)
    for _ in 0..<30 {
      try? before.admit(asker, rows: 1, at: Traffic.start)
      before.ask(asker, traffic.noise())
    }
    let state = try GuardState(decoding: Bytes(before.encoded()))
    let after = try Guard(
      GuardCalibration(json: Bytes(calibration.json())), policy: policy, state: state)
    #expect(after.flags() == before.flags() && !after.flags().isEmpty)
    #expect(after.standing(of: asker.parties[0])?.spent == before.standing(of: asker.parties[0])?.spent)
    #expect(throws: GuardRefusal.self) { try after.admit(asker, rows: 1, at: Traffic.start) }

    // By another calibration the evidence says nothing; what was spent is spent.
    let other = try Guard(Traffic.calibration(seed: 2), policy: policy, state: state)
    #expect(other.flags().isEmpty)
    #expect(other.standing(of: asker.parties[0])?.spent == before.standing(of: asker.parties[0])?.spent)
  }

  @Test func aFileIsReplacedWhole() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "guard.state").path
    let sentry = try Guard(Traffic.calibration())
    sentry.ask(asker, [Float](repeating: 0.5, count: 16))
    try sentry.save(to: path)
    let state = try GuardState(decoding: Bytes(contentsOf: path))
    #expect(state.parties.count == 3)
  }

  @Test func manyPartiesDoNotFillTheMemory() throws {
    let shard = GuardShard()
    for number in 0..<9_000 {
      shard.with(GuardedParty(.network, "\(number)"), at: Double(number)) {
        $0.flaggedAt = number == 0 ? 1 : 0
      }
    }
    #expect(shard.parties.withLock { $0.count } <= Limits.guardParties / 16)
    // Who is flagged is not forgotten for being long gone.
    #expect(shard.parties.withLock { $0[GuardedParty(.network, "0")] } != nil)
    #expect(shard.parties.withLock { $0[GuardedParty(.network, "8999")] } != nil)
  }
}
