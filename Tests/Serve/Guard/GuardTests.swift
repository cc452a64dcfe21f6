// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Glibc
import MartletAccess
import MartletBytes
import MartletFiles
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
    #expect(sentry.spent(by: GuardedParty(.tenant, "t")) == 10)
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
    #expect(sentry.spent(by: GuardedParty(.key, "k")) == 2)
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
    let spent = (0..<8).map { sentry.spent(by: GuardedParty(.key, "k\($0)")) }
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
    for party in asker.parties { #expect(sentry.book.clear(party) != nil) }
    #expect(sentry.book.clear(GuardedParty(.key, "k")) == nil)
    #expect(sentry.flags().isEmpty)
    try sentry.admit(asker, rows: 1, at: Traffic.start)
    #expect(!sentry.ask(asker, traffic.benign()).response.labelOnly)
  }

  /// A place for a ledger, which is gone with it.
  private final class Place {
    let folder = FileManager.default.temporaryDirectory.appending(path: "guard \(UUID())")
    var path: String { folder.appending(path: "digits.ledger").path }

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: folder) }
  }

  @Test func whatWasAnsweredIsRememberedByTheNextServerHoweverThisOneEnds() throws {
    let place = try Place()
    let calibration = try Traffic.calibration()
    let policy = policy {
      $0.budget.key = .init(queries: 40)
      $0.rate.tenant = .init(burst: 100, perSecond: 0.001)
    }
    let before = try Guard(calibration, policy: policy, book: GuardBook(place.path))
    var traffic = Traffic(seed: 3)
    for _ in 0..<30 {
      try? before.admit(asker, rows: 1, at: Traffic.start)
      before.ask(asker, traffic.noise())
    }
    let flags = before.flags()
    let spent = before.spent(by: asker.parties[0])
    #expect(!flags.isEmpty && spent > 0)
    // As a kill leaves it: nothing was closed or made durable.
    let copy = place.path + ".copy"
    try FileManager.default.copyItem(atPath: place.path, toPath: copy)

    let after = try Guard(
      GuardCalibration(json: Bytes(calibration.json())), policy: policy, book: GuardBook(copy))
    #expect(after.book.damaged == 0)
    #expect(after.flags() == flags)
    #expect(after.spent(by: asker.parties[0]) == spent)
    #expect(throws: GuardRefusal.self) { try after.admit(asker, rows: 1, at: Traffic.start) }
    // The burst is gone as it was.
    #expect(throws: GuardRefusal.self) {
      try after.admit(Asker(key: "other", tenant: "t"), rows: 100, at: Traffic.start)
    }
    after.book.close()

    // By another calibration the evidence says nothing; what was spent is spent.
    let other = try Guard(Traffic.calibration(seed: 2), policy: policy, book: GuardBook(copy))
    #expect(other.flags().isEmpty)
    #expect(other.spent(by: asker.parties[0]) == spent)
    other.book.close()
    // The first is known to the book: it takes nothing away again.
    let again = try Guard(calibration, policy: policy, book: GuardBook(copy))
    again.ask(asker, traffic.noise())
    again.book.close()
    #expect(try GuardBook(copy).standing(of: asker.parties[0], at: Traffic.start)?.queries == 1)
  }

  @Test func oneServerAtATimeHasTheLedger() throws {
    let place = try Place()
    let first = try GuardBook(place.path)
    #expect(throws: FilesError.self) { try GuardBook(place.path, waitingAtMost: .zero) }
    first.close()
    _ = try GuardBook(place.path, waitingAtMost: .zero)
  }

  @Test func whatCannotBeWrittenIsSaid() throws {
    let place = try Place()
    let sentry = try Guard(Traffic.calibration(), book: GuardBook(place.path))
    sentry.ask(asker, [Float](repeating: 0.5, count: 16))
    #expect(!sentry.book.isFailing)
    Disk.$interference.withValue({ $0.operation == .write ? .failure(ENOSPC) : nil }) {
      _ = sentry.ask(asker, [Float](repeating: 0.5, count: 16))
    }
    #expect(sentry.book.isFailing)
    sentry.ask(asker, [Float](repeating: 0.5, count: 16))
    #expect(!sentry.book.isFailing, "the disk has room again")
  }

  @Test func whoeverLooksSeesWhatTheGuardKnows() throws {
    let place = try Place()
    let sentry = try Guard(
      Traffic.calibration(), policy: policy { $0.budget.tenant = .init(queries: 100, seconds: 60) },
      book: GuardBook(place.path))
    var traffic = Traffic(seed: 3)
    for _ in 0..<40 {
      try? sentry.admit(asker, rows: 1, at: Traffic.start)
      sentry.ask(asker, traffic.noise())
    }
    let seen = try GuardRecollection(place.path).standings(at: Traffic.start)
    #expect(seen == sentry.book.standings(at: Traffic.start))
    #expect(seen.first?.flag?.kind == .attack)
    let tenant = try #require(seen.first { $0.party.kind == .tenant })
    #expect(tenant.budget?.queries == 100 && tenant.spent == sentry.spent(by: tenant.party))
    #expect(
      try GuardRecollection(place.path).standings(at: Traffic.start + 61).allSatisfy {
        $0.spent == 0 || $0.budget == nil
      })
  }

  @Test func withoutACalibrationBudgetsHoldAndNobodyIsFlagged() throws {
    let sentry = try Guard(nil, policy: policy { $0.budget.key = .init(queries: 2) })
    var traffic = Traffic(seed: 3)
    for _ in 0..<2 {
      try sentry.admit(asker, rows: 1, at: Traffic.start)
      #expect(sentry.ask(asker, traffic.noise()).news.isEmpty)
    }
    #expect(throws: GuardRefusal.budget(GuardedParty(.key, "k"), wait: .infinity)) {
      try sentry.allow(asker, at: Traffic.start)
    }
    var scores: [Float] = [0.1, 0.7, 0.2]
    sentry.shape(&scores, classes: 3, inputs: Span(), by: .init(decimals: 0))
    #expect(scores == [0, 1, 0])
  }

  @Test func whatCannotBeReadCountsAgainstTheRateAlone() throws {
    let sentry = try Guard(
      nil,
      policy: policy {
        $0.rate.key = .init(burst: 3, perSecond: 1)
        $0.budget.key = .init(queries: 3)
      })
    for _ in 0..<5 { sentry.charge(asker, at: Traffic.start) }
    #expect(throws: GuardRefusal.rate(GuardedParty(.key, "k"), wait: 1)) {
      try sentry.allow(asker, at: Traffic.start)
    }
    try sentry.admit(asker, rows: 3, at: Traffic.start + 3)
  }

  @Test func manyPartiesDoNotFillTheMemory() throws {
    let shard = GuardShard(0, ledger: nil)
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
