// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// All that is remembered of one party: less than 256 bytes.
struct WatchedParty: Sendable {
  var process = ConformalProcess()
  var allowance: Allowance
  /// The most evidence there ever was, which decides the rung: what was shown once is not taken back by later good conduct.
  var peak: Float = 0
  /// At which query it was flagged; 0 for never.
  var flaggedAt: UInt32 = 0
  var kind = GuardFlag.Kind.attack
  /// Its place in the ledger; 0 for none.
  var slot: UInt32 = 0
  /// Seconds since 2001.
  var seenAt: Double

  init(at time: Double) {
    allowance = Allowance(at: time)
    seenAt = time
  }

  init(process: ConformalProcess, allowance: Allowance, at time: Double) {
    (self.process, self.allowance, seenAt) = (process, allowance, time)
  }

  func rung(_ policy: GuardPolicy, _ party: GuardedParty.Kind) -> GuardRung {
    let rung = policy.rung(Double(peak))
    switch kind {
    case .drift: return min(rung, .log)
    case .shift: return min(rung, .coarsen)
    // Behind one network there may be many who have nothing to do with each other.
    case .attack: return party == .network ? min(rung, .coarsen) : rung
    }
  }

  /// Takes in queries that were answered.
  /// - Returns: whether the rung changed, or what kind of flag it is.
  mutating func see(
    _ queries: [QueryMarks], _ table: BetTable, _ policy: GuardPolicy, _ party: GuardedParty.Kind,
    isDrifting: Bool
  ) -> Bool {
    let before = (rung(policy, party), kind)
    for marks in queries {
      let evidence = process.see(marks, table)
      if Float(evidence) > peak {
        peak = Float(evidence)
        if flaggedAt == 0, policy.rung(evidence) > .none { flaggedAt = process.queries }
      }
    }
    guard flaggedAt > 0 else { return false }
    kind = GuardFlag.Kind(process, table, isDrifting: isDrifting)
    return (rung(policy, party), kind) != before
  }
}
