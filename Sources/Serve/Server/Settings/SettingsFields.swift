// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import NIOCore
import Yams

/// The keys of one mapping of the configuration, none unknown and none twice, and the values that settings are made of.
struct SettingsFields {
  let place: String
  private let mapping: Node.Mapping

  /// - Throws: ``ServerError/setting(_:)``.
  init(_ node: Node, at place: String, allowed: Set<String>) throws(ServerError) {
    guard let mapping = node.mapping else { throw .setting("\(place) must be a mapping of keys to values") }
    var seen: Set<String> = []
    for (key, _) in mapping {
      let name = key.string ?? "?"
      guard allowed.contains(name) else {
        throw .setting(
          "\(place) has the unknown key `\(name)`; known are \(allowed.sorted().joined(separator: ", "))")
      }
      guard seen.insert(name).inserted else { throw .setting("\(place) has the key `\(name)` twice") }
    }
    self.mapping = mapping
    self.place = place
  }

  /// A mapping in this one; `nil` when the key is missing.
  func part(_ key: String, allowed: Set<String>) throws(ServerError) -> SettingsFields? {
    guard let node = mapping[Node(key)] else { return nil }
    return try SettingsFields(node, at: "`\(key)`", allowed: allowed)
  }

  /// Mappings in a list; empty when the key is missing.
  func list(_ key: String, allowed: Set<String>) throws(ServerError) -> [SettingsFields] {
    guard let node = mapping[Node(key)] else { return [] }
    guard let nodes = node.sequence, nodes.count <= Self.mostItems else {
      throw .setting("\(place): `\(key)` must be a list of at most \(Self.mostItems)")
    }
    var fields: [SettingsFields] = []
    for (index, node) in nodes.enumerated() {
      fields.append(try SettingsFields(node, at: "entry \(index + 1) of `\(key)`", allowed: allowed))
    }
    return fields
  }

  func text(_ key: String) throws(ServerError) -> SettingText? {
    guard let node = mapping[Node(key)] else { return nil }
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw .setting("\(place): `\(key)` must be a text or a number")
    }
    return SettingText(name: "\(place): `\(key)`", text: scalar.string)
  }

  func texts(_ key: String) throws(ServerError) -> [String]? {
    guard let node = mapping[Node(key)] else { return nil }
    guard let nodes = node.sequence, nodes.count <= Self.mostItems else {
      throw .setting("\(place): `\(key)` must be a list of texts")
    }
    var texts: [String] = []
    for node in nodes {
      guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
        throw .setting("\(place): `\(key)` must be a list of texts")
      }
      texts.append(scalar.string)
    }
    return texts
  }

  private static let mostItems = 1_000
}

/// What somebody has written for one setting, wherever.
struct SettingText {
  /// Where it stands, for messages.
  let name: String
  let text: String

  func number(in range: ClosedRange<Int>) throws(ServerError) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw .setting(
        "\(name): expected a number from \(range.lowerBound) to \(range.upperBound), found `\(text)`")
    }
    return number
  }

  /// A number that need not be whole.
  func decimal(in range: ClosedRange<Double>) throws(ServerError) -> Double {
    guard let number = Double(text), range.contains(number) else {
      throw .setting(
        "\(name): expected a number from \(range.lowerBound) to \(range.upperBound), found `\(text)`")
    }
    return number
  }

  /// Bytes: `65536`, `64 KiB`, `64MiB`.
  func size(in range: ClosedRange<Int>) throws(ServerError) -> Int {
    var digits = text
    var unit = 1
    for (name, size) in [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)] where text.hasSuffix(name) {
      digits = String(text.dropLast(3)).trimmingSuffix(" ")
      unit = size
    }
    guard let count = Int(digits), count <= Int.max / unit, range.contains(count * unit) else {
      throw .setting(
        "\(name): expected bytes from \(range.lowerBound) to \(range.upperBound), such as 65536 or 64 KiB, found `\(text)`"
      )
    }
    return count * unit
  }

  /// `2ms`, `10s`, `5m`.
  func time(in range: ClosedRange<TimeAmount>) throws(ServerError) -> TimeAmount {
    for (suffix, unit) in [("ms", Int64(1_000_000)), ("s", 1_000_000_000), ("m", 60_000_000_000)]
    where text.hasSuffix(suffix) {
      guard let count = Int64(text.dropLast(suffix.count)), (0...1_000_000).contains(count) else { break }
      let time = TimeAmount.nanoseconds(count * unit)
      guard range.contains(time) else { break }
      return time
    }
    throw .setting(
      "\(name): expected a time from \(Self.words(range.lowerBound)) to \(Self.words(range.upperBound)), such as 2ms, 10s or 5m, found `\(text)`"
    )
  }

  func flag() throws(ServerError) -> Bool {
    switch text {
    case "true": return true
    case "false": return false
    default: throw .setting("\(name): expected true or false, found `\(text)`")
    }
  }

  /// One of the names of an enumeration.
  func choice<Value: RawRepresentable & CaseIterable>(
    of type: Value.Type
  ) throws(ServerError) -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: text) else {
      let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw .setting("\(name): expected one of \(known), found `\(text)`")
    }
    return value
  }

  private static func words(_ time: TimeAmount) -> String {
    time.nanoseconds % 1_000_000_000 == 0
      ? "\(time.nanoseconds / 1_000_000_000)s" : "\(time.nanoseconds / 1_000_000)ms"
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    var text = self
    while text.hasSuffix(suffix) { text.removeLast(suffix.count) }
    return text
  }
}
