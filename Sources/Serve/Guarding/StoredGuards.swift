// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletFiles
import MartletGuard
package import MartletLifecycle
import MartletRegistry

/// What the guards of a server have left in its store, read beside it: while it runs, what it knows at this moment.
///
/// Who is let off here is let off by a running server within a second, and otherwise by the next one that starts.
package struct StoredGuards: GuardDesk {
  private let lifecycle: Lifecycle

  package init(_ lifecycle: Lifecycle) { self.lifecycle = lifecycle }

  package func clients(of model: String?) throws -> [GuardedClient] {
    let now = Date()
    let cleared = try lifecycle.store.registry.clearances()
    var found: [GuardStanding.Named] = []
    for name in try Self.models(in: lifecycle.store.home) where model == nil || model == name {
      let known = try GuardRecollection(Self.path(of: name, in: lifecycle.store.home))
      found += known.standings(at: now).map { ($0, name) }
    }
    let clients = found.sorted { $0.standing < $1.standing }.map { GuardedClient($0.standing, of: $0.model) }
    return try lifecycle.named(clients.map { client in Self.cleared(client, by: cleared) })
  }

  package func clear(_ client: ClearedClient, of model: String, by principal: String) throws -> GuardedClient
  {
    let known = try clients(of: model).first { $0.kind == client.kind && $0.name == client.name }
    guard let known else {
      throw GuardDeskError.noSuchClient("\(client.kind.rawValue) \(client.name)", model: model)
    }
    _ = try lifecycle.clearGuard(client, of: model, by: principal)
    return known
  }

  /// As they stand once the server has heard.
  private static func cleared(_ client: GuardedClient, by clearances: [GuardClearance]) -> GuardedClient {
    let isCleared = clearances.contains {
      $0.model == client.model && $0.kind == client.kind.rawValue && $0.name == client.name
    }
    guard isCleared else { return client }
    return GuardedClient(
      model: client.model, kind: client.kind, name: client.name, state: .clear, flag: nil, queries: 0,
      spent: client.spent, budget: client.budget, renewsAt: client.renewsAt, seenAt: client.seenAt)
  }

  /// Where a model's is. A model's name has no character that a path could not have, and no dot in front.
  package static func path(of model: String, in home: Home) -> String {
    home.guards + "/" + model + suffix
  }

  private static let suffix = ".ledger"

  /// The models that something is remembered for.
  private static func models(in home: Home) throws -> [String] {
    guard try Directory.kind(of: home.guards) == .directory else { return [] }
    return try Directory.names(in: home.guards).filter { $0.hasSuffix(suffix) }
      .map { String($0.dropLast(suffix.count)) }
  }
}

extension GuardStanding {
  fileprivate typealias Named = (standing: GuardStanding, model: String)
}
