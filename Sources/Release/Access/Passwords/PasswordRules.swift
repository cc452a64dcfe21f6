// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes

/// What a password must be (NIST SP 800-63B, 3.1.1.2): long, and not among those that are tried first. Which kinds of characters
/// it has, and how old it is, plays no part.
package enum PasswordRules {
  /// Characters (Unicode code points).
  package static let shortest = 12
  package static let longest = 256

  /// - Parameter name: whose password it is to be.
  package static func check(_ password: String, of name: String) throws(PasswordFault) {
    guard password.utf8.count <= Limits.password else { throw .tooLong }
    let characters = Array(normalised(password).unicodeScalars)
    guard characters.count <= longest else { throw .tooLong }
    guard characters.count >= shortest else { throw .tooShort(found: characters.count) }
    let plain = Array(normalised(password).lowercased().unicodeScalars)
    if holds(String(String.UnicodeScalarView(plain)), name) { throw .holdsName }
    if isRepetitive(plain) { throw .repetitive }
    if isSequential(plain) { throw .sequential }
    if CommonPasswords.explain(plain) { throw .common }
  }

  /// The bytes that are hashed: NFKC, so that one password typed on two keyboards is one password (SP 800-63B, 3.1.1.2).
  static func normalised(_ password: String) -> String { password.precomposedStringWithCompatibilityMapping }

  /// Whether a name of four letters or more, or what stands before the `@` of it, is in the password.
  private static func holds(_ password: String, _ name: String) -> Bool {
    let name = normalised(name).lowercased()
    let parts = name.split { !$0.isLetter && !$0.isNumber }.map(String.init) + [name]
    return parts.contains { $0.unicodeScalars.count >= 4 && password.contains($0) }
  }

  /// Whether it has fewer than five characters, or is one piece three times or more.
  private static func isRepetitive(_ password: [Unicode.Scalar]) -> Bool {
    if Set(password).count < 5 { return true }
    return (1...password.count / 3).contains { period in
      (period..<password.count).allSatisfy { password[$0] == password[$0 - period] }
    }
  }

  private static let rows = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop"]
    .map { Array($0.unicodeScalars) }

  /// Whether all but three of its characters could be foretold from the one before: the same, the next or the one before in
  /// the alphabet, the digits or a row of the keyboard.
  private static func isSequential(_ password: [Unicode.Scalar]) -> Bool {
    let surprises = 1 + zip(password, password.dropFirst()).count { !follows($1, $0) }
    return surprises <= 3
  }

  private static func follows(_ next: Unicode.Scalar, _ last: Unicode.Scalar) -> Bool {
    if next == last || next.value == last.value + 1 || next.value + 1 == last.value { return true }
    return rows.contains { row in
      guard let one = row.firstIndex(of: last), let two = row.firstIndex(of: next) else { return false }
      return abs(one - two) == 1
    }
  }
}
