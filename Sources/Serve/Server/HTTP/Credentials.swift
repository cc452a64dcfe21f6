// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletLifecycle

/// Lets only those through whom the doorkeeper recognises, and says who they are.
struct CredentialsMiddleware: RouterMiddleware {
  typealias Context = DoorContext
  let doorkeeper: Doorkeeper

  @concurrent func handle(
    _ request: Request, context: DoorContext,
    next: @concurrent (Request, DoorContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.asker = try await doorkeeper.recognise(
      .init(authorization: request.headers[.authorization], certificate: context.certificate))
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
    try asker.require(action, resource, submitter: submitter, recorder: recorder, trace: trace)
  }
}

extension Authenticated {
  /// Makes sure that they may do this, and records the answer.
  /// - Throws: ``Refusal/forbidden``; ``Refusal/unavailable`` when nothing can be recorded.
  func require(
    _ action: Action, _ resource: Resource, submitter: String? = nil, recorder: Recorder,
    trace: TraceContext?
  ) throws(Refusal) {
    let decision = may(action, resource, submitter: submitter)
    let model: String? = if case .model(let name) = resource { name } else { nil }
    let isRecorded = recorder.note(
      Record(
        action.recordName, outcome: decision.allowed ? "allowed" : "denied", by: principal.id,
        model: model.map { $0.utf8.count <= 64 ? $0 : String($0.prefix(64)) }, reason: decision.reason,
        trace: trace?.trace, at: Date()))
    guard decision.allowed else { throw .forbidden }
    guard isRecorded else { throw .unavailable }
  }
}

extension Action {
  /// What a use of it at the server's doors is called in the log.
  fileprivate var recordName: String {
    switch self {
    case .predict: "serve.predict"
    case .view: "serve.view"
    default: "serve.\(rawValue)"
    }
  }
}
