// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletLifecycle

extension Console {
  /// Sends the browser to the provider. No form does it: the policy of our pages lets forms lead nowhere else.
  func leaveForProvider(_ request: Request) async throws -> Response {
    guard let provider else { throw ConsoleRefusal.notFound }
    guard let host = request.head.authority, AskCommand.isHost(host) else { throw ConsoleRefusal.malformed }
    if try await visitor(request) != nil { return .seeOther("/") }
    let cookie = request.sessionToken ?? SessionToken()
    let journey = journeys.begin(by: cookie, back: "https://\(host)/signin/return", at: now())
    switch await provider.address(
      back: journey.back, state: journey.state, nonce: journey.nonce, challenge: journey.challenge)
    {
    case .success(let address):
      var response = Response.seeOther(address)
      response.headers[.setCookie] = SessionCookie.field(cookie)
      return response
    case .failure(let why): return try await refuse("\(why)", cookie, now())
    }
  }

  /// The provider has sent the browser back, without our cookie, because another site led here. This page is our own, and goes on
  /// by itself with what the provider said.
  func returnFromProvider(_ request: Request) async throws -> Response {
    guard provider != nil else { throw ConsoleRefusal.notFound }
    let query = request.uri.queryParameters
    guard let state = query.get("state"), state.utf8.count <= 128,
      (query.get("code") ?? "").utf8.count <= 2_048
    else { throw ConsoleRefusal.malformed }
    let onward = [("code", query.get("code") ?? ""), ("state", state)].map { name, value in
      "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
    }
    return .page(ReturnPage(onward: "/signin/arrive?" + onward.joined(separator: "&")))
  }

  /// Takes the provider's code, from the browser that left for it.
  func arrive(_ request: Request) async throws -> Response {
    guard let provider else { throw ConsoleRefusal.notFound }
    let query = request.uri.queryParameters
    let time = now()
    guard let cookie = request.sessionToken,
      let journey = journeys.end(by: cookie, state: query.get("state") ?? "", at: time)
    else { throw ConsoleRefusal.foreignForm }
    guard let code = query.get("code"), !code.isEmpty, code.utf8.count <= 2_048 else {
      return try await refuse("the provider sent no code", cookie, time)
    }
    let identity: OIDCIdentity
    switch await provider.identity(
      for: code, back: journey.back, verifier: journey.verifier, nonce: journey.nonce)
    {
    case .success(let known): identity = known
    case .failure(let why): return try await refuse("\(why)", cookie, time)
    }
    let asker = try await onThread { try lifecycle.authenticate(token: identity, at: time) }
    guard let asker, asker.mayAnywhere(.view) else {
      return try await refuse(asker == nil ? "is disabled" : Self.nothingToSee, of: asker, cookie, time)
    }
    let token = try await onThread { try lifecycle.beginSession(for: asker, at: time) }
    tokenGrants.remember(identity.grants(for: asker.principal), for: token, at: time)
    return Self.welcome(token)
  }

  private func refuse(
    _ reason: String, of somebody: Authenticated? = nil, _ cookie: SessionToken, _ time: Date
  ) async throws -> Response {
    try await onThread { try lifecycle.refuseSignIn(of: somebody, reason, at: time) }
    return signInForm(.password, for: cookie, failure: .provider)
  }
}
