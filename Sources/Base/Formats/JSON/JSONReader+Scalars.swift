// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

extension JSONReader {
  /// The next token, a string, with its escapes resolved.
  package mutating func string() throws(JSONError) -> String {
    try expect(UInt8(ascii: "\""))
    let start = offset - 1
    // Most strings have no escapes and are taken as they stand.
    var end = offset
    while end < bytes.count, bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "\""),
      bytes[end] != UInt8(ascii: "\\")
    {
      end += 1
    }
    if end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
      guard let plain = try? UTF8Span(validating: bytes.extracting(offset..<end)) else {
        throw .badString(offset: start, reason: "is not valid UTF-8")
      }
      advance(end + 1 - offset)
      return String(copying: plain)
    }
    var text: [UInt8] = []
    while true {
      guard offset < bytes.count else { throw .truncated }
      let byte = bytes[offset]
      advance(1)
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw .badString(offset: start, reason: "is not valid UTF-8")
        }
        return string
      case UInt8(ascii: "\\"):
        text.append(contentsOf: String(try escape(start)).utf8)
      case 0..<0x20:
        throw .badString(offset: start, reason: "has an unescaped control character")
      default:
        text.append(byte)
      }
    }
  }

  private mutating func escape(_ start: Int) throws(JSONError) -> Unicode.Scalar {
    guard offset < bytes.count else { throw .truncated }
    let letter = bytes[offset]
    advance(1)
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try hex4(start)
      if let scalar = Unicode.Scalar(unit) { return scalar }
      guard unit < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
        bytes[offset + 1] == UInt8(ascii: "u")
      else { throw .badString(offset: start, reason: "has half of a surrogate pair") }
      advance(2)
      let low = try hex4(start)
      guard (0xDC00...0xDFFF).contains(low) else {
        throw .badString(offset: start, reason: "has half of a surrogate pair")
      }
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))!
    default:
      throw .badString(offset: start, reason: "has an unknown escape")
    }
  }

  private mutating func hex4(_ start: Int) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard offset < bytes.count else { throw .truncated }
      guard let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue else {
        throw .badString(offset: start, reason: "has a malformed \\u escape")
      }
      value = value << 4 | UInt32(digit)
      advance(1)
    }
    return value
  }

  /// The next token, a number.
  package mutating func number() throws(JSONError) -> JSONValue {
    skipSpace()
    let start = offset
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "-") { advance(1) }
    let leading = offset
    let digits = try skipDigits(start)
    if digits > 1, bytes[leading] == UInt8(ascii: "0") { throw .badNumber(offset: start) }
    var isWhole = true
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      isWhole = false
      advance(1)
      _ = try skipDigits(start)
    }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      advance(1)
      if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") {
        advance(1)
      }
      _ = try skipDigits(start)
    }
    guard offset - start <= 512 else { throw .badNumber(offset: start) }
    if isWhole, offset - start <= 18 { return .integer(smallInteger(from: start)) }
    var text = ""
    for index in start..<offset { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
    if isWhole, let value = Int64(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw .badNumber(offset: start) }
    return .number(value)
  }

  private mutating func skipDigits(_ start: Int) throws(JSONError) -> Int {
    let first = offset
    while offset < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[offset]) { advance(1) }
    guard offset > first else {
      if offset == bytes.count { throw .truncated }
      throw .badNumber(offset: start)
    }
    return offset - first
  }

  private func smallInteger(from start: Int) -> Int64 {
    let negative = bytes[start] == UInt8(ascii: "-")
    var value: Int64 = 0
    for index in (negative ? start + 1 : start)..<offset {
      value = value * 10 + Int64(bytes[index] - UInt8(ascii: "0"))
    }
    return negative ? -value : value
  }
}
