// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The names of models that a grant or a scope is about: a name, or a pattern with `*` for any run of bytes. `*` alone is
/// everything, the store itself included.
///
/// Names are compared byte by byte: what looks the same is another model when the store holds it as another.
package struct NamePattern: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static let everything = NamePattern("*")

  /// Whether it can match the name of a model: letters, digits, `.`, `_`, `-` and `*`, at most 64.
  package static func isUsable(_ pattern: NamePattern) -> Bool {
    (1...64).contains(pattern.text.utf8.count)
      && pattern.text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
          UInt8(ascii: "*"):
          true
        default: false
        }
      }
  }

  /// Whether it stands for the store and all that is in it.
  package var isEverything: Bool { text == "*" }

  /// What is not about one model is covered only by `*`.
  package func covers(_ resource: Resource) -> Bool {
    switch resource {
    case .everything: isEverything
    case .model(let name): matches(name)
    }
  }

  /// Whether `name` fits. Linear in memory and O(n·m) at worst: it goes back to the last `*` only, so that a hostile pattern
  /// costs no more.
  package func matches(_ name: String) -> Bool {
    let pattern = text.utf8.span
    let name = name.utf8.span
    var p = 0
    var n = 0
    var star: (pattern: Int, name: Int)?
    while n < name.count {
      // A `*` of the pattern first: it also stands for a `*` in the name.
      if p < pattern.count, pattern[p] == Self.star {
        star = (p, n)
        p += 1
      } else if p < pattern.count, pattern[p] == name[n] {
        p += 1
        n += 1
      } else if let (starred, matched) = star {
        p = starred + 1
        n = matched + 1
        star = (starred, matched + 1)
      } else {
        return false
      }
    }
    while p < pattern.count {
      guard pattern[p] == Self.star else { return false }
      p += 1
    }
    return true
  }

  /// Whether all that `other` covers is covered by this one. Read as a name, a `*` of `other` is matched by a `*` only, and
  /// what matches it whatever it is matches whatever it stands for. The store is covered by `*` alone, not by `**`.
  package func contains(_ other: NamePattern) -> Bool {
    other.isEverything ? isEverything : matches(other.text)
  }

  /// Whether some name fits both.
  package func overlaps(_ other: NamePattern) -> Bool {
    let one = Array(text.utf8)
    let two = Array(other.text.utf8)
    // Whether one[i...] and two[j...] have a name in common, from the back: row holds i + 1, next becomes i.
    var row = [Bool](repeating: false, count: two.count + 1)
    row[two.count] = true
    for j in two.indices.reversed() { row[j] = row[j + 1] && two[j] == Self.star }
    for i in one.indices.reversed() {
      var next = [Bool](repeating: false, count: two.count + 1)
      next[two.count] = row[two.count] && one[i] == Self.star
      for j in two.indices.reversed() {
        if one[i] == Self.star || two[j] == Self.star {
          next[j] = row[j] || next[j + 1]
        } else {
          next[j] = one[i] == two[j] && row[j + 1]
        }
      }
      row = next
    }
    return row[0]
  }

  private static let star = UInt8(ascii: "*")
}

extension NamePattern: CustomStringConvertible {
  package var description: String { text }
}

extension NamePattern: Codable {
  package init(from decoder: any Decoder) throws { self.init(try String(from: decoder)) }
  package func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }
}
