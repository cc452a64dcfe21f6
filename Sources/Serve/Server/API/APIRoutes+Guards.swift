// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletBytes
import MartletEvidence
import MartletGuard
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
    case .keepCalibration: return try await keepCalibration(question)
    default: throw Refusal.notFound
    }
  }

  /// Keeps what `martlet guard calibrate` wrote. Evidence is about a digest, so that it holds for every version with these bytes:
  /// whoever brings it in must be allowed to operate all of them.
  private func keepCalibration(_ question: Question) async throws -> Response {
    let lifecycle = lifecycle
    let name = try question.version
    let actor = try question.principal
    let bytes = Bytes(
      Array((try await bytes(question, atMost: Limits.guardFile)).readableBytesView))
    let version = try await onThread { try lifecycle.version(name) }
    let calibration: GuardCalibration
    do throws(GuardError) { calibration = try GuardCalibration(json: bytes) } catch {
      throw Refusal.malformed("\(error)")
    }
    guard calibration.model == version.digest.hex else {
      throw Refusal(
        status: .conflict,
        message:
          "expected a calibration for \(version.digest.hex), which is version \(version.number), found one for another model: calibrate anew"
      )
    }
    let models = try await onThread {
      Set(try lifecycle.store.registry.versions(withDigest: version.digest).map(\.model))
    }
    for model in models.sorted() where model != version.model {
      try question.context.require(.operate, .model(model), recorder: recorder)
    }
    let rows = calibration.rows
    return try .json(
      await onThread { try lifecycle.keepGuard(bytes, of: version.digest, rows: rows, by: actor) })
  }
}
