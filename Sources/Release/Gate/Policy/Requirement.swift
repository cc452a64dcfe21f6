// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFormats

/// One comparison over a value in evidence: `robustness.linf[0.1].accuracy >= 0.4`.
///
/// The first word names the kind of evidence, the rest a path in its predicate; `[…]` is a step whose name has dots in
/// it, and such a step in front names a predicate type that is not Martlet's: `[https://slsa.dev/provenance/v1].x == y`.
/// Strings and booleans can be compared with `==` and `!=`, numbers with all of `== != < <= > >=`.
package struct Requirement: Sendable, Equatable {
  package enum Comparison: String, CaseIterable, Sendable {
    case equal = "=="
    case notEqual = "!="
    case atLeast = ">="
    case atMost = "<="
    case more = ">"
    case less = "<"
  }

  /// The kind of evidence, such as `scan`.
  package let evidence: String
  /// The steps inside the predicate.
  package let path: [String]
  package let comparison: Comparison
  package let value: JSONValue
  /// As it was written.
  package let text: String

  init(_ text: String, at place: String) throws(PolicyError) {
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count == 3, let comparison = Comparison(rawValue: String(words[1])),
      let steps = Self.steps(words[0]), let evidence = steps.first, steps.count > 1
    else {
      throw .malformed(
        "\(place): expected a requirement such as `scan.verdict == safe` or "
          + "`robustness.linf[0.1].accuracy >= 0.4`, found `\(text)`")
    }
    self.evidence = evidence
    path = Array(steps.dropFirst())
    self.comparison = comparison
    value = Self.literal(words[2])
    self.text = words.joined(separator: " ")
    let ordered: Set<Comparison> = [.atLeast, .atMost, .more, .less]
    guard value.number != nil || !ordered.contains(comparison) else {
      throw .malformed("\(place): `\(comparison.rawValue)` compares numbers, and `\(words[2])` is none")
    }
  }

  /// Whether the text can name a kind of evidence: a word, or a predicate type.
  static func isKind(_ text: String) -> Bool {
    let isWord = text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    return isWord || (text.contains(":") && !text.contains { $0.isWhitespace || $0 == "]" })
  }

  /// The place in evidence as it was written: `scan.verdict`.
  package var place: String { String(text.prefix { $0 != " " }) }

  /// Whether it asks for the edition that is in force rather than for one of its own.
  package var asksForCurrent: Bool { value == .string("current") && comparison == .equal }

  /// Whether `found` satisfies it. A value of another kind never does.
  package func holds(for found: JSONValue) -> Bool {
    switch (found, value) {
    case (.string(let left), .string(let right)): equality(left == right)
    case (.bool(let left), .bool(let right)): equality(left == right)
    default:
      if let left = found.number, let right = value.number { compare(left, right) } else { false }
    }
  }

  /// The value it speaks about in a predicate, if it is there.
  package func value(in predicate: JSONValue) -> JSONValue? {
    var value = predicate
    for step in path {
      guard let next = value[step] else { return nil }
      value = next
    }
    return value
  }

  private func equality(_ same: Bool) -> Bool {
    switch comparison {
    case .equal: same
    case .notEqual: !same
    default: false
    }
  }

  private func compare(_ left: Double, _ right: Double) -> Bool {
    switch comparison {
    case .equal: left == right
    case .notEqual: left != right
    case .atLeast: left >= right
    case .atMost: left <= right
    case .more: left > right
    case .less: left < right
    }
  }

  private static func literal(_ word: Substring) -> JSONValue {
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    default:
      if let whole = Int64(word) { return .integer(whole) }
      if let number = Double(word), number.isFinite { return .number(number) }
      return .string(String(word))
    }
  }

  /// `a.b[0.1].c` as `a`, `b`, `0.1`, `c`; `nil` when it is no path.
  private static func steps(_ text: Substring) -> [String]? {
    var steps: [String] = []
    var rest = text
    while !rest.isEmpty {
      if rest.first == "[" {
        guard let end = rest.firstIndex(of: "]") else { return nil }
        steps.append(String(rest[rest.index(after: rest.startIndex)..<end]))
        rest = rest[rest.index(after: end)...]
      } else {
        if !steps.isEmpty {
          guard rest.first == "." else { return nil }
          rest = rest.dropFirst()
        }
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        steps.append(String(name))
        rest = rest.dropFirst(name.count)
      }
      if steps.last!.isEmpty { return nil }
    }
    return steps
  }
}
