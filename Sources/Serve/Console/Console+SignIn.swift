// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletLifecycle
import NIOPosix

extension Console {
  func mountSignIn<Context: RequestContext>(
    on router: Router<Context>, source: @escaping @Sendable (Context) -> ClientSource
  ) {
    router.get("signin") { request, _ in try await signInPage(request, .password) }
    router.post("signin") { request, context in try await signIn(request, from: source(context)) }
    router.get("signin/key") { request, _ in try await signInPage(request, .key) }
    router.post("signin/key") { request, _ in try await signInWithKey(request) }
    router.get("signin/provider") { request, _ in try await leaveForProvider(request) }
    router.get("signin/return") { request, _ in try await returnFromProvider(request) }
    router.get("signin/arrive") { request, _ in try await arrive(request) }
    router.post("signout") { request, _ in try await signOut(request) }
  }

  /// The form, bound to the visitor's cookie. Whoever is signed in already goes on.
  private func signInPage(_ request: Request, _ way: SignInPage.Way) async throws -> Response {
    if try await visitor(request) != nil { return .seeOther("/") }
    return signInForm(
      way, for: request.sessionToken ?? SessionToken(), isUnadministered: try await isUnadministered())
  }

  /// - Parameter name: that was typed before.
  func signInForm(
    _ way: SignInPage.Way, for visitor: SessionToken, failure: SignInPage.Failure? = nil, name: String? = nil,
    isUnadministered: Bool = false
  ) -> Response {
    let page = SignInPage(
      token: forms.token(for: visitor), way: way, failure: failure, name: name, provider: provider?.name,
      isUnadministered: isUnadministered)
    var response = Response.page(page, status: failure == nil ? .ok : .forbidden)
    response.headers[.setCookie] = SessionCookie.field(visitor)
    return response
  }

  /// The form of somebody who is not signed in, and the cookie that it is bound to.
  func postedByStranger(_ request: Request) async throws -> (cookie: SessionToken, form: Form) {
    guard request.isFromOwnPage, let cookie = request.sessionToken else { throw ConsoleRefusal.foreignForm }
    let form = try await Form(request)
    guard forms.isValid(form["token"], for: cookie) else { throw ConsoleRefusal.foreignForm }
    return (cookie, form)
  }

  /// Checks a name and a password, and begins a session under a new cookie, so that a value somebody else has planted is worth
  /// nothing.
  private func signIn(_ request: Request, from source: ClientSource) async throws -> Response {
    let (cookie, form) = try await postedByStranger(request)
    let time = now()
    let name = form.typed("name") ?? ""
    let attempt = SignInAttempt(
      name: name, password: form["password"] ?? "",
      code: form.typed("code").map { $0.filter { !$0.isWhitespace } }, source: source)
    let outcome = try await PasswordThread.pool.runIfActive {
      try lifecycle.signIn(attempt, through: gate, at: time)
    }
    switch outcome {
    case .signedIn(let token, let somebody):
      guard somebody.mayAnywhere(.view) else {
        try await onThread {
          try lifecycle.signOut(token, at: time)
          try lifecycle.refuseSignIn(of: somebody, Self.nothingToSee, at: time)
        }
        return signInForm(.password, for: cookie, failure: .password, name: name)
      }
      return Self.welcome(token)
    case .codeNeeded: return signInForm(.password, for: cookie, failure: .code, name: name)
    case .refused: return signInForm(.password, for: cookie, failure: .password, name: name)
    case .wait(let seconds):
      return signInForm(.password, for: cookie, failure: .wait(Int(seconds.rounded(.up))), name: name)
    }
  }

  /// Checks a key. Every key that does not work gets the same answer; the record knows the difference between a wrong key and
  /// one without rights.
  private func signInWithKey(_ request: Request) async throws -> Response {
    let (cookie, form) = try await postedByStranger(request)
    let key = form.typed("key") ?? ""
    let time = now()
    let token = try await onThread { () throws -> SessionToken? in
      guard let asker = try lifecycle.authenticate(key, at: time) else {
        try lifecycle.refuseSignIn(of: nil, "not a live key of this store", at: time)
        return nil
      }
      guard asker.mayAnywhere(.view) else {
        try lifecycle.refuseSignIn(of: asker, Self.nothingToSee, at: time)
        return nil
      }
      return try lifecycle.beginSession(for: asker, at: time)
    }
    guard let token else { return signInForm(.key, for: cookie, failure: .key) }
    return Self.welcome(token)
  }

  static let nothingToSee = "has no right to view anything"

  static func welcome(_ token: SessionToken) -> Response {
    var response = Response.seeOther("/")
    response.headers[.setCookie] = SessionCookie.field(token)
    return response
  }

  /// Ends the session. Signing out twice is no error.
  private func signOut(_ request: Request) async throws -> Response {
    let (cookie, _) = try await postedByStranger(request)
    let time = now()
    try await onThread { try lifecycle.signOut(cookie, at: time) }
    var response = Response.seeOther("/signin")
    response.headers[.setCookie] = SessionCookie.removal
    return response
  }
}
