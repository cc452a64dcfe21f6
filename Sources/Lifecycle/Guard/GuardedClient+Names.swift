// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAccess
import MartletRegistry

extension Lifecycle {
  /// The clients with what they are called: keys and tenants by the principals whose they are.
  package func named(_ clients: [GuardedClient]) throws -> [GuardedClient] {
    let names = Dictionary(
      try store.registry.accounts().map { ($0.principal.id, $0.principal.name) },
      uniquingKeysWith: { first, _ in first })
    let owners = Dictionary(
      try store.registry.keys().map { ($0.key.id, $0.owner.name) }, uniquingKeysWith: { first, _ in first })
    return clients.map { client in
      var client = client
      switch client.kind {
      case .key: client.owner = owners[client.name]
      case .tenant: client.owner = names[client.name]
      case .network: break
      }
      return client
    }
  }
}
