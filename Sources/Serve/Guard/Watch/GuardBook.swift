// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import MartletBytes
import Synchronization

/// What is remembered of everybody who asks one model, whichever of its versions: in memory, and in a ledger where there is one.
///
/// Budgets and evidence are of the model, so that a new version gives nobody a new budget.
package final class GuardBook: Sendable {
  private let shards: [GuardShard]
  /// Tenants that asked often enough to tell, and those of them that are flagged.
  private let tenants = Mutex((known: 0, flagged: 0))
  private let head: Mutex<GuardLedger.Head>
  private let ledger: GuardLedger?
  /// Places of the ledger that could not be read when it was opened.
  package let damaged: Int

  static let shardCount = 16
  /// Queries after which a tenant counts for whether there is drift.
  private static let tellingQueries: UInt32 = 50
  /// How many tenants there must be to tell drift from an attack by them, and which part of them is flagged then.
  private static let tellingTenants = 5
  private static let driftShare = 0.2

  /// A book that nobody finds after the end of the process.
  package init() {
    ledger = nil
    damaged = 0
    head = Mutex(.init())
    shards = (0..<Self.shardCount).map { GuardShard($0, ledger: nil) }
  }

  /// The book in a file, which is made where there is none.
  /// - Throws: `FilesError`, ``GuardError/badState(offset:reason:)``.
  package init(_ path: String, waitingAtMost patience: Duration = .seconds(15)) throws {
    var known: GuardRecollection?
    let ledger = try GuardLedger(path, patience) { known = $0 }
    self.ledger = ledger
    shards = (0..<Self.shardCount).map { GuardShard($0, ledger: ledger) }
    head = Mutex(known?.head ?? .init())
    damaged = known?.damaged ?? 0
    for (party, watched) in known?.parties ?? [] {
      shard(party).parties.withLock { $0[party] = watched }
      if party.kind == .tenant { count((0, 0), watched) }
    }
  }

  func shard(_ party: GuardedParty) -> GuardShard {
    shards[Int(UInt(bitPattern: party.code) % UInt(Self.shardCount))]
  }

  /// Says that a guard with this calibration and policy writes into the book.
  ///
  /// Evidence by a calibration that the book does not know is none by the others, and theirs none by it: it begins anew, for everybody.
  /// What was spent is spent.
  func open(by calibration: GuardCalibration?, _ policy: GuardPolicy) {
    let isNew = head.withLock { head in
      head.policy = policy
      guard let calibration, !head.marks.contains(calibration.mark) else { return false }
      head.marks = Array((head.marks + [calibration.mark]).suffix(GuardLedger.mostMarks))
      head.channels = calibration.channels
      return true
    }
    if isNew {
      for party in parties() { clear(party) }
    }
    if let ledger { ledger.write(head.withLock { $0 }) }
  }

  /// Whether so many tenants are flagged that the world has changed.
  package var isDrifting: Bool {
    tenants.withLock {
      $0.known >= Self.tellingTenants && Double($0.flagged) >= Self.driftShare * Double($0.known)
    }
  }

  /// Counts a tenant that has become known or flagged.
  func count(_ before: (queries: UInt32, flaggedAt: UInt32), _ now: WatchedParty) {
    let isKnown = before.queries < Self.tellingQueries && now.process.queries >= Self.tellingQueries
    let isFlagged = before.flaggedAt == 0 && now.flaggedAt > 0
    guard isKnown || isFlagged else { return }
    tenants.withLock {
      $0.known += isKnown ? 1 : 0
      $0.flagged += isFlagged ? 1 : 0
    }
  }

  /// Whether what was to be remembered could not be written: nothing is to be answered then.
  package var isFailing: Bool { ledger?.isFailing ?? false }

  /// Everybody, those with the most evidence first.
  package func standings(at time: Date) -> [GuardStanding] {
    let head = head.withLock { $0 }
    return shards.flatMap { shard in
      shard.parties.withLock { parties in
        parties.map { GuardStanding($0.key, $0.value, head, at: time) }
      }
    }.sorted()
  }

  /// What is known of one party; nil for one that never asked.
  package func standing(of party: GuardedParty, at time: Date) -> GuardStanding? {
    let head = head.withLock { $0 }
    return shard(party).parties.withLock { parties in
      parties[party].map { GuardStanding(party, $0, head, at: time) }
    }
  }

  /// Lets somebody off, as an operator decides after a look: the evidence is gone, and the bound on false flags begins anew. The
  /// budget stays used.
  /// - Returns: the flag that was cleared, for the record; nil where there was none.
  @discardableResult
  package func clear(_ party: GuardedParty) -> GuardFlag? {
    let head = head.withLock { $0 }
    let shard = shard(party)
    let before = shard.parties.withLock { parties -> WatchedParty? in
      guard let watched = parties[party] else { return nil }
      var cleared = WatchedParty(
        process: ConformalProcess(), allowance: watched.allowance, at: watched.seenAt)
      cleared.slot = watched.slot
      ledger?.write(party, &cleared, shard: shard.number)
      parties[party] = cleared
      return watched
    }
    guard let before else { return nil }
    if party.kind == .tenant {
      tenants.withLock {
        $0.known -= before.process.queries >= Self.tellingQueries ? 1 : 0
        $0.flagged -= before.flaggedAt > 0 ? 1 : 0
      }
    }
    return before.flaggedAt > 0 ? GuardFlag(party, before, head.channels, head.policy) : nil
  }

  private func parties() -> [GuardedParty] { shards.flatMap { $0.parties.withLock { Array($0.keys) } } }

  /// Makes durable what was written.
  package func sync() { ledger?.sync() }

  /// The book is not written after.
  package func close() { ledger?.close() }
}
