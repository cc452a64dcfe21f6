// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Reads hostile bytes from front to back. Every read is bounds-checked; nothing moves when a read fails.
///
///     var cursor = ByteCursor(bytes.span)
///     let magic = try cursor.u32()
///     let name = try cursor.take(Int(try cursor.u16()))
package struct ByteCursor: ~Escapable {
  /// All the bytes, also those already read.
  package let bytes: Span<UInt8>
  /// Where the next read starts, in `0...bytes.count`.
  package private(set) var offset: Int

  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>, at offset: Int = 0) {
    precondition(offset >= 0 && offset <= bytes.count, "cursor outside of the bytes")
    self.bytes = bytes
    self.offset = offset
  }

  package var remaining: Int { bytes.count - offset }
  package var isAtEnd: Bool { offset == bytes.count }

  /// - Throws: ``BytesError/truncated(offset:needed:available:)``, as every read does.
  package mutating func u8() throws(BytesError) -> UInt8 {
    try need(1)
    defer { offset += 1 }
    return bytes[offset]
  }

  /// The next byte, without reading it.
  package var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  package mutating func u16() throws(BytesError) -> UInt16 { UInt16(try littleEndian(2)) }
  package mutating func u32() throws(BytesError) -> UInt32 { UInt32(try littleEndian(4)) }
  package mutating func u64() throws(BytesError) -> UInt64 { try littleEndian(8) }
  package mutating func u16BigEndian() throws(BytesError) -> UInt16 { UInt16(try bigEndian(2)) }
  package mutating func u32BigEndian() throws(BytesError) -> UInt32 { UInt32(try bigEndian(4)) }
  package mutating func u64BigEndian() throws(BytesError) -> UInt64 { try bigEndian(8) }

  /// The next `count` bytes.
  @_lifetime(copy self)
  package mutating func take(_ count: Int) throws(BytesError) -> Span<UInt8> {
    try need(count)
    let taken = bytes.extracting(offset..<offset + count)
    offset += count
    return taken
  }

  package mutating func skip(_ count: Int) throws(BytesError) {
    try need(count)
    offset += count
  }

  /// Moves to an offset that came from the file.
  /// - Throws: ``BytesError/outOfBounds(offset:value:)`` when it is outside of the bytes.
  package mutating func seek(to target: UInt64) throws(BytesError) {
    guard target <= UInt64(bytes.count) else { throw .outOfBounds(offset: offset, value: target) }
    offset = Int(target)
  }

  private func need(_ count: Int) throws(BytesError) {
    guard count >= 0, count <= bytes.count - offset else {
      throw .truncated(offset: offset, needed: count, available: bytes.count - offset)
    }
  }

  private mutating func littleEndian(_ width: Int) throws(BytesError) -> UInt64 {
    try need(width)
    var value: UInt64 = 0
    for index in 0..<width { value |= UInt64(bytes[offset + index]) << (8 * UInt64(index)) }
    offset += width
    return value
  }

  private mutating func bigEndian(_ width: Int) throws(BytesError) -> UInt64 {
    try need(width)
    var value: UInt64 = 0
    for index in 0..<width { value = value << 8 | UInt64(bytes[offset + index]) }
    offset += width
    return value
  }
}
