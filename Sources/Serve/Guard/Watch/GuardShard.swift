// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import Synchronization

/// Some of the parties, behind one lock.
final class GuardShard: Sendable {
  let parties = Mutex<[GuardedParty: WatchedParty]>([:])
  /// Counted from 0.
  let number: Int
  private let ledger: GuardLedger?

  private static let most = Limits.guardParties / 16

  init(_ number: Int, ledger: GuardLedger?) { (self.number, self.ledger) = (number, ledger) }

  /// - Parameter isKept: whether what `body` did is written into the ledger before this returns.
  func with<Result: Sendable>(
    _ party: GuardedParty, at time: Double, isKept: Bool = false,
    _ body: (inout WatchedParty) -> sending Result
  ) -> Result {
    parties.withLock { parties in
      if parties.count >= Self.most, parties[party] == nil { makeRoom(&parties) }
      return Self.change(&parties[party, default: WatchedParty(at: time)]) { watched in
        watched.seenAt = time
        let result = body(&watched)
        if isKept { ledger?.write(party, &watched, shard: number) }
        return result
      }
    }
  }

  private static func change<Result>(
    _ watched: inout WatchedParty, _ body: (inout WatchedParty) -> Result
  ) -> Result { body(&watched) }

  /// Forgets an eighth: networks first, those that are not flagged before those that are, and who was not seen for longest.
  private func makeRoom(_ parties: inout [GuardedParty: WatchedParty]) {
    func rank(_ entry: (key: GuardedParty, value: WatchedParty)) -> (Int, Int, Double) {
      (entry.value.flaggedAt > 0 ? 1 : 0, entry.key.kind == .network ? 0 : 1, entry.value.seenAt)
    }
    for entry in parties.sorted(by: { rank($0) < rank($1) }).prefix(Self.most / 8) {
      parties[entry.key] = nil
      ledger?.free(entry.value.slot, shard: number)
    }
  }
}
