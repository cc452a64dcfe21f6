// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletInterface
import MartletLifecycle
import MartletRegistry

extension APIRoutes {
  func answerAboutKeys(_ question: Question) async throws -> Response {
    let lifecycle = lifecycle
    let actor = try question.principal
    switch question.operation.id {
    case .listKeys:
      let now = Date()
      return try .json(
        await onThread {
          try lifecycle.store.registry.keys().map { KeySummary($0.key, of: $0.owner, at: now) }
        })
    case .makeKey:
      let new = try await document(KeyOrder.self, question)
      guard (1...128).contains(new.name.utf8.count), (1...3_650).contains(new.days ?? 1),
        (1...256).contains((new.models ?? "*").utf8.count),
        (new.onlyModels ?? []).allSatisfy({ (1...256).contains($0.utf8.count) })
      else {
        throw Refusal.malformed("expected a name of 1 to 128 bytes, models of 1 to 256, and 1 to 3650 days")
      }
      let change = GrantChange(.add, Grant(principal: "", role: new.role, models: new.models ?? "*"))
      guard try question.asker.may(change).allowed else { throw Refusal.forbidden }
      return try .json(await onThread { try lifecycle.makeKey(new, by: actor) }, status: .created)
    case .rotateKey:
      let id = try question.parameter("key")
      return try .json(
        await onThread { MadeKey(try lifecycle.rotateKey(id, by: actor)) }, status: .created)
    case .revokeKey:
      let id = try question.parameter("key")
      guard try question.asker.keyID != id else {
        throw Refusal(
          status: .conflict, message: "this is the key that you ask with: revoke it with another one")
      }
      try await onThread { try lifecycle.revokeKey(id, by: actor) }
      return Response(status: .noContent)
    default: throw Refusal.notFound
    }
  }
}
