// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A logical line of a text, cut into tokens as Python's lexer would.
package struct PythonLine: Sendable {
  package struct Token: Sendable, Equatable {
    package enum Kind: Sendable { case name, number, text, sign }
    package let kind: Kind
    /// Of a string its contents without quotes, escapes as written, at most ``Limits/pythonText`` bytes; of a name its
    /// compatibility form, in which Python looks names up.
    package let text: String
  }

  package let tokens: [Token]
  /// What stands in the braces of formatted strings, which runs like the rest, each expression behind a `;`.
  package let inner: [Token]
  /// The column at which it begins, as Python counts tabs.
  package let indent: Int
  package let offset: Int
  /// Python's lexer stops here.
  package let isBroken: Bool
  /// It goes on from the line before, which had more tokens than are held at once.
  package let isContinued: Bool
  /// It goes on in the next one.
  package let isCut: Bool
}
