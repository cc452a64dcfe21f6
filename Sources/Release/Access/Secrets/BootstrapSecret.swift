// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence

/// What makes the first administrator of a store that has none: printed once on the terminal of the server, where only whoever
/// runs it can read it. There is no default account and no default password.
///
///     mb-7Q2ZK-C4M9T-0VXRB-8HDNP-3WJ5E-6
///
/// The store keeps the digest only, until it is used or ``lifetime`` is over.
package struct BootstrapSecret: Sendable {
  /// Crockford's: no letter looks like a digit.
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
  /// 26 letters of 32: 130 bits.
  private static let count = 26

  /// Seconds.
  package static let lifetime: TimeInterval = 3_600

  private let letters: String

  package init() {
    var generator = SystemRandomNumberGenerator()
    letters = String((0..<Self.count).map { _ in Self.alphabet.randomElement(using: &generator)! })
  }

  /// Reads what somebody types: case, spaces and hyphens do not matter. `nil` for anything else.
  package init?(presented text: String) {
    guard text.utf8.count <= 64 else { return nil }
    let plain = text.uppercased().filter { $0 != "-" && $0 != " " }
    guard plain.hasPrefix("MB"), plain.utf8.count == Self.count + 2,
      plain.dropFirst(2).allSatisfy(Self.alphabet.contains)
    else { return nil }
    letters = String(plain.dropFirst(2))
  }

  /// For the terminal, once.
  package func reveal() -> String {
    let groups = stride(from: 0, to: Self.count, by: 5).map { letters.dropFirst($0).prefix(5) }
    return "mb-" + groups.joined(separator: "-")
  }

  /// What the store keeps.
  package var digest: Digest { .of(Array(letters.utf8)) }

  /// In constant time.
  package func matches(_ stored: Digest) -> Bool { ConstantTime.equal(digest.bytes, stored.bytes) }
}

extension BootstrapSecret: CustomStringConvertible {
  /// Never the secret.
  package var description: String { "mb-…" }
}
