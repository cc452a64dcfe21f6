// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletGuard
package import MartletLifecycle

extension GuardedClient {
  /// How somebody stands, in the words that operators see.
  package init(_ standing: GuardStanding, of model: String) {
    self.init(
      model: model, kind: Kind(standing.party.kind), name: standing.party.name,
      state: standing.flag.map { State($0.rung) } ?? .clear, flag: standing.flag.map(Flag.init),
      queries: standing.queries, spent: standing.spent, budget: standing.budget?.queries,
      renewsAt: standing.budget?.seconds.map { standing.since + $0 }, seenAt: standing.seenAt)
  }
}

extension GuardedClient.Kind {
  package init(_ kind: GuardedParty.Kind) {
    self =
      switch kind {
      case .key: .key
      case .tenant: .tenant
      case .network: .network
      }
  }

  package var party: GuardedParty.Kind {
    switch self {
    case .key: .key
    case .tenant: .tenant
    case .network: .network
    }
  }
}

extension GuardedClient.State {
  fileprivate init(_ rung: GuardRung) {
    self =
      switch rung {
      case .none, .log: .log
      case .coarsen: .coarsen
      case .hold: .hold
      }
  }
}

extension GuardedClient.Flag {
  fileprivate init(_ flag: GuardFlag) {
    let kind: Kind =
      switch flag.kind {
      case .attack: .attack
      case .shift: .shift
      case .drift: .drift
      }
    self.init(
      kind: kind, reason: "\(flag)", evidence: flag.evidence, noticedAt: flag.flaggedAt,
      shares: Dictionary(uniqueKeysWithValues: flag.shares.map { ($0.key.name, $0.value) }))
  }
}

extension ClearedClient {
  package var party: GuardedParty { GuardedParty(kind.party, name) }
}
