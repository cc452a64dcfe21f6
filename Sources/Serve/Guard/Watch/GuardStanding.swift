// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation

/// How somebody stands with the guard of a model.
package struct GuardStanding: Sendable {
  package let party: GuardedParty
  /// Nil for somebody who is not flagged.
  package let flag: GuardFlag?
  /// Questions whose answers were looked at, since the evidence began.
  package let queries: Int
  /// Of the budget that runs now.
  package let spent: Int
  package let budget: QueryBudget?
  /// When the budget that runs now began.
  package let since: Date
  package let seenAt: Date

  init(_ party: GuardedParty, _ watched: WatchedParty, _ head: GuardLedger.Head, at time: Date) {
    self.party = party
    flag = watched.flaggedAt > 0 ? GuardFlag(party, watched, head.channels, head.policy) : nil
    queries = Int(watched.process.queries)
    budget = head.policy.budget[party.kind]
    spent = Int(
      budget.map { watched.allowance.spent(at: time.timeIntervalSinceReferenceDate, $0) }
        ?? watched.allowance.spent)
    since = Date(timeIntervalSinceReferenceDate: watched.allowance.since)
    seenAt = Date(timeIntervalSinceReferenceDate: watched.seenAt)
  }
}

extension GuardStanding: Comparable {
  /// The most evidence first, then who was seen last.
  package static func < (left: GuardStanding, right: GuardStanding) -> Bool {
    let (one, two) = (left.flag?.evidence ?? 0, right.flag?.evidence ?? 0)
    if one != two { return one > two }
    if left.seenAt != right.seenAt { return left.seenAt > right.seenAt }
    return (left.party.kind.rawValue, left.party.name) < (right.party.kind.rawValue, right.party.name)
  }

  package static func == (left: GuardStanding, right: GuardStanding) -> Bool {
    left.party == right.party && left.flag == right.flag && left.seenAt == right.seenAt
      && left.spent == right.spent
  }
}

extension GuardRecollection {
  /// Everybody, those with the most evidence first.
  package func standings(at time: Date) -> [GuardStanding] {
    parties.map { GuardStanding($0.party, $0.watched, head, at: time) }.sorted()
  }
}
