// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence

/// What a browser holds of its session: 256 random bits, as 64 hex digits. The store holds only ``digest``: who reads the store
/// opens no session with it.
package struct SessionToken: Sendable {
  private let value: Digest

  package init() { value = Digest(bytes: RandomBytes.make(32)) }

  /// Reads what somebody presents; `nil` for anything but 64 lower-case hex digits.
  package init?(presented text: some StringProtocol) {
    guard let value = Digest(hex: text) else { return nil }
    self.value = value
  }

  /// For the cookie, once.
  package func reveal() -> String { value.hex }

  /// What the store keeps and finds the session by.
  package var digest: Digest { .of(value.bytes) }

  var bytes: [UInt8] { value.bytes }
}

extension SessionToken: CustomStringConvertible {
  /// Never the token.
  package var description: String { "session \(digest.short)" }
}
