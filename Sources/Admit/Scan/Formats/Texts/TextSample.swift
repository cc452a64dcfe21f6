// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A text and what is quickly told about it, for the profiles to choose by. What stands in front of the contents, however
/// long it is, hides nothing of them.
struct TextSample: Sendable {
  let bytes: Bytes
  /// The whole text is one value of JSON, as Python reads it: also with `NaN`, and with names that stand twice.
  let isJSON: Bool
  /// The names of the members of a JSON object: all that a profile asks for, and at most 256 others; empty for anything else.
  let keys: [String]
  /// At most the first 4 KiB.
  let head: String
  /// At most 4 KiB of what stands behind white space, comments and declarations.
  let body: String

  init(_ bytes: Bytes, isJSON: Bool, keys: [String]) {
    self.bytes = bytes
    self.isJSON = isJSON
    self.keys = isJSON ? keys : []
    head = String(decoding: bytes.slice(0..<min(bytes.count, 4096)).array(), as: UTF8.self)
    let start = Self.start(of: bytes.span)
    body =
      start == 0
      ? head : String(decoding: bytes.slice(start..<min(bytes.count, start + 4096)).array(), as: UTF8.self)
  }

  /// The value of a JSON text; nil when it is none, or larger than is read as a tree.
  func json() -> JSONValue? {
    guard isJSON, bytes.count <= Limits.graphJSON else { return nil }
    return (try? JSONReader.read(bytes.span)) ?? (try? TolerantJSON(bytes).value)
  }

  /// Where the contents begin: behind comments to the end of a line, as protocol buffers and YAML have them, and behind
  /// comments and declarations of XML.
  private static func start(of span: Span<UInt8>) -> Int {
    var at = 0
    while at < span.count {
      let byte = span[at]
      if byte <= 0x20 {
        at += 1
      } else if byte == UInt8(ascii: "#") {
        while at < span.count, span[at] != 0x0A { at += 1 }
      } else if stands("<!--", span, at) {
        at = end("-->", span, at + 4)
      } else if stands("<?xml", span, at) {
        at = end("?>", span, at + 5)
      } else {
        return at
      }
    }
    return 0
  }

  private static func stands(_ text: StaticString, _ span: Span<UInt8>, _ at: Int) -> Bool {
    guard span.count - at >= text.utf8CodeUnitCount else { return false }
    var index = at
    for unit in text.description.utf8 {
      if span[index] != unit { return false }
      index += 1
    }
    return true
  }

  private static func end(_ text: StaticString, _ span: Span<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < span.count {
      if stands(text, span, at) { return at + text.utf8CodeUnitCount }
      at += 1
    }
    return at
  }
}
