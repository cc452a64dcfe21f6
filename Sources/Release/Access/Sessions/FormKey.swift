// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Crypto
import MartletEvidence

/// Makes and checks the tokens that bind a form to the session it was shown in: HMAC-SHA256 of the session's token. A page of
/// somebody else can neither read nor compute one, and the server need not remember any.
package struct FormKey: Sendable {
  private let key: SymmetricKey

  /// A key for this process, or one that several servers of a store share.
  package init(_ key: SymmetricKey = SymmetricKey(size: .bits256)) { self.key = key }

  /// 64 hex digits.
  package func token(for session: SessionToken) -> String {
    Digest(bytes: Array(HMAC<SHA256>.authenticationCode(for: Self.message(session), using: key))).hex
  }

  /// In constant time.
  package func isValid(_ token: String?, for session: SessionToken) -> Bool {
    guard let token, let code = Digest(hex: token) else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(
      code.bytes, authenticating: Self.message(session), using: key)
  }

  private static func message(_ session: SessionToken) -> [UInt8] {
    Array("martlet form\0".utf8) + session.bytes
  }
}
