// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A path relative to a model, as OMS writes it: `/` between the names, no `.`, no `..`, no `/` in front.
package struct ModelPath: Sendable, Hashable {
  /// The names from the model's directory down; none for the model itself.
  package let names: [[UInt8]]

  /// Reads a path and leaves out what says nothing: `./`, `//` and a `/` at the end. `nil` for one that leads out of the
  /// model, or could: with `..` or from `/`.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.first != UInt8(ascii: "/"), !bytes.contains(0) else { return nil }
    names = bytes.split(separator: UInt8(ascii: "/")).map(Array.init).filter { $0 != Self.here }
    guard !names.contains(Self.up) else { return nil }
  }

  package var text: String {
    names.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
  }

  /// Whether the text is written in the one way that this path has.
  package func isExactly(_ text: String) -> Bool { Array(self.text.utf8) == Array(text.utf8) }

  /// Whether this is `other` or something inside of it.
  package func isInside(_ other: ModelPath) -> Bool { names.starts(with: other.names) }

  private static let here = Array(".".utf8)
  private static let up = Array("..".utf8)
}

extension [ModelPath] {
  /// What OMS leaves out of every manifest, at the top of a directory.
  package static let alwaysIgnored = [".git", ".gitattributes", ".github", ".gitignore"].map {
    ModelPath($0)!
  }
}
