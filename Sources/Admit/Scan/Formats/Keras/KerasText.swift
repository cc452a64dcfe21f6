// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats

/// The configuration of a Keras model as JSON or YAML.
struct KerasText: TextProfile {
  let name = "keras-config"

  func fits(_ text: TextSample) -> Bool {
    let kind = Self.kind(of: text.bytes)
    return kind.isConfig || kind.holdsOne || Self.isYAML(text.head)
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    let kind = Self.kind(of: text.bytes)
    if kind.isConfig {
      KerasConfig.examine(text.bytes, at: place, in: &scan)
    } else if kind.holdsOne {
      // Other programs have classes and configurations, too: of those that stand inside of something, harm counts.
      var inner = place
      inner.isRawData = true
      KerasConfig.examine(text.bytes, at: inner, in: &scan)
    } else {
      KerasYAML(text.bytes).examine(at: place, in: &scan)
    }
  }

  /// An object with a class and its configuration, however its names are written and whether or not it is sound JSON.
  static func isConfig(_ bytes: Bytes) -> Bool { kind(of: bytes).isConfig }

  /// Whether the text is a configuration, and whether one is a member of it.
  private static func kind(of bytes: Bytes) -> (isConfig: Bool, holdsOne: Bool) {
    let span = bytes.span
    var at = 0
    while at < span.count, span[at] <= 0x20 { at += 1 }
    guard at < span.count, span[at] == UInt8(ascii: "{") || span[at] == UInt8(ascii: "[") else {
      return (false, false)
    }
    // Every configuration has this name, in letters or in escapes; most texts are large and have neither.
    guard contains("config", span) || contains("\\u", span) else { return (false, false) }
    var keys: Set<String> = []
    var holdsOne = false
    var reader = JSONReader(span)
    do throws(JSONError) {
      // The names of the outermost object, also those written with escapes.
      try eachMember(&reader) { reader, name throws(JSONError) in
        if marks.contains(name) { keys.insert(name) }
        reader.skipSpace()
        guard reader.peek == UInt8(ascii: "{") else { return _ = try reader.skipValue() }
        var inner: Set<String> = []
        try eachMember(&reader) { reader, name throws(JSONError) in
          if name == "class_name" || name == "config" { inner.insert(name) }
          _ = try reader.skipValue()
        }
        holdsOne = holdsOne || inner.count == 2
      }
      let isConfig =
        keys.contains("config") && (keys.contains("class_name") || keys.contains("registered_name"))
        || keys.contains("compile_config") || keys.contains("optimizer_config")
      return (isConfig, holdsOne)
    } catch {
      return (contains("\"class_name\"", span) && contains("\"config\"", span), false)
    }
  }

  private static let marks: Set<String> = [
    "class_name", "registered_name", "config", "compile_config", "optimizer_config",
  ]

  /// Every member of an object, also those of one name, of which there may be very many.
  private static func eachMember(
    _ reader: inout JSONReader, _ body: (inout JSONReader, String) throws(JSONError) -> Void
  ) throws(JSONError) {
    try reader.expect(UInt8(ascii: "{"))
    if try reader.take(UInt8(ascii: "}")) { return }
    repeat {
      reader.skipSpace()
      let name = try reader.string()
      try reader.expect(UInt8(ascii: ":"))
      try body(&reader, name)
    } while try reader.takeComma(orEnd: UInt8(ascii: "}"))
  }

  private static func isYAML(_ head: String) -> Bool {
    (head.hasPrefix("class_name:") || head.contains("\nclass_name:"))
      && (head.hasPrefix("config:") || head.contains("\nconfig:"))
  }

  private static func contains(_ word: String, _ span: Span<UInt8>) -> Bool {
    let units = Array(word.utf8)
    var at = 0
    while at + units.count <= span.count {
      var index = 0
      while index < units.count, span[at + index] == units[index] { index += 1 }
      if index == units.count { return true }
      at += 1
    }
    return false
  }
}
