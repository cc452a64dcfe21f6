// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The one cookie of the console. Its prefix makes browsers refuse it from anywhere but this very host over TLS (RFC 6265bis,
/// 4.1.3.2); scripts cannot read it, and no other site's page makes a browser send it.
///
/// A door that changes something also wants a ``FormKey`` token, and begins a new session at every sign-in: a value that somebody
/// else planted is worth nothing.
package enum SessionCookie {
  package static let name = "__Host-martlet"

  /// Of a `Set-Cookie` header.
  package static func field(_ token: SessionToken) -> String { attributes(token.reveal()) }

  /// Of a `Set-Cookie` header that makes the browser forget it.
  package static let removal = attributes("") + "; Max-Age=0"

  /// The session of a `Cookie` header. `nil` where there is none, where it is no token, and where there are two: the
  /// browser has one, and somebody else sent the other.
  package static func token(inHeader header: String) -> SessionToken? {
    guard header.utf8.count <= Limits.cookieHeader else { return nil }
    var found: [Substring] = []
    for pair in header.split(separator: ";") {
      let parts = pair.drop { $0 == " " || $0 == "\t" }.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, parts[0] == name { found.append(parts[1]) }
    }
    return found.count == 1 ? SessionToken(presented: found[0]) : nil
  }

  private static func attributes(_ value: String) -> String {
    "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Strict"
  }
}
