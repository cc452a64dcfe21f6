// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletLifecycle

extension Console {
  /// The form, bound to the visitor's cookie. Whoever is signed in already goes on to the models.
  func signInPage(_ request: Request) async throws -> Response {
    if try await visitor(request) != nil { return .seeOther("/") }
    return signInForm(for: VisitorCookie.value(in: request) ?? RandomText.make(), failed: false)
  }

  private func signInForm(for visitor: String, failed: Bool) -> Response {
    let page = SignInPage(token: tokens.token(for: visitor), failed: failed)
    var response = Response.page(Templates.render(page), status: failed ? .forbidden : .ok)
    response.headers[.setCookie] = VisitorCookie.field(visitor)
    return response
  }

  /// Checks a key and begins a session under a new cookie, so that a value somebody else has planted is worth nothing.
  ///
  /// Every key that does not work gets the same answer; the record knows the difference between a wrong key and one without
  /// rights.
  func signIn(_ request: Request) async throws -> Response {
    guard request.isFromOwnPage, let visitor = VisitorCookie.value(in: request) else {
      throw ConsoleRefusal.foreignForm
    }
    let form = try await Form(request)
    guard tokens.isValid(form["token"], for: visitor) else { throw ConsoleRefusal.foreignForm }
    let key = form["key"]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    let time = now()
    let asker = try await onThread { try lifecycle.authenticate(key, at: time) }
    guard let asker, let keyID = asker.keyID, asker.mayAnywhere(.view) else {
      let reason = asker == nil ? "not a live key of this store" : "the key may not view anything"
      try note("console.signin", "refused", by: asker?.principal.id ?? "unknown", reason)
      return signInForm(for: visitor, failed: true)
    }
    try note("console.signin", "allowed", by: asker.principal.id, asker.credential)
    sessions.end(visitor)
    var response = Response.seeOther("/")
    response.headers[.setCookie] = VisitorCookie.field(sessions.begin(for: keyID, at: time))
    return response
  }

  /// Ends the session. Signing out twice is no error.
  func signOut(_ request: Request) async throws -> Response {
    guard request.isFromOwnPage, let cookie = VisitorCookie.value(in: request) else {
      throw ConsoleRefusal.foreignForm
    }
    let form = try await Form(request)
    guard tokens.isValid(form["token"], for: cookie) else { throw ConsoleRefusal.foreignForm }
    if let visitor = try await visitor(request) {
      sessions.end(cookie)
      try note("console.signout", "ended", by: visitor.asker.principal.id, visitor.asker.credential)
    }
    var response = Response.seeOther("/signin")
    response.headers[.setCookie] = VisitorCookie.removal
    return response
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
