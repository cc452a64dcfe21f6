// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Reads the directory of a 7z archive from front to back.
struct SevenZipCursor {
  let bytes: Bytes
  private(set) var offset = 0

  init(_ bytes: Bytes) { self.bytes = bytes }

  var remaining: Int { bytes.count - offset }

  mutating func u8() throws(SevenZipError) -> UInt8 {
    guard remaining > 0 else { throw .malformed(reason: "the directory is cut short") }
    defer { offset += 1 }
    return bytes[offset]
  }

  mutating func little(_ width: Int) throws(SevenZipError) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<width { value |= UInt64(try u8()) << (8 * UInt64(index)) }
    return value
  }

  mutating func take(_ count: Int) throws(SevenZipError) -> Bytes {
    guard count >= 0, count <= remaining else { throw .malformed(reason: "the directory is cut short") }
    defer { offset += count }
    return bytes.slice(offset..<offset + count)
  }

  /// A number whose first byte says how many follow.
  mutating func number() throws(SevenZipError) -> Int {
    let first = try u8()
    var value: UInt64 = 0
    var mask: UInt8 = 0x80
    for index in 0..<8 {
      if first & mask == 0 {
        value |= UInt64(first & (mask &- 1)) << (8 * UInt64(index))
        break
      }
      value |= UInt64(try u8()) << (8 * UInt64(index))
      mask >>= 1
    }
    guard let number = Int(exactly: value) else { throw .malformed(reason: "a number is too large") }
    return number
  }

  /// A number of things, each of which takes room somewhere.
  mutating func count(_ what: String, _ limit: Int) throws(SevenZipError) -> Int {
    let number = try number()
    guard number <= limit else { throw .tooLarge(what: what, limit: limit) }
    return number
  }

  mutating func bits(_ count: Int) throws(SevenZipError) -> [Bool] {
    guard count / 8 <= remaining else { throw .malformed(reason: "the directory is cut short") }
    var bits: [Bool] = []
    bits.reserveCapacity(count)
    var byte: UInt8 = 0
    for index in 0..<count {
      if index % 8 == 0 { byte = try u8() }
      bits.append(byte & (0x80 >> UInt8(index % 8)) != 0)
    }
    return bits
  }

  /// One bit each, or one byte that says that all are set.
  mutating func optionalBits(_ count: Int) throws(SevenZipError) -> [Bool] {
    try u8() != 0 ? [Bool](repeating: true, count: count) : bits(count)
  }

  mutating func digests(_ count: Int) throws(SevenZipError) -> [UInt32?] {
    var digests: [UInt32?] = []
    for isThere in try optionalBits(count) { digests.append(isThere ? UInt32(try little(4)) : nil) }
    return digests
  }

  mutating func expect(_ type: UInt8, _ what: String) throws(SevenZipError) {
    guard try u8() == type else { throw .malformed(reason: "expected \(what)") }
  }
}
