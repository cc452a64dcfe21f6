// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Yams

/// The keys of one mapping of a schema, none unknown and none twice.
struct SchemaFields {
  private let mapping: Node.Mapping
  private let place: String
  let line: Int?

  /// - Parameter place: what it is called in a message.
  init(_ node: Node?, at place: String, allowed: [String]) throws(TableError) {
    line = node?.mark?.line
    guard let mapping = node?.mapping else {
      throw .schema(
        line: line, reason: "expected \(place) as a mapping of keys to values, found something else")
    }
    for (key, _) in mapping {
      let name = key.string ?? "?"
      guard allowed.contains(name) else {
        throw .schema(
          line: key.mark?.line,
          reason: "\(place): expected one of the keys \(allowed.joined(separator: ", ")), found `\(name)`")
      }
    }
    self.mapping = mapping
    self.place = place
  }

  subscript(key: String) -> Node? { mapping[Node(key)] }

  func text(_ key: String) throws(TableError) -> String? {
    guard let node = self[key] else { return nil }
    guard case .scalar(let scalar) = node else {
      throw .schema(
        line: node.mark?.line, reason: "\(place): expected `\(key)` as a text, found a list or a mapping")
    }
    return scalar.string
  }

  func number(_ key: String) throws(TableError) -> Double? {
    guard let text = try text(key) else { return nil }
    return try Self.number(text, "\(place): `\(key)`", line: self[key]?.mark?.line)
  }

  /// Decimal digits, in the notation of JSON.
  static func number(_ text: String, _ what: String, line: Int?) throws(TableError) -> Double {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
      let number = Double(text), number.isFinite
    else { throw .schema(line: line, reason: "\(what): expected a number such as 0.5, found `\(text)`") }
    return number
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Choice.Type = Choice.self
  ) throws(TableError) -> Choice? where Choice.RawValue == String {
    guard let text = try text(key) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw .schema(
        line: self[key]?.mark?.line, reason: "\(place): expected `\(key)` as one of \(known), found `\(text)`"
      )
    }
    return choice
  }
}
