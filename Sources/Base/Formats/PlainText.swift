// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Text that is no program for any loader of models: UTF-8 without control characters.
package enum PlainText {
  package enum Kind: Sendable { case text, json }

  /// Text, strict JSON, or nil for bytes that are no text.
  package static func kind(of bytes: Bytes) -> Kind? {
    guard !bytes.isEmpty, isText(bytes) else { return nil }
    let span = bytes.span
    var at = 0
    while at < span.count, span[at] <= 0x20 { at += 1 }
    guard at < span.count, span[at] == UInt8(ascii: "{") || span[at] == UInt8(ascii: "[") else {
      return .text
    }
    return (try? JSONReader.read(span)) == nil ? .text : .json
  }

  /// Valid UTF-8 (RFC 3629) in which the only control characters are tab, line feed, form feed and return.
  private static func isText(_ bytes: Bytes) -> Bool {
    let span = bytes.span
    var at = 0
    while at < span.count {
      let byte = span[at]
      at += 1
      if byte < 0x80 {
        if byte < 0x20, byte != 9, byte != 10, byte != 12, byte != 13 { return false }
        if byte == 0x7F { return false }
        continue
      }
      let more: Int
      let least: UInt32
      var scalar: UInt32
      switch byte {
      case 0xC2...0xDF: (more, least, scalar) = (1, 0x80, UInt32(byte & 0x1F))
      case 0xE0...0xEF: (more, least, scalar) = (2, 0x800, UInt32(byte & 0x0F))
      case 0xF0...0xF4: (more, least, scalar) = (3, 0x10000, UInt32(byte & 0x07))
      default: return false
      }
      guard span.count - at >= more else { return false }
      for _ in 0..<more {
        guard span[at] & 0xC0 == 0x80 else { return false }
        scalar = scalar << 6 | UInt32(span[at] & 0x3F)
        at += 1
      }
      guard scalar >= least, Unicode.Scalar(scalar) != nil else { return false }
    }
    return true
  }
}
