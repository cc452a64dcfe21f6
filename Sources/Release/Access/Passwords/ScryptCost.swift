// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What one guess at a password costs with scrypt (RFC 7914).
package struct ScryptCost: Hashable, Sendable {
  /// Base-two logarithm of N.
  package let logN: Int
  package let r: Int
  package let p: Int

  /// - Returns: `nil` outside of what a store may ask for: a hash that somebody changed must not cost gigabytes or hours.
  package init?(logN: Int, r: Int, p: Int) {
    guard (1...20).contains(logN), (1...16).contains(r), (1...8).contains(p) else { return nil }
    self.logN = logN
    self.r = r
    self.p = p
  }

  /// 128 MiB and about half a second (OWASP Password Storage Cheat Sheet: N = 2^17, r = 8, p = 1).
  package static let standard = ScryptCost(logN: 17, r: 8, p: 1)!

  /// Bytes that a guess needs at once.
  package var memory: Int { 128 * r << logN }

  /// Whether a guess costs less than with `other`, in work or in memory.
  package func isWeaker(than other: ScryptCost) -> Bool {
    memory < other.memory || memory * p < other.memory * other.p
  }
}
