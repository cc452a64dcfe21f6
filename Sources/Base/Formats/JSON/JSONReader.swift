// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Reads JSON from outside, strictly after RFC 8259: one value, all bytes consumed, no name twice, no lone
/// surrogate, valid UTF-8, at most ``Limits/jsonDepth`` levels.
///
/// Also the tokenizer for those who know what they expect and do not want a tree: `skipSpace`, `byte`, `string`
/// and `number` move over one token each.
package struct JSONReader: ~Escapable {
  let bytes: Span<UInt8>
  /// Where the next token starts.
  package private(set) var offset = 0

  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>) {
    self.bytes = bytes
  }

  /// Reads a whole document.
  package static func read(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
    var reader = JSONReader(bytes)
    let value = try reader.value(depth: 0)
    try reader.end()
    return value
  }

  /// Makes sure that nothing but white space is left.
  package mutating func end() throws(JSONError) {
    skipSpace()
    guard offset == bytes.count else { throw .trailingBytes(offset: offset) }
  }

  /// The next value, whatever it is.
  package mutating func value(depth: Int = 0) throws(JSONError) -> JSONValue {
    guard depth < Limits.jsonDepth else { throw .tooDeep(limit: Limits.jsonDepth, offset: offset) }
    switch try next() {
    case UInt8(ascii: "{"): return .object(try object(depth: depth))
    case UInt8(ascii: "["): return .array(try array(depth: depth))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): try word("true"); return .bool(true)
    case UInt8(ascii: "f"): try word("false"); return .bool(false)
    case UInt8(ascii: "n"): try word("null"); return .null
    default: return try number()
    }
  }

  /// The first byte of the next token, without reading it.
  package mutating func next() throws(JSONError) -> UInt8 {
    skipSpace()
    guard offset < bytes.count else { throw .truncated }
    return bytes[offset]
  }

  /// The byte the reader stands at; `nil` at the end.
  package var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  /// Reads `byte` when it is the next token.
  package mutating func take(_ byte: UInt8) throws(JSONError) -> Bool {
    guard try next() == byte else { return false }
    offset += 1
    return true
  }

  /// Reads `byte`, which must be the next token.
  package mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard try take(byte) else {
      throw .unexpected(offset: offset, expected: String(decoding: [byte], as: UTF8.self))
    }
  }

  package mutating func skipSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> [JSONValue.Member] {
    try expect(UInt8(ascii: "{"))
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    if try take(UInt8(ascii: "}")) { return [] }
    while true {
      skipSpace()
      let start = offset
      let name = try string()
      guard names.insert(name).inserted else { throw .duplicateName(name, offset: start) }
      try expect(UInt8(ascii: ":"))
      members.append(.init(name: name, value: try value(depth: depth + 1)))
      if try take(UInt8(ascii: "}")) { return members }
      try expect(UInt8(ascii: ","))
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
    try expect(UInt8(ascii: "["))
    var values: [JSONValue] = []
    if try take(UInt8(ascii: "]")) { return [] }
    while true {
      values.append(try value(depth: depth + 1))
      if try take(UInt8(ascii: "]")) { return values }
      try expect(UInt8(ascii: ","))
    }
  }

  private mutating func word(_ word: StaticString) throws(JSONError) {
    let expected = "\(word)"
    for byte in expected.utf8 {
      guard offset < bytes.count else { throw .truncated }
      guard bytes[offset] == byte else { throw .unexpected(offset: offset, expected: expected) }
      offset += 1
    }
  }

  /// Moves by `count` bytes that were looked at already.
  mutating func advance(_ count: Int) { offset += count }
}
