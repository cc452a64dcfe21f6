// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletInterface
import MartletLifecycle
import MartletRegistry

extension APIRoutes {
  func answerAboutGuards(_ question: Question) async throws -> Response {
    let (guards, lifecycle) = (guards, lifecycle)
    switch question.operation.id {
    case .listGuarded, .showGuarded:
      let model = question.hasModel ? try question.model : nil
      let everybody = try question.flag("all")
      return try .json(
        await onThread {
          if let model, try lifecycle.store.registry.versions(of: model).isEmpty {
            throw RegistryDoorError.noModel(model)
          }
          return try guards.clients(of: model).filter { everybody || $0.state != .clear }
        })
    case .clearGuarded:
      let model = try question.model
      let actor = try question.principal
      let client = try await document(ClearedClient.self, question)
      guard (1...64).contains(client.name.utf8.count), (client.reason ?? "").utf8.count <= 800 else {
        throw Refusal.malformed("expected a name of 1 to 64 bytes and a reason of at most 200 letters")
      }
      return try .json(await onThread { try guards.clear(client, of: model, by: actor) })
    default: throw Refusal.notFound
    }
  }
}
