// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Tells text from other bytes, in the encodings that people's files have.
package enum PlainText {
  /// The text in UTF-8 without its byte order mark; nil for bytes that are no text. UTF-8 and UTF-16 are read strictly;
  /// what is mostly ASCII and no UTF-8 is read as Windows-1252.
  package static func utf8(of bytes: Bytes) -> Bytes? {
    guard !bytes.isEmpty else { return nil }
    if bytes.starts(with: [0xFF, 0xFE]) { return sixteen(bytes, low: 0) }
    if bytes.starts(with: [0xFE, 0xFF]) { return sixteen(bytes, low: 1) }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.slice(3..<bytes.count) : bytes
    if isText(text) { return text }
    return western(text) ?? eastern(text)
  }

  /// UTF-16 with a byte order mark.
  private static func sixteen(_ bytes: Bytes, low: Int) -> Bytes? {
    guard bytes.count.isMultiple(of: 2), bytes.count <= Limits.sixteenBitText else { return nil }
    let span = bytes.span
    var units: [UInt16] = []
    units.reserveCapacity(span.count / 2)
    var at = 2
    while at < span.count {
      units.append(UInt16(span[at + low]) | UInt16(span[at + 1 - low]) << 8)
      at += 2
    }
    guard let text = String(validating: units, as: UTF16.self) else { return nil }
    let decoded = Bytes(utf8: text)
    return decoded.isEmpty || !isText(decoded) ? nil : decoded
  }

  /// Chinese, Japanese and Korean in two bytes a character (GBK, Big5, Shift JIS, EUC). Which of them does not matter: each
  /// character outside of ASCII becomes the same one.
  private static func eastern(_ bytes: Bytes) -> Bytes? {
    guard bytes.count <= Limits.sixteenBitText else { return nil }
    let span = bytes.span
    var out: [UInt8] = []
    out.reserveCapacity(span.count * 3 / 2)
    var wide = 0
    var usual = 0
    var at = 0
    while at < span.count {
      let byte = span[at]
      at += 1
      if byte < 0x80 {
        guard byte >= 0x20 && byte != 0x7F || byte == 9 || byte == 10 || byte == 13 else { return nil }
        out.append(byte)
        continue
      }
      wide += 1
      // Half-width katakana are one byte, also where a second one would fit.
      let next = at < span.count ? span[at] : 0
      if (0x81...0xFE).contains(byte), byte != 0xA0, next >= 0x40, next != 0x7F, next != 0xFF {
        at += 1
        // The rows of kana, hangul, punctuation and the common ideographs.
        if (0x81...0x9F).contains(byte) || next >= 0xA1 && (0xA1...0xF9).contains(byte)
          || (0xA4...0xC6).contains(byte)
        {
          usual += 1
        }
      } else if !(0xA1...0xDF).contains(byte) {
        return nil
      }
      out += [0xE5, 0xAD, 0x97]
    }
    // Any bytes at all may be a few characters, and numbers in few bytes are not text.
    return wide >= 4 && usual * 10 >= wide * 9 ? Bytes(out) : nil
  }

  private static func western(_ bytes: Bytes) -> Bytes? {
    guard bytes.count <= Limits.sixteenBitText else { return nil }
    let span = bytes.span
    var plain = 0
    var at = 0
    while at < span.count {
      let byte = span[at]
      if byte < 0x20, byte != 9, byte != 10, byte != 13 { return nil }
      if byte == 0x7F { return nil }
      if byte < 0x80 { plain += 1 }
      at += 1
    }
    guard span.count >= 8, plain * 10 >= span.count * 7 else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(span.count + span.count / 4)
    at = 0
    while at < span.count {
      let byte = span[at]
      if byte < 0x80 {
        out.append(byte)
      } else {
        out.append(0xC0 | byte >> 6)
        out.append(0x80 | byte & 0x3F)
      }
      at += 1
    }
    return Bytes(out)
  }

  /// Valid UTF-8 (RFC 3629) in which the only control characters are white space and, rarely, those that terminals know.
  private static func isText(_ bytes: Bytes) -> Bool {
    let span = bytes.span
    var at = 0
    var odd = 0
    while at < span.count {
      let byte = span[at]
      at += 1
      if byte < 0x80 {
        if byte < 0x20, byte != 9, byte != 10, byte != 12, byte != 13 {
          guard byte == 7 || byte == 8 || byte == 11 || byte >= 0x1B else { return false }
          odd += 1
        }
        if byte == 0x7F { odd += 1 }
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
    return odd * 50 <= span.count
  }
}
