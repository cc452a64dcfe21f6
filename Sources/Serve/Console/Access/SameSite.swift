// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import HTTPTypes
import Hummingbird

extension Request {
  /// Whether nothing speaks against this request having been sent by a page of this very server. A browser says with
  /// `Sec-Fetch-Site` where it comes from; `Origin` is `null` because our pages send no referrer (Fetch, "append a request
  /// Origin header"). What sends neither is no browser, and carries nobody's cookies but its own.
  var isFromOwnPage: Bool {
    let site = headers[.secFetchSite]
    if let site, site != "same-origin" { return false }
    switch headers[.origin] {
    case nil: return true
    case "null": return site == "same-origin"
    case let origin?: return head.authority.map { origin == "https://" + $0 } ?? false
    }
  }
}

extension HTTPField.Name {
  /// Shows that a request is of a script that this server has given out, on a page that it has given out.
  static let formToken = HTTPField.Name("X-Martlet-Form")!
  static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
  static let contentSecurityPolicy = HTTPField.Name("Content-Security-Policy")!
  static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
  static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
  static let crossOriginResourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
}
