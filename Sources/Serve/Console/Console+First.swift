// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletLifecycle
import MartletRegistry
import NIOPosix

/// There is no default account: whoever reads the server's terminal makes the first one.
extension Console {
  func mountFirst<Context: RequestContext>(
    on router: Router<Context>, source: @escaping @Sendable (Context) -> ClientSource
  ) {
    router.get("first") { request, _ in try await firstPage(request) }
    router.post("first") { request, context in try await makeFirst(request, from: source(context)) }
  }

  /// Nobody has a use for it once there is an administrator.
  private func firstPage(_ request: Request) async throws -> Response {
    guard try await isUnadministered() else { return .seeOther("/signin") }
    return firstForm(for: request.sessionToken ?? SessionToken(), failure: nil, name: nil)
  }

  func isUnadministered() async throws -> Bool {
    try await onThread { try !lifecycle.store.registry.hasAdministrator() }
  }

  private func firstForm(for visitor: SessionToken, failure: String?, name: String?) -> Response {
    var response = Response.page(
      FirstPage(token: forms.token(for: visitor), failed: failure != nil, failure: failure, name: name),
      status: failure == nil ? .ok : .forbidden)
    response.headers[.setCookie] = SessionCookie.field(visitor)
    return response
  }

  private func makeFirst(_ request: Request, from source: ClientSource) async throws -> Response {
    let (cookie, form) = try await postedByStranger(request)
    guard try await isUnadministered() else { return .seeOther("/signin") }
    let time = now()
    let name = form.typed("name") ?? ""
    let password = form["password"] ?? ""
    guard let secret = BootstrapSecret(presented: form.typed("secret") ?? "") else {
      return firstForm(for: cookie, failure: Self.wrongSecret, name: name)
    }
    if let wait = gate.begin(from: source, as: "the first account", at: time) {
      return firstForm(
        for: cookie, failure: "There were too many attempts. Try again in \(Int(wait.rounded(.up))) seconds.",
        name: name)
    }
    let attempt = SignInAttempt(name: name, password: password, source: source)
    do {
      let outcome = try await PasswordThread.pool.runIfActive { () throws -> SignInOutcome? in
        guard
          try lifecycle.bootstrap(with: secret, name: name, password: password, cost: gate.cost, at: time)
            != nil
        else { return nil }
        return try lifecycle.signIn(attempt, through: gate, at: time)
      }
      guard case .signedIn(let token, _)? = outcome else {
        return firstForm(for: cookie, failure: Self.wrongSecret, name: name)
      }
      return Self.welcome(token)
    } catch let error where ConsoleRefusal(of: error) != nil {
      return firstForm(for: cookie, failure: Wording.sentence("\(error)"), name: name)
    }
  }

  private static let wrongSecret =
    "That is not the secret that the server shows, or it is older than an hour: start the server again for another."
}
