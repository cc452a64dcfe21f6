// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import Synchronization

/// Some of the parties, behind one lock.
final class GuardShard: Sendable {
  let parties = Mutex<[GuardedParty: WatchedParty]>([:])

  private static let most = Limits.guardParties / 16

  func with<Result: Sendable>(
    _ party: GuardedParty, at time: Double, _ body: (inout WatchedParty) -> sending Result
  ) -> Result {
    parties.withLock { parties in
      if parties[party] == nil {
        if parties.count >= Self.most { Self.makeRoom(&parties) }
        parties[party] = WatchedParty(at: time)
      }
      var result: Result?
      parties[party]?.seenAt = time
      result = body(&parties[party, default: WatchedParty(at: time)])
      return result!
    }
  }

  /// Forgets an eighth: networks first, those that are not flagged before those that are, and who was not seen for longest.
  private static func makeRoom(_ parties: inout [GuardedParty: WatchedParty]) {
    func rank(_ entry: (key: GuardedParty, value: WatchedParty)) -> (Int, Int, Double) {
      (entry.value.flaggedAt > 0 ? 1 : 0, entry.key.kind == .network ? 0 : 1, entry.value.seenAt)
    }
    for entry in parties.sorted(by: { rank($0) < rank($1) }).prefix(most / 8) { parties[entry.key] = nil }
  }
}
