// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletEvidence
import MartletLifecycle
import Synchronization

/// Somebody with a session whose credential is still live now.
struct Visitor: Sendable {
  let asker: Authenticated
  let session: SessionToken
}

extension Request {
  /// What the one cookie holds. Before anybody is signed in it is a random value that the sign-in form is bound to; signing in
  /// replaces it.
  var sessionToken: SessionToken? { headers[.cookie].flatMap(SessionCookie.token(inHeader:)) }
}

extension Console {
  /// Who asks. The credential behind the session is looked up every time, so that revoking it ends the session.
  func visitor(_ request: Request) async throws -> Visitor? {
    guard let session = request.sessionToken else { return nil }
    let time = now()
    let asker = try await onThread {
      try lifecycle.authenticate(session: session, at: time, granted: { tokenGrants[$0] })
    }
    return asker.map { Visitor(asker: $0, session: session) }
  }

  /// The form that somebody has posted from a page of this server, and who it was.
  /// - Throws: ``ConsoleRefusal/foreignForm``, ``ConsoleRefusal/malformed``, ``ConsoleRefusal/notSignedIn``.
  func posted(_ request: Request, atMost limit: Int = Form.longest) async throws -> (
    visitor: Visitor, form: Form
  ) {
    guard request.isFromOwnPage, let session = request.sessionToken else { throw ConsoleRefusal.foreignForm }
    let form = try await Form(request, atMost: limit)
    guard forms.isValid(form["token"], for: session) else { throw ConsoleRefusal.foreignForm }
    guard let visitor = try await visitor(request) else { throw ConsoleRefusal.notSignedIn }
    return (visitor, form)
  }

  /// The same for a request of our own script, which shows the token in a header.
  func scripted(_ request: Request) async throws -> Visitor {
    guard request.isFromOwnPage, let session = request.sessionToken,
      forms.isValid(request.headers[.formToken], for: session)
    else { throw ConsoleRefusal.foreignForm }
    guard let visitor = try await visitor(request) else { throw ConsoleRefusal.notSignedIn }
    return visitor
  }

  /// Makes sure that the visitor may do this. What is refused is recorded.
  /// - Parameter submitter: the id of whoever offered the version that it is about.
  func require(
    _ action: Action, _ resource: Resource, _ visitor: Visitor, submitter: String? = nil
  ) throws(ConsoleRefusal) {
    let decision = visitor.asker.may(action, resource, submitter: submitter)
    guard !decision.allowed else { return }
    let model: String? = if case .model(let name) = resource { name } else { nil }
    try note(
      "console.\(action.rawValue)", "denied", by: visitor.asker.principal.id, model: model, decision.reason)
    throw .forbidden
  }

  /// - Throws: ``ConsoleRefusal/unavailable`` when nothing can be recorded.
  func note(
    _ action: String, _ outcome: String, by principal: String, model: String? = nil, _ reason: String
  ) throws(ConsoleRefusal) {
    let isTaken = recorder.note(
      Record(
        action, outcome: outcome, by: principal, model: model.map { String($0.prefix(64)) }, reason: reason,
        at: now()))
    guard isTaken else { throw .unavailable }
  }
}

/// What the claims of tokens gave those who signed in with them, in this process's memory: a restart ends their sessions.
final class TokenGrants: Sendable {
  private struct Entry {
    let grants: [Grant]
    let beganAt: Date
  }

  private let entries = Mutex<[Digest: Entry]>([:])
  private static let most = 4_096

  subscript(session: Digest) -> [Grant]? { entries.withLock { $0[session]?.grants } }

  func remember(_ grants: [Grant], for session: SessionToken, at time: Date) {
    entries.withLock { entries in
      entries = entries.filter { time < $0.value.beganAt + Session.lifetime }
      if entries.count >= Self.most, let oldest = entries.min(by: { $0.value.beganAt < $1.value.beganAt }) {
        entries[oldest.key] = nil
      }
      entries[session.digest] = Entry(grants: grants, beganAt: time)
    }
  }
}
