// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Yams

/// The keys of one mapping, none unknown and none twice, and the values that policies are made of.
struct PolicyFields {
  let place: String
  private let mapping: Node.Mapping

  /// - Parameter allowed: the keys that it may have; any when it is nil.
  init(_ node: Node?, at place: String, allowed: Set<String>?) throws(PolicyError) {
    guard let mapping = node?.mapping else {
      throw .malformed("\(place) must be a mapping of keys to values")
    }
    guard mapping.count <= Self.mostItems else {
      throw .malformed("\(place) has more than \(Self.mostItems) keys")
    }
    var seen: Set<String> = []
    for (key, _) in mapping {
      let name = key.string ?? "?"
      if let allowed, !allowed.contains(name) {
        throw .malformed(
          "\(place) has the unknown key `\(name)`; known are \(allowed.sorted().joined(separator: ", "))")
      }
      guard seen.insert(name).inserted else { throw .malformed("\(place) has the key `\(name)` twice") }
    }
    self.mapping = mapping
    self.place = place
  }

  subscript(key: String) -> Node? { mapping[Node(key)] }

  /// In the order of the text.
  var entries: [(name: String, node: Node)] { mapping.map { ($0.key.string ?? "?", $0.value) } }

  func optionalText(_ key: String) throws(PolicyError) -> String? {
    guard let node = self[key] else { return nil }
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw .malformed("\(place): `\(key)` must be a text")
    }
    return scalar.string
  }

  func text(_ key: String) throws(PolicyError) -> String {
    guard let text = try optionalText(key) else { throw .malformed("\(place) lacks the key `\(key)`") }
    return text
  }

  /// A text, or a list of texts; empty when the key is missing.
  func texts(_ key: String) throws(PolicyError) -> [String] {
    guard let node = self[key] else { return [] }
    let nodes = node.sequence.map(Array.init) ?? [node]
    guard (1...Self.mostItems).contains(nodes.count) else {
      throw .malformed("\(place): `\(key)` must be a text or a list of 1 to \(Self.mostItems)")
    }
    var texts: [String] = []
    for node in nodes {
      guard case .scalar(let scalar) = node, !scalar.string.isEmpty, !texts.contains(scalar.string) else {
        throw .malformed("\(place): `\(key)` must be a text or a list of texts, none twice")
      }
      texts.append(scalar.string)
    }
    return texts
  }

  /// Mappings in a list; empty when the key is missing.
  func list(_ key: String, of what: String) throws(PolicyError) -> [Node] {
    guard let node = self[key] else { return [] }
    guard let nodes = node.sequence, !nodes.isEmpty, nodes.count <= Self.mostItems else {
      throw .malformed("`\(key)` must be a list of 1 to \(Self.mostItems) \(what)")
    }
    return Array(nodes)
  }

  /// One of the names of an enumeration.
  func choice<Value: RawRepresentable & CaseIterable>(
    _ key: String, default fallback: Value
  ) throws(PolicyError) -> Value where Value.RawValue == String {
    guard let text = try optionalText(key) else { return fallback }
    guard let value = Value(rawValue: text) else {
      let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw .malformed("\(place): expected `\(key)` to be one of \(known), found `\(text)`")
    }
    return value
  }

  func flag(_ key: String, default fallback: Bool) throws(PolicyError) -> Bool {
    switch try optionalText(key) {
    case nil: return fallback
    case "true": return true
    case "false": return false
    case let text?: throw .malformed("\(place): expected `\(key)` to be true or false, found `\(text)`")
    }
  }

  func count(_ key: String, in range: ClosedRange<Int>) throws(PolicyError) -> Int {
    let text = try self.text(key)
    guard let count = Int(text), range.contains(count) else {
      throw .malformed(
        "\(place): expected `\(key)` to be from \(range.lowerBound) to \(range.upperBound), found `\(text)`")
    }
    return count
  }

  /// Seconds: `30d`, `12h`, `15m`.
  func age(_ key: String) throws(PolicyError) -> Double? {
    guard let text = try optionalText(key) else { return nil }
    guard let seconds = PolicyTime.seconds(text) else {
      throw .malformed("\(place): expected an age such as 30d, 12h or 15m, found `\(text)`")
    }
    return seconds
  }

  /// The instant at which a day is over, or an instant.
  func end(_ key: String) throws(PolicyError) -> Date? {
    guard let text = try optionalText(key) else { return nil }
    guard let day = PolicyTime.day(text) else { return try instant(key) }
    return day.addingTimeInterval(86_400)
  }

  /// The instant at which a day begins, or an instant.
  func instant(_ key: String) throws(PolicyError) -> Date? {
    guard let text = try optionalText(key) else { return nil }
    guard let date = PolicyTime.day(text) ?? PolicyTime.instant(text) else {
      throw .malformed(
        "\(place): expected a day such as 2027-03-31 or a time such as 2027-03-31T12:00:00Z, found `\(text)`")
    }
    return date
  }

  static let mostItems = 1_000
}

/// Times as policies write them; days are those of UTC.
enum PolicyTime {
  static func seconds(_ text: String) -> Double? {
    let units: [Character: Double] = ["d": 86_400, "h": 3_600, "m": 60]
    guard let unit = text.last.flatMap({ units[$0] }), text.utf8.dropLast().allSatisfy({ 48...57 ~= $0 }),
      let count = Int(text.dropLast()), count > 0, count <= 100_000
    else { return nil }
    return Double(count) * unit
  }

  /// The beginning of `2027-03-31`; `nil` for a day that no calendar has.
  static func day(_ text: String) -> Date? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.count == 10, parts.map(\.count) == [4, 2, 2] else { return nil }
    guard let date = instant(text + "T00:00:00Z"), date.formatted(.iso8601).hasPrefix(text) else {
      return nil
    }
    return date
  }

  static func instant(_ text: String) -> Date? {
    guard text.utf8.count <= 40 else { return nil }
    return try? Date(text, strategy: .iso8601)
  }

  /// For people: `2027-03-31T12:00:00Z`.
  static func words(_ date: Date) -> String { date.formatted(.iso8601) }

  /// For people: `30 days`, `1 hour`.
  static func words(seconds: Double) -> String {
    for (unit, size) in [("day", 86_400.0), ("hour", 3_600), ("minute", 60)] {
      let count = seconds / size
      if count >= 1, count == count.rounded() { return "\(Int(count)) \(unit)\(count == 1 ? "" : "s")" }
    }
    return "\(seconds.formatted(.number.precision(.fractionLength(0)))) seconds"
  }
}
