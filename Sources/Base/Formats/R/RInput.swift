// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The three spellings of R's serialisation: XDR (big endian), native (little endian) and ASCII lines.
struct RInput: ~Escapable {
  private var reader: StructureReader
  private let isText: Bool

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, format: UInt8, at offset: Int) {
    reader = StructureReader(bytes, bigEndian: format == UInt8(ascii: "X"), at: offset)
    isText = format == UInt8(ascii: "A")
  }

  var offset: Int { reader.offset }
  var remaining: Int { reader.remaining }

  mutating func int() throws(StructureError) -> Int {
    guard isText else { return try reader.i32() }
    let at = offset
    let word = try word()
    if word == "NA" { return Int(Int32.min) }
    guard let value = Int32(word) else {
      throw StructureError(.broken, "expected a number, found \(word)", at: at)
    }
    return Int(value)
  }

  /// A number of 64 bits.
  mutating func number() throws(StructureError) -> Double {
    guard isText else { return Double(bitPattern: try reader.u64()) }
    let at = offset
    let word = try word()
    if word == "NA" { return .nan }
    guard let value = Double(word) else {
      throw StructureError(.broken, "expected a number, found \(word)", at: at)
    }
    return value
  }

  /// Skips numbers of `width` bytes, or as many words.
  mutating func skip(numbers count: Int, width: Int, _ what: String) throws(StructureError) {
    guard isText else { return try reader.skip(count, of: width, what) }
    _ = try reader.count(UInt64(count), of: 2, what)
    for _ in 0..<count {
      let at = offset
      let word = try word()
      guard Double(word) != nil || ["NA", "NaN", "Inf", "-Inf", "TRUE", "FALSE"].contains(word) else {
        throw StructureError(.broken, "expected a number, found \(word)", at: at)
      }
    }
  }

  /// Skips raw bytes: in ASCII, two hexadecimal digits each.
  mutating func skip(raw count: Int) throws(StructureError) {
    guard isText else { return try reader.skip(count) }
    _ = try reader.count(UInt64(count), of: 2, "bytes")
    for _ in 0..<count {
      let at = offset
      let word = try word()
      guard word.utf8.count <= 2, UInt8(word, radix: 16) != nil else {
        throw StructureError(.broken, "expected two hexadecimal digits, found \(word)", at: at)
      }
    }
  }

  /// The next text of `count` bytes; kept only up to a limit.
  mutating func text(_ count: Int) throws(StructureError) -> String {
    _ = try reader.count(UInt64(count), of: 1, "bytes of text")
    guard isText else {
      if count > Limits.learnerName {
        try reader.skip(count)
        return ""
      }
      return try reader.text(count)
    }
    try space()
    var text: [UInt8] = []
    for _ in 0..<count {
      var byte = try reader.u8()
      if byte == UInt8(ascii: "\\") { byte = try escape() }
      if text.count < Limits.learnerName { text.append(byte) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escape() throws(StructureError) -> UInt8 {
    let letter = try reader.u8()
    switch letter {
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "v"): return 11
    case UInt8(ascii: "b"): return 8
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "a"): return 7
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      var value = UInt(letter - 48)
      for _ in 0..<2 {
        guard let next = reader.peek, (48...55).contains(next) else { break }
        value = value * 8 + UInt(try reader.u8() - 48)
      }
      return UInt8(truncatingIfNeeded: value)
    default: return letter
    }
  }

  private mutating func space() throws(StructureError) {
    while let next = reader.peek, next <= 0x20 { try reader.skip(1) }
  }

  private mutating func word() throws(StructureError) -> String {
    try space()
    var word: [UInt8] = []
    while let next = reader.peek, next > 0x20 {
      guard word.count < 64 else { throw StructureError(.broken, "expected a number", at: offset) }
      word.append(try reader.u8())
    }
    guard !word.isEmpty else { throw StructureError(.broken, "the file ends inside a value", at: offset) }
    return String(decoding: word, as: UTF8.self)
  }

  /// White space may follow the last value of ASCII; nothing may follow in binary.
  mutating func end() throws(StructureError) {
    if isText { try space() }
    try reader.end("the last value")
  }
}
