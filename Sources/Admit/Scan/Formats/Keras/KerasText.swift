// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats

/// The configuration of a Keras model as JSON or YAML.
struct KerasText: TextProfile {
  let name = "keras-config"

  func fits(_ text: TextSample) -> Bool { Self.isConfig(text.bytes) || Self.isYAML(text.head) }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    if Self.isConfig(text.bytes) {
      KerasConfig.examine(text.bytes, at: place, in: &scan)
    } else {
      KerasYAML(text.bytes).examine(at: place, in: &scan)
    }
  }

  /// An object with a class and its configuration, however its names are written and whether or not it is sound JSON.
  static func isConfig(_ bytes: Bytes) -> Bool {
    let span = bytes.span
    var at = 0
    while at < span.count, span[at] <= 0x20 { at += 1 }
    guard at < span.count, span[at] == UInt8(ascii: "{") || span[at] == UInt8(ascii: "[") else {
      return false
    }
    var keys: Set<String> = []
    var reader = JSONReader(span)
    do throws(JSONError) {
      // The names of the outermost object, also those written with escapes.
      try reader.expect(UInt8(ascii: "{"))
      repeat {
        keys.insert(try reader.string())
        try reader.expect(UInt8(ascii: ":"))
        _ = try reader.skipValue()
      } while try reader.takeComma(orEnd: UInt8(ascii: "}"))
      return keys.contains("config") && (keys.contains("class_name") || keys.contains("registered_name"))
        || keys.contains("compile_config") || keys.contains("optimizer_config")
    } catch {
      return contains("\"class_name\"", span) && contains("\"config\"", span)
    }
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
