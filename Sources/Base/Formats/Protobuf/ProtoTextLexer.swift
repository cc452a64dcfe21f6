// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Cuts the text format of protocol buffers into words, strings and signs; white space and comments separate them. The
/// format is at protobuf.dev/reference/protobuf/textformat-spec.
package struct ProtoTextLexer {
  private let bytes: Bytes
  /// Where the next token begins, or the white space in front of it.
  package private(set) var at = 0

  package init(_ bytes: Bytes) { self.bytes = bytes }

  package enum Token {
    /// A name, a number or a word for a value.
    case word(String)
    case string([UInt8])
    case symbol(UInt8)
    case end
  }

  private mutating func space() {
    let source = bytes
    let span = source.span
    while at < span.count {
      if span[at] == UInt8(ascii: "#") {
        while at < span.count, span[at] != 0x0A { at += 1 }
      } else if span[at] <= 0x20 {
        at += 1
      } else {
        return
      }
    }
  }

  package mutating func take(_ symbol: Character) throws(GraphTextError) -> Bool {
    space()
    guard at < bytes.count, bytes[at] == symbol.asciiValue else { return false }
    at += 1
    return true
  }

  /// The end of a message that begins here, or nil.
  package mutating func opening() throws(GraphTextError) -> UInt8? {
    if try take("{") { return UInt8(ascii: "}") }
    if try take("<") { return UInt8(ascii: ">") }
    return nil
  }

  package mutating func bracketed() throws(GraphTextError) -> String? {
    let start = at
    let source = bytes
    let span = source.span
    while at < span.count, span[at] != UInt8(ascii: "]"), at - start < 4096 { at += 1 }
    guard at < span.count, span[at] == UInt8(ascii: "]") else { return nil }
    at += 1
    let name = String(decoding: bytes.slice(start..<at - 1).array(), as: UTF8.self)
    _ = try take(":")
    return name
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "+"):
      true
    default: false
    }
  }

  package mutating func next() throws(GraphTextError) -> Token {
    space()
    guard at < bytes.count else { return .end }
    if let text = try string() { return .string(text) }
    let first = bytes[at]
    let text = word()
    guard text.isEmpty else {
      guard text == "-" else { return .word(text) }
      // A minus may stand apart from its number.
      space()
      return .word("-" + word())
    }
    at += 1
    return .symbol(first)
  }

  /// The letters of a word that stand here: none where another token does.
  private mutating func word() -> String {
    let start = at
    let source = bytes
    let span = source.span
    while at < span.count, Self.isWord(span[at]) { at += 1 }
    return String(decoding: source.slice(start..<at).array(), as: UTF8.self)
  }

  /// The string that begins here, or nil.
  package mutating func string() throws(GraphTextError) -> [UInt8]? {
    space()
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else {
      return nil
    }
    let source = bytes
    let span = source.span
    let quote = span[at]
    let start = at
    at += 1
    var text: [UInt8] = []
    while at < span.count, span[at] != quote {
      guard span[at] == UInt8(ascii: "\\") else {
        text.append(span[at])
        at += 1
        continue
      }
      at += 1
      guard at < span.count else { throw .unexpected(offset: start) }
      let letter = span[at]
      at += 1
      switch letter {
      case UInt8(ascii: "a"): text.append(7)
      case UInt8(ascii: "b"): text.append(8)
      case UInt8(ascii: "t"): text.append(9)
      case UInt8(ascii: "n"): text.append(10)
      case UInt8(ascii: "v"): text.append(11)
      case UInt8(ascii: "f"): text.append(12)
      case UInt8(ascii: "r"): text.append(13)
      case UInt8(ascii: "x"), UInt8(ascii: "X"): text.append(UInt8(truncatingIfNeeded: digits(2, radix: 16)))
      case UInt8(ascii: "u"): text += Array(scalar(digits(4, radix: 16)).utf8)
      case UInt8(ascii: "U"): text += Array(scalar(digits(8, radix: 16)).utf8)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        at -= 1
        text.append(UInt8(truncatingIfNeeded: digits(3, radix: 8)))
      default: text.append(letter)
      }
    }
    guard at < span.count else { throw .unexpected(offset: start) }
    at += 1
    return text
  }

  private mutating func digits(_ count: Int, radix: Int) -> Int {
    var value = 0
    for _ in 0..<count {
      guard at < bytes.count, let digit = Character(UnicodeScalar(bytes[at])).hexDigitValue, digit < radix
      else {
        break
      }
      value = value * radix + digit
      at += 1
    }
    return value
  }

  private func scalar(_ value: Int) -> String {
    UnicodeScalar(UInt32(truncatingIfNeeded: value)).map { String(Character($0)) } ?? "\u{FFFD}"
  }
}
