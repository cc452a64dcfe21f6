// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CryptoExtras
import Foundation

/// A password as the store keeps it: salted, and hashed with scrypt. Its text is a PHC string,
/// `$scrypt$ln=17,r=8,p=1$<salt>$<hash>` with base64 of 16 and 32 bytes.
package struct PasswordHash: Equatable, Sendable {
  package let cost: ScryptCost
  private let salt: [UInt8]
  private let hash: [UInt8]

  private static let saltCount = 16
  private static let hashCount = 32

  /// - Parameter password: one that ``PasswordRules`` let through.
  /// - Returns: `nil` when there is no memory for it.
  package init?(_ password: String, cost: ScryptCost = .standard) {
    let salt = RandomBytes.make(Self.saltCount)
    guard let hash = Self.derive(password, salt, cost) else { return nil }
    self.init(cost: cost, salt: salt, hash: hash)
  }

  private init(cost: ScryptCost, salt: [UInt8], hash: [UInt8]) {
    self.cost = cost
    self.salt = salt
    self.hash = hash
  }

  /// Compares in constant time, once the work is done.
  package func matches(_ password: String) -> Bool {
    guard let found = Self.derive(password, salt, cost) else { return false }
    return ConstantTime.equal(found, hash)
  }

  /// The outcome of one attempt to sign in.
  package enum Check: Equatable, Sendable {
    case wrong
    /// - Parameter rehash: what is stored costs a guesser less than it should: hash the password anew, now that it is here.
    case right(rehash: Bool)
  }

  /// Checks a password against what is stored. For a principal that has none, or does not exist, the same work is done: how
  /// long it takes does not tell which names there are.
  ///
  /// A door lets only a few run at once, because each takes ``ScryptCost/memory``.
  package static func check(
    _ password: String, against stored: PasswordHash?, standard: ScryptCost = .standard
  ) -> Check {
    guard let stored else {
      _ = derive(password, [UInt8](repeating: 0, count: saltCount), standard)
      return .wrong
    }
    return stored.matches(password) ? .right(rehash: stored.cost.isWeaker(than: standard)) : .wrong
  }

  private static func derive(_ password: String, _ salt: [UInt8], _ cost: ScryptCost) -> [UInt8]? {
    let bytes = Array(PasswordRules.normalised(String(password.prefix(PasswordRules.longest + 1))).utf8)
    let key = try? KDF.Scrypt.deriveKey(
      from: bytes, salt: salt, outputByteCount: hashCount, rounds: 1 << cost.logN, blockSize: cost.r,
      parallelism: cost.p)
    return key.map { key in unsafe key.withUnsafeBytes { unsafe Array($0) } }
  }
}

extension PasswordHash: LosslessStringConvertible {
  /// Reads what ``description`` writes; anything else is `nil`.
  package init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt" else { return nil }
    let numbers = parts[2].split(separator: ",", omittingEmptySubsequences: false)
    guard numbers.count == 3, let logN = Self.number(numbers[0], named: "ln="),
      let r = Self.number(numbers[1], named: "r="), let p = Self.number(numbers[2], named: "p="),
      let cost = ScryptCost(logN: logN, r: r, p: p), let salt = Data(base64Encoded: parts[3] + "=="),
      let hash = Data(base64Encoded: parts[4] + "="), salt.count == Self.saltCount,
      hash.count == Self.hashCount
    else { return nil }
    self.init(cost: cost, salt: Array(salt), hash: Array(hash))
    guard description == text else { return nil }
  }

  /// What the store keeps.
  package var description: String {
    "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)$\(Self.text(salt))$\(Self.text(hash))"
  }

  private static func number(_ text: Substring, named name: String) -> Int? {
    guard text.hasPrefix(name), text.utf8.count <= name.utf8.count + 2 else { return nil }
    return Int(text.dropFirst(name.count))
  }

  private static func text(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacingOccurrences(of: "=", with: "")
  }
}
