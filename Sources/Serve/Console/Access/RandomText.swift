// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import MartletEvidence

/// 256 random bits as 64 hex digits: what a visitor's cookie holds.
enum RandomText {
  static func make() -> String {
    var generator = SystemRandomNumberGenerator()
    return Digest(bytes: (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }).hex
  }

  static func isOne(_ text: String) -> Bool { Digest(hex: text) != nil }
}

/// Binds a form to the visitor it was given to: HMAC-SHA256 of the cookie under a key of this process. A page of somebody
/// else can neither read nor compute it, and the server need not remember it.
struct FormTokens: Sendable {
  private let key = SymmetricKey(size: .bits256)

  func token(for visitor: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Array(visitor.utf8), using: key)
    return Digest(bytes: Array(code)).hex
  }

  /// In constant time.
  func isValid(_ token: String?, for visitor: String) -> Bool {
    guard let token, let code = Digest(hex: token) else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(
      code.bytes, authenticating: Array(visitor.utf8), using: key)
  }
}
