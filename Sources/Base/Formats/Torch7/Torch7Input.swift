// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The two spellings of a Torch 7 file: little-endian numbers, or numbers in words.
struct Torch7Input: ~Escapable {
  private var reader: StructureReader
  private let isText: Bool

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, isText: Bool) {
    reader = StructureReader(bytes)
    self.isText = isText
  }

  var offset: Int { reader.offset }
  var remaining: Int { reader.remaining }

  mutating func isAtEnd() throws(StructureError) -> Bool {
    if isText { try space() }
    return reader.remaining == 0
  }

  mutating func int() throws(StructureError) -> Int {
    isText ? try number() : try reader.i32()
  }

  mutating func long() throws(StructureError) -> Int {
    isText ? try number() : Int(Int64(bitPattern: try reader.u64()))
  }

  mutating func string() throws(StructureError) -> String {
    let at = offset
    let stated = try int()
    guard stated >= 0 else { throw StructureError(.exploit, "a text of \(stated) bytes", at: at) }
    let count = try reader.count(UInt64(stated), of: 1, "bytes of text")
    if isText { try reader.skip(1) }
    guard count <= Limits.learnerName else {
      try reader.skip(count)
      return ""
    }
    return try reader.text(count)
  }

  mutating func skip(_ count: Int, of element: Torch7.Element) throws(StructureError) {
    guard isText else { return try reader.skip(count, of: element.rawValue, "elements") }
    // In ASCII, bytes and characters stand as they are; everything else is a word.
    if element == .byte {
      try reader.skip(1)
      return try reader.skip(count)
    }
    _ = try reader.count(UInt64(count), of: 2, "elements")
    for _ in 0..<count {
      let at = offset
      let word = try word()
      guard Double(word) != nil || word.hasSuffix("nan") || word.hasSuffix("inf") else {
        throw StructureError(.broken, "expected a number, found \(word)", at: at)
      }
    }
  }

  private mutating func number() throws(StructureError) -> Int {
    let at = offset
    let word = try word()
    guard let value = Int(word) else {
      throw StructureError(.broken, "expected a number, found \(word)", at: at)
    }
    return value
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
}
