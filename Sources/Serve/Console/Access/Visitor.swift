// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletLifecycle

/// Somebody with a session whose key is still live now.
struct Visitor: Sendable {
  let asker: Authenticated
  /// The value of the cookie.
  let session: String
}

/// The one cookie. Its prefix makes browsers refuse it from anywhere but this very host over TLS (RFC 6265bis, 4.1.3.2).
/// Before anybody is signed in it holds a random value that the sign-in form is bound to; signing in replaces it.
enum VisitorCookie {
  static let name = "__Host-martlet"

  static func value(in request: Request) -> String? {
    guard let value = request.cookies[name]?.value, RandomText.isOne(value) else { return nil }
    return value
  }

  static func field(_ value: String) -> String {
    "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Strict"
  }

  static let removal = field("") + "; Max-Age=0"
}

extension Console {
  /// Who asks. The key behind the session is looked up every time, so that revoking it ends the session.
  func visitor(_ request: Request) async throws -> Visitor? {
    guard let session = VisitorCookie.value(in: request) else { return nil }
    let time = now()
    guard let keyID = sessions.key(of: session, at: time) else { return nil }
    guard let asker = try await onThread({ try lifecycle.authenticated(earlierWith: keyID, at: time) }) else {
      sessions.end(session)
      return nil
    }
    return Visitor(asker: asker, session: session)
  }
}
