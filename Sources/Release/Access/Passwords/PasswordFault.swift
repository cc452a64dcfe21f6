// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why a password is refused.
package enum PasswordFault: Error, Equatable, Sendable {
  /// In characters (Unicode code points).
  case tooShort(found: Int)
  case tooLong
  case common
  case holdsName
  case repetitive
  case sequential
}

extension PasswordFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooShort(let found):
      "expected a password of \(PasswordRules.shortest) characters or more, found \(found): four random words are easy to keep in mind"
    case .tooLong: "expected a password of at most \(PasswordRules.longest) characters, found a longer one"
    case .common:
      "the password is made of words that everybody tries first: choose words that do not belong together"
    case .holdsName: "the password holds the name of its owner, which is tried first: leave it out"
    case .repetitive: "the password repeats a few characters: choose one with more of them"
    case .sequential:
      "the password follows the alphabet, the digits or the keyboard: choose one that no rule goes on with"
    }
  }
}
