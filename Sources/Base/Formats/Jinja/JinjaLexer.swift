// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A piece of a Jinja template.
struct JinjaToken: Sendable {
  enum Kind: Sendable {
    case data, outputStart, outputEnd, tagStart, tagEnd, name, text, integer, float, sign, end
  }
  let kind: Kind
  /// The text of it; of a string what its escapes mean.
  let text: String
  let offset: Int
}

/// Cuts a Jinja template into tokens, with the default delimiters and with the escapes of Python's strings resolved:
/// `'\x5f'` is an underscore. Source: `jinja2/lexer.py`.
struct JinjaLexer {
  private let bytes: [UInt8]
  private let limit: Int
  private var at = 0
  private var tokens: [JinjaToken] = []

  private init(_ bytes: [UInt8], limit: Int) {
    self.bytes = bytes
    self.limit = limit
  }

  static func tokens(_ bytes: [UInt8], limit: Int) throws(JinjaError) -> [JinjaToken] {
    var lexer = JinjaLexer(bytes, limit: limit)
    try lexer.run()
    return lexer.tokens
  }

  private mutating func add(_ kind: JinjaToken.Kind, _ text: String, _ offset: Int) throws(JinjaError) {
    guard tokens.count < limit else {
      throw JinjaError(reason: "the template has more than \(limit) tokens", offset: offset)
    }
    tokens.append(JinjaToken(kind: kind, text: text, offset: offset))
  }

  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  private func stands(_ text: StaticString, at index: Int) -> Bool {
    guard bytes.count - index >= text.utf8CodeUnitCount else { return false }
    var index = index
    for unit in text.description.utf8 {
      if bytes[index] != unit { return false }
      index += 1
    }
    return true
  }

  private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private mutating func run() throws(JinjaError) {
    var start = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "{"), at + 1 < bytes.count else {
        at += 1
        continue
      }
      switch bytes[at + 1] {
      case UInt8(ascii: "#"):
        if start < at { try add(.data, string(start..<at), start) }
        let open = at
        at += 2
        while at < bytes.count, !stands("#}", at: at) { at += 1 }
        guard at < bytes.count else { throw JinjaError(reason: "a comment has no end", offset: open) }
        at += 2
        start = at
      case UInt8(ascii: "{"):
        if start < at { try add(.data, string(start..<at), start) }
        try add(.outputStart, "{{", at)
        at += 2
        try code(isTag: false)
        start = at
      case UInt8(ascii: "%"):
        if start < at { try add(.data, string(start..<at), start) }
        if try raw() {
          start = at
          continue
        }
        try add(.tagStart, "{%", at)
        at += 2
        try code(isTag: true)
        start = at
      default: at += 1
      }
    }
    if start < bytes.count { try add(.data, string(start..<bytes.count), start) }
    try add(.end, "", bytes.count)
  }

  /// `{% raw %}…{% endraw %}`: whether it stood here.
  private mutating func raw() throws(JinjaError) -> Bool {
    guard let open = tag("raw", from: at) else { return false }
    var end = open
    while end < bytes.count {
      if stands("{%", at: end), let close = tag("endraw", from: end) {
        if open < end { try add(.data, string(open..<end), open) }
        at = close
        return true
      }
      end += 1
    }
    throw JinjaError(reason: "raw text has no end", offset: at)
  }

  private func tag(_ name: StaticString, from start: Int) -> Int? {
    var index = start + 2
    if byte(index) == UInt8(ascii: "-") || byte(index) == UInt8(ascii: "+") { index += 1 }
    while Self.isSpace(byte(index)), index < bytes.count { index += 1 }
    guard stands(name, at: index) else { return nil }
    index += name.utf8CodeUnitCount
    while Self.isSpace(byte(index)), index < bytes.count { index += 1 }
    if byte(index) == UInt8(ascii: "-") || byte(index) == UInt8(ascii: "+") { index += 1 }
    return stands("%}", at: index) ? index + 2 : nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isWord(_ byte: UInt8) -> Bool {
    byte == 0x5F || isDigit(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80
  }

  private static let signs: Set<UInt8> = Set("+-*/%~[](){}=<>!.:|,;".utf8)
  private static let pairs: Set<String> = ["//", "**", "==", "!=", "<=", ">="]

  private mutating func code(isTag: Bool) throws(JinjaError) {
    if byte(at) == UInt8(ascii: "-") || byte(at) == UInt8(ascii: "+") { at += 1 }
    var depth = 0
    let closing: StaticString = isTag ? "%}" : "}}"
    while at < bytes.count {
      let start = at
      let first = bytes[at]
      if Self.isSpace(first) {
        at += 1
        continue
      }
      if depth == 0 {
        let skip = first == UInt8(ascii: "-") || (isTag && first == UInt8(ascii: "+")) ? 1 : 0
        if stands(closing, at: at + skip) {
          try add(isTag ? .tagEnd : .outputEnd, closing.description, at)
          at += skip + 2
          // The line feed behind a tag is not kept by chat templates; whether it is changes nothing here.
          return
        }
      }
      if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
        let text = try literal(first)
        try add(.text, text, start)
      } else if Self.isDigit(first) {
        try number()
      } else if Self.isWord(first) {
        while at < bytes.count, Self.isWord(bytes[at]) { at += 1 }
        try add(.name, string(start..<at), start)
      } else if Self.signs.contains(first) {
        let pair = at + 1 < bytes.count ? string(at..<at + 2) : ""
        at += Self.pairs.contains(pair) ? 2 : 1
        let sign = string(start..<at)
        if "([{".contains(sign) { depth += 1 }
        if ")]}".contains(sign) {
          depth -= 1
          guard depth >= 0 else {
            throw JinjaError(reason: "expected an expression, found \(sign)", offset: start)
          }
        }
        try add(.sign, sign, start)
      } else {
        throw JinjaError(reason: "expected an expression, found byte \(first)", offset: start)
      }
    }
    throw JinjaError(reason: "a tag has no end", offset: at)
  }

  private mutating func number() throws(JinjaError) {
    let start = at
    var isFloat = false
    if bytes[at] == UInt8(ascii: "0"), "xXoObB".utf8.contains(byte(at + 1)) {
      at += 2
      while at < bytes.count, Self.isWord(bytes[at]) { at += 1 }
    } else {
      while at < bytes.count, Self.isDigit(bytes[at]) || bytes[at] == UInt8(ascii: "_") { at += 1 }
      if byte(at) == UInt8(ascii: "."), Self.isDigit(byte(at + 1)) {
        isFloat = true
        at += 1
        while at < bytes.count, Self.isDigit(bytes[at]) || bytes[at] == UInt8(ascii: "_") { at += 1 }
      }
      if byte(at) | 0x20 == UInt8(ascii: "e") {
        let sign = byte(at + 1) == UInt8(ascii: "-") || byte(at + 1) == UInt8(ascii: "+") ? 1 : 0
        if Self.isDigit(byte(at + 1 + sign)) {
          isFloat = true
          at += 1 + sign
          while at < bytes.count, Self.isDigit(bytes[at]) { at += 1 }
        }
      }
    }
    try add(isFloat ? .float : .integer, string(start..<at), start)
  }

  private mutating func literal(_ quote: UInt8) throws(JinjaError) -> String {
    let start = at
    at += 1
    var text: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == quote { return String(decoding: text, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\"), at < bytes.count else {
        text.append(byte)
        continue
      }
      try escape(into: &text)
    }
    throw JinjaError(reason: "a string has no end", offset: start)
  }

  private mutating func escape(into text: inout [UInt8]) throws(JinjaError) {
    let letter = bytes[at]
    at += 1
    switch letter {
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "a"): text.append(7)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "v"): text.append(11)
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): text.append(letter)
    case 10: break
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      var value = UInt32(letter - 0x30)
      var count = 1
      while count < 3, (0x30...0x37).contains(byte(at)) {
        value = value * 8 + UInt32(byte(at) - 0x30)
        at += 1
        count += 1
      }
      append(value, to: &text)
    case UInt8(ascii: "x"): append(try hex(2), to: &text)
    case UInt8(ascii: "u"): append(try hex(4), to: &text)
    case UInt8(ascii: "U"): append(try hex(8), to: &text)
    case UInt8(ascii: "N"):
      throw JinjaError(reason: "a string names a character by its Unicode name", offset: at)
    default:
      text.append(UInt8(ascii: "\\"))
      text.append(letter)
    }
  }

  private func append(_ value: UInt32, to text: inout [UInt8]) {
    text.append(contentsOf: String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
  }

  private mutating func hex(_ count: Int) throws(JinjaError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = Character(Unicode.Scalar(byte(at))).hexDigitValue else {
        throw JinjaError(reason: "a string has a malformed escape", offset: at)
      }
      value = value &* 16 &+ UInt32(digit)
      at += 1
    }
    return value
  }
}
