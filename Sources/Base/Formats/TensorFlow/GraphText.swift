// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Why a text is no graph.
package enum GraphTextError: Error, Equatable, Sendable {
  case unexpected(offset: Int)
  case unknownField(String, offset: Int)
  case tooDeep(limit: Int)
}

extension GraphTextError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unexpected(let offset):
      "expected the text of a protocol buffer, found something else at offset \(offset)"
    case .unknownField(let name, let offset):
      "expected fields of TensorFlow's messages, found '\(name.prefix(200))' at offset \(offset)"
    case .tooDeep(let limit): "the text has messages in each other deeper than \(limit) levels"
    }
  }
}

/// The text format of TensorFlow's graphs (`.pbtxt`), turned into the wire format, so that one walk reads both. Fields
/// that say nothing about what the graph does are left out; those that nobody knows are refused, as by the official
/// parser. The format is at protobuf.dev/reference/protobuf/textformat-spec.
package struct GraphText {
  private let bytes: Bytes
  private var at = 0

  private init(_ bytes: Bytes) { self.bytes = bytes }

  /// What a text is by the messages at its top, or nil. Comments and order do not matter.
  package static func kind(of bytes: Bytes) -> GraphProbe.Kind? {
    var text = GraphText(bytes)
    var depth = 0
    var last: String?
    var isFirst = true
    while let token = try? text.next() {
      switch token {
      case .word(let word):
        if isFirst, GraphTextSchema.tops[word] == nil { return nil }
        isFirst = false
        if depth == 0 { last = word }
      case .symbol(let symbol) where symbol == UInt8(ascii: "{") || symbol == UInt8(ascii: "<"):
        if depth == 0, let last, let kind = GraphTextSchema.tops[last] ?? nil { return kind }
        depth += 1
      case .symbol(let symbol) where symbol == UInt8(ascii: "}") || symbol == UInt8(ascii: ">"): depth -= 1
      case .symbol: if isFirst { return nil }
      case .string: if isFirst { return nil }
      case .end: return nil
      }
    }
    return nil
  }

  /// - Throws: ``GraphTextError``.
  package static func message(_ bytes: Bytes, as kind: GraphProbe.Kind) throws(GraphTextError) -> Bytes {
    var text = GraphText(bytes)
    let name =
      switch kind {
      case .savedModel: "SavedModel"
      case .metaGraph: "MetaGraphDef"
      case .graph: "GraphDef"
      }
    var out: [UInt8] = []
    try text.fields(of: name, until: nil, depth: 0, into: &out)
    return Bytes(out)
  }

  private mutating func fields(
    of message: String?, until close: UInt8?, depth: Int, into out: inout [UInt8]
  ) throws(GraphTextError) {
    guard depth < Limits.protobufDepth else { throw .tooDeep(limit: Limits.protobufDepth) }
    while true {
      let start = at
      switch try next() {
      case .end:
        guard close == nil else { throw .unexpected(offset: start) }
        return
      case .symbol(let symbol):
        if symbol == close { return }
        if symbol == UInt8(ascii: ",") || symbol == UInt8(ascii: ";") { continue }
        // An `Any` that is written out: its type stands in brackets.
        guard symbol == UInt8(ascii: "["), let type = try bracketed() else {
          throw .unexpected(offset: start)
        }
        let isAsset = message == "Any" && type.hasSuffix("tensorflow.AssetFileDef")
        var inner: [UInt8] = []
        guard let end = try opening() else { throw .unexpected(offset: at) }
        try fields(of: isAsset ? "AssetFileDef" : nil, until: end, depth: depth + 1, into: &inner)
        if isAsset {
          Self.put(1, Array(type.utf8), &out)
          Self.put(2, inner, &out)
        }
      case .string: throw .unexpected(offset: start)
      case .word(let name):
        guard let message else {
          try value(nil, depth: depth, into: &out)
          continue
        }
        guard let field = GraphTextSchema.messages[message]?[name] else {
          throw .unknownField(name, offset: start)
        }
        try value(field, depth: depth, into: &out)
      }
    }
  }

  /// The value of a field, or a list of them in brackets; nil is a field that is left out.
  private mutating func value(
    _ field: GraphTextSchema.Field?, depth: Int, into out: inout [UInt8]
  ) throws(GraphTextError) {
    if try take(":"), try take("[") {
      if try take("]") { return }
      repeat { try single(field, depth: depth, into: &out) } while try take(",")
      guard try take("]") else { throw .unexpected(offset: at) }
      return
    }
    try single(field, depth: depth, into: &out)
  }

  private mutating func single(
    _ field: GraphTextSchema.Field?, depth: Int, into out: inout [UInt8]
  ) throws(GraphTextError) {
    if let close = try opening() {
      var inner: [UInt8] = []
      guard case .message(let name)? = field?.kind else {
        if field != nil, field?.kind != .skipped { throw .unexpected(offset: at) }
        return try fields(of: nil, until: close, depth: depth + 1, into: &inner)
      }
      try fields(of: name, until: close, depth: depth + 1, into: &inner)
      if let field { Self.put(field.number, inner, &out) }
      return
    }
    let start = at
    switch try next() {
    case .string(var text):
      while let more = try string() { text += more }
      guard let field, field.kind != .skipped else { return }
      guard field.kind == .text else { throw .unexpected(offset: start) }
      Self.put(field.number, text, &out)
    case .word(let word): try scalar(word, field, start, &out)
    default: throw .unexpected(offset: start)
    }
  }

  private func scalar(
    _ word: String, _ field: GraphTextSchema.Field?, _ start: Int, _ out: inout [UInt8]
  ) throws(GraphTextError) {
    guard let field, field.kind != .skipped else { return }
    switch field.kind {
    case .integer:
      var digits = Substring(word)
      let isNegative = digits.first == "-"
      if isNegative { digits = digits.dropFirst() }
      let isHex = digits.hasPrefix("0x") || digits.hasPrefix("0X")
      let isOctal = !isHex && digits.count > 1 && digits.first == "0"
      if word == "true" || word == "false" { digits = word == "true" ? "1" : "0" }
      let number =
        GraphTextSchema.types[word]
        ?? UInt64(isHex ? digits.dropFirst(2) : digits, radix: isHex ? 16 : isOctal ? 8 : 10)
      guard let number else { throw .unexpected(offset: start) }
      Self.varint(UInt64(field.number) << 3, &out)
      Self.varint(isNegative ? 0 &- number : number, &out)
    // What the number is says nothing: that there is one does.
    case .float:
      Self.varint(UInt64(field.number) << 3 | 5, &out)
      out += [0, 0, 0, 0]
    case .double:
      Self.varint(UInt64(field.number) << 3 | 1, &out)
      out += [0, 0, 0, 0, 0, 0, 0, 0]
    case .text, .message, .skipped: throw .unexpected(offset: start)
    }
  }

  private static func put(_ number: Int, _ bytes: [UInt8], _ out: inout [UInt8]) {
    varint(UInt64(number) << 3 | 2, &out)
    varint(UInt64(bytes.count), &out)
    out += bytes
  }

  private static func varint(_ value: UInt64, _ out: inout [UInt8]) {
    var value = value
    while value >= 0x80 {
      out.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    out.append(UInt8(value))
  }
}

extension GraphText {
  private enum Token {
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

  private mutating func take(_ symbol: Character) throws(GraphTextError) -> Bool {
    space()
    guard at < bytes.count, bytes[at] == symbol.asciiValue else { return false }
    at += 1
    return true
  }

  /// The end of a message that begins here, or nil.
  private mutating func opening() throws(GraphTextError) -> UInt8? {
    if try take("{") { return UInt8(ascii: "}") }
    if try take("<") { return UInt8(ascii: ">") }
    return nil
  }

  private mutating func bracketed() throws(GraphTextError) -> String? {
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

  private mutating func next() throws(GraphTextError) -> Token {
    space()
    guard at < bytes.count else { return .end }
    if let text = try string() { return .string(text) }
    let start = at
    let source = bytes
    let span = source.span
    while at < span.count, Self.isWord(span[at]) { at += 1 }
    if at > start {
      // A minus may stand apart from its number.
      if at == start + 1, span[start] == UInt8(ascii: "-"), case .word(let word) = try next() {
        return .word("-" + word)
      }
      return .word(String(decoding: bytes.slice(start..<at).array(), as: UTF8.self))
    }
    at += 1
    return .symbol(span[start])
  }

  /// The string that begins here, or nil.
  private mutating func string() throws(GraphTextError) -> [UInt8]? {
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
