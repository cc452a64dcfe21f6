// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletLifecycle

/// Lets only those through who present a live API key, and says who they are.
struct CredentialsMiddleware: RouterMiddleware {
  typealias Context = DoorContext
  let lifecycle: Lifecycle
  let recorder: Recorder

  @concurrent func handle(
    _ request: Request, context: DoorContext,
    next: @concurrent (Request, DoorContext) async throws -> Response
  ) async throws -> Response {
    let header = request.headers[.authorization] ?? ""
    // RFC 7235: the scheme's name is case-insensitive.
    guard header.prefix(7).lowercased() == "bearer " else { throw Refusal.unauthenticated }
    guard let asker = try lifecycle.authenticate(String(header.dropFirst(7)), at: Date()) else {
      _ = recorder.note(
        Record(
          "serve.authenticate", outcome: "refused", by: "unknown",
          reason: "not a live key of this store", at: Date()))
      throw Refusal.unauthenticated
    }
    var context = context
    context.asker = asker
    return try await next(request, context)
  }
}

extension DoorContext {
  /// Makes sure that the asker may do this, and records the answer.
  /// - Throws: ``Refusal/unauthenticated``, ``Refusal/forbidden``; ``Refusal/unavailable`` when nothing can be recorded.
  /// - Parameter submitter: the id of whoever offered the version that it is about.
  func require(
    _ action: Action, _ resource: Resource, submitter: String? = nil, recorder: Recorder
  ) throws(Refusal) {
    guard let asker else { throw .unauthenticated }
    let decision = asker.may(action, resource, submitter: submitter)
    let model: String? = if case .model(let name) = resource { name } else { nil }
    let isRecorded = recorder.note(
      Record(
        "serve.\(action.rawValue)", outcome: decision.allowed ? "allowed" : "denied", by: asker.principal.id,
        model: model.map { String($0.prefix(64)) }, reason: decision.reason, at: Date()))
    guard decision.allowed else { throw .forbidden }
    guard isRecorded else { throw .unavailable }
  }
}
