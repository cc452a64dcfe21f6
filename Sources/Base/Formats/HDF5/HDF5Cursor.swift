// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Widths of addresses and of lengths in one HDF5 file.
struct HDF5Sizes: Sendable {
  let offset: Int
  let length: Int
}

/// Reads fields of one structure of an HDF5 file. Every read is bounds-checked.
struct HDF5Cursor: ~Escapable {
  private let bytes: Span<UInt8>
  private(set) var offset: Int
  private let end: Int
  private let sizes: HDF5Sizes
  private let what: String

  /// - Throws: ``HDF5Error/truncated(what:offset:)`` when `start` or `end` are outside of the bytes.
  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, at start: Int, end: Int? = nil, _ sizes: HDF5Sizes, _ what: String)
    throws(HDF5Error)
  {
    let end = end ?? bytes.count
    guard start >= 0, start <= end, end <= bytes.count else { throw .truncated(what: what, offset: start) }
    self.bytes = bytes
    offset = start
    self.end = end
    self.sizes = sizes
    self.what = what
  }

  var remaining: Int { end - offset }

  mutating func uint(_ width: Int) throws(HDF5Error) -> UInt64 {
    guard width >= 0, width <= 8, width <= remaining else { throw .truncated(what: what, offset: offset) }
    var value: UInt64 = 0
    for index in 0..<width { value |= UInt64(bytes[offset + index]) << (8 * UInt64(index)) }
    offset += width
    return value
  }

  mutating func u8() throws(HDF5Error) -> Int { Int(try uint(1)) }
  mutating func u16() throws(HDF5Error) -> Int { Int(try uint(2)) }
  mutating func u32() throws(HDF5Error) -> Int { Int(try uint(4)) }

  /// A number that counts or measures something and so is never huge.
  mutating func count(_ width: Int) throws(HDF5Error) -> Int {
    let start = offset
    guard let value = Int(exactly: try uint(width)) else { throw .malformed(what: what, offset: start) }
    return value
  }

  mutating func length() throws(HDF5Error) -> Int { try count(sizes.length) }

  /// An address; nil for the undefined one.
  mutating func address() throws(HDF5Error) -> Int? {
    let start = offset
    let value = try uint(sizes.offset)
    if value == UInt64.max >> UInt64(64 - 8 * sizes.offset) { return nil }
    guard let address = Int(exactly: value) else { throw .malformed(what: what, offset: start) }
    return address
  }

  /// An address that must be one.
  mutating func definedAddress() throws(HDF5Error) -> Int {
    let start = offset
    guard let address = try address() else { throw .malformed(what: what, offset: start) }
    return address
  }

  mutating func skip(_ count: Int) throws(HDF5Error) {
    guard count >= 0, count <= remaining else { throw .truncated(what: what, offset: offset) }
    offset += count
  }

  mutating func take(_ count: Int) throws(HDF5Error) -> Range<Int> {
    let start = offset
    try skip(count)
    return start..<offset
  }

  mutating func expect(_ magic: StaticString) throws(HDF5Error) {
    let start = offset
    let expected = "\(magic)"
    guard try text(expected.utf8.count) == expected else {
      throw .malformed(what: "\(what): expected \(expected), what is", offset: start)
    }
  }

  /// Text of so many bytes, up to the first NUL.
  mutating func text(_ count: Int) throws(HDF5Error) -> String {
    let range = try take(count)
    var units: [UInt8] = []
    for index in range {
      if bytes[index] == 0 { break }
      units.append(bytes[index])
    }
    return String(decoding: units, as: UTF8.self)
  }

  /// Text up to a NUL that must be there.
  mutating func terminatedText() throws(HDF5Error) -> String {
    let start = offset
    while offset < end, bytes[offset] != 0 { offset += 1 }
    guard offset < end else { throw .truncated(what: what, offset: start) }
    let count = offset - start
    offset = start
    let text = try text(count)
    offset += 1
    return text
  }

  mutating func align(_ width: Int, from start: Int) throws(HDF5Error) {
    let over = (offset - start) % width
    if over > 0 { try skip(min(width - over, remaining)) }
  }
}
