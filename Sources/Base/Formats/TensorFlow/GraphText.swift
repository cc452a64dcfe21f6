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
  private var lexer: ProtoTextLexer

  private init(_ bytes: Bytes) { lexer = ProtoTextLexer(bytes) }

  /// What a text is by the messages at its top, or nil. Comments and order do not matter.
  package static func kind(of bytes: Bytes) -> GraphProbe.Kind? {
    var text = GraphText(bytes)
    var depth = 0
    var last: String?
    var isFirst = true
    while let token = try? text.lexer.next() {
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
      let start = lexer.at
      switch try lexer.next() {
      case .end:
        guard close == nil else { throw .unexpected(offset: start) }
        return
      case .symbol(let symbol):
        if symbol == close { return }
        if symbol == UInt8(ascii: ",") || symbol == UInt8(ascii: ";") { continue }
        // An `Any` that is written out: its type stands in brackets.
        guard symbol == UInt8(ascii: "["), let type = try lexer.bracketed() else {
          throw .unexpected(offset: start)
        }
        let isAsset = message == "Any" && type.hasSuffix("tensorflow.AssetFileDef")
        var inner: [UInt8] = []
        guard let end = try lexer.opening() else { throw .unexpected(offset: lexer.at) }
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
    if try lexer.take(":"), try lexer.take("[") {
      if try lexer.take("]") { return }
      repeat { try single(field, depth: depth, into: &out) } while try lexer.take(",")
      guard try lexer.take("]") else { throw .unexpected(offset: lexer.at) }
      return
    }
    try single(field, depth: depth, into: &out)
  }

  private mutating func single(
    _ field: GraphTextSchema.Field?, depth: Int, into out: inout [UInt8]
  ) throws(GraphTextError) {
    if let close = try lexer.opening() {
      var inner: [UInt8] = []
      guard case .message(let name)? = field?.kind else {
        if field != nil, field?.kind != .skipped { throw .unexpected(offset: lexer.at) }
        return try fields(of: nil, until: close, depth: depth + 1, into: &inner)
      }
      try fields(of: name, until: close, depth: depth + 1, into: &inner)
      if let field { Self.put(field.number, inner, &out) }
      return
    }
    let start = lexer.at
    switch try lexer.next() {
    case .string(var text):
      while let more = try lexer.string() { text += more }
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
