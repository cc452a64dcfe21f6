// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Names with `*` for anything and `?` for one character.
package struct NamePattern: Sendable {
  private let pattern: [Character]

  package init(_ text: String) { pattern = Array(text) }

  /// In time proportional to the product of the lengths.
  package func matches(_ name: String) -> Bool {
    let name = Array(name)
    var (place, at) = (0, 0)
    var star: (place: Int, at: Int)?
    while at < name.count {
      if place < pattern.count, pattern[place] == "*" {
        star = (place, at)
        place += 1
      } else if place < pattern.count, pattern[place] == "?" || pattern[place] == name[at] {
        (place, at) = (place + 1, at + 1)
      } else if let last = star {
        star = (last.place, last.at + 1)
        (place, at) = (last.place + 1, last.at + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }
}
