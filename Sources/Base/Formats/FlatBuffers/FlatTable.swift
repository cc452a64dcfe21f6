// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// One table of a ``FlatBuffer``, whose header was checked. Fields are asked for by their number in the schema, from 0;
/// a field that is not there has its default.
package struct FlatTable: Sendable {
  package let buffer: FlatBuffer
  /// Where the table lies in the buffer.
  package let offset: Int
  /// Tables around this one.
  package let depth: Int
  private let header: Int
  private let size: Int
  /// How many fields the header has room for: more than the schema has are fields that nobody knows.
  package let slots: Int

  init(_ buffer: FlatBuffer, at offset: Int, depth: Int) throws(FlatError) {
    guard depth < Limits.flatDepth else { throw .tooDeep(limit: Limits.flatDepth) }
    let distance = Int(Int32(truncatingIfNeeded: try buffer.number(4, at: offset, "table")))
    header = offset - distance
    guard header >= 0 else { throw .badTable(offset: offset) }
    let length = Int(try buffer.number(2, at: header, "table header"))
    size = Int(try buffer.number(2, at: header + 2, "table header"))
    guard length >= 4, length % 2 == 0, length <= buffer.bytes.count - header, size >= 4,
      size <= buffer.bytes.count - offset
    else { throw .badTable(offset: offset) }
    self.buffer = buffer
    self.offset = offset
    self.depth = depth
    slots = (length - 4) / 2
  }

  /// Where a field of `width` bytes lies in the buffer, or nil when it is not there.
  package func position(_ slot: Int, width: Int) throws(FlatError) -> Int? {
    guard slot < slots else { return nil }
    let inside = Int(try buffer.number(2, at: header + 4 + 2 * slot, "table header"))
    guard inside != 0 else { return nil }
    guard inside >= 4, inside <= size - width else { throw .badTable(offset: offset) }
    return offset + inside
  }

  /// Where the table's own bytes end, and those of its header when it lies behind.
  package var end: Int { max(offset + size, header + 4 + 2 * slots) }

  package func has(_ slot: Int) throws(FlatError) -> Bool { try position(slot, width: 1) != nil }

  package func u8(_ slot: Int, default value: UInt8 = 0) throws(FlatError) -> UInt8 {
    guard let at = try position(slot, width: 1) else { return value }
    return UInt8(try buffer.number(1, at: at, "field"))
  }

  package func i8(_ slot: Int, default value: Int8 = 0) throws(FlatError) -> Int8 {
    Int8(bitPattern: try u8(slot, default: UInt8(bitPattern: value)))
  }

  package func u32(_ slot: Int, default value: UInt32 = 0) throws(FlatError) -> UInt32 {
    guard let at = try position(slot, width: 4) else { return value }
    return UInt32(try buffer.number(4, at: at, "field"))
  }

  package func i32(_ slot: Int, default value: Int32 = 0) throws(FlatError) -> Int32 {
    Int32(bitPattern: try u32(slot, default: UInt32(bitPattern: value)))
  }

  package func u64(_ slot: Int, default value: UInt64 = 0) throws(FlatError) -> UInt64 {
    guard let at = try position(slot, width: 8) else { return value }
    return try buffer.number(8, at: at, "field")
  }

  package func i64(_ slot: Int, default value: Int64 = 0) throws(FlatError) -> Int64 {
    Int64(bitPattern: try u64(slot, default: UInt64(bitPattern: value)))
  }

  /// A table, or the value of a union whose kind the field before says.
  package func table(_ slot: Int) throws(FlatError) -> FlatTable? {
    guard let at = try position(slot, width: 4) else { return nil }
    return try FlatTable(buffer, at: try buffer.target(of: at, "table"), depth: depth + 1)
  }

  package func string(_ slot: Int) throws(FlatError) -> String? {
    guard let at = try position(slot, width: 4) else { return nil }
    return try buffer.string(at: at)
  }

  /// A vector of items of `width` bytes: numbers, structs, or offsets (4) to tables and strings. An absent one is empty.
  package func vector(_ slot: Int, width: Int) throws(FlatError) -> FlatVector {
    guard let at = try position(slot, width: 4) else {
      return FlatVector(buffer: buffer, start: 0, count: 0, width: width, depth: depth)
    }
    let start = try buffer.target(of: at, "vector")
    let count = Int(try buffer.number(4, at: start, "vector"))
    let (length, overflow) = count.multipliedReportingOverflow(by: width)
    guard !overflow, length <= buffer.bytes.count - start - 4 else {
      throw .outOfBounds(offset: start, what: "vector")
    }
    return FlatVector(buffer: buffer, start: start + 4, count: count, width: width, depth: depth)
  }

  /// A vector of tables or of strings.
  package func tables(_ slot: Int) throws(FlatError) -> FlatVector { try vector(slot, width: 4) }
}

/// The items of a vector that lies whole in its buffer.
package struct FlatVector: Sendable {
  let buffer: FlatBuffer
  let start: Int
  package let count: Int
  let width: Int
  let depth: Int

  /// The bytes of all items.
  package var contents: Bytes { buffer.bytes.slice(start..<start + count * width) }
  /// Where the items begin in the buffer.
  package var offset: Int { start }
  /// Where they end.
  package var end: Int { start + count * width }

  package func table(_ index: Int) throws(FlatError) -> FlatTable {
    let at = try buffer.target(of: try place(index), "table")
    return try FlatTable(buffer, at: at, depth: depth + 1)
  }

  package func string(_ index: Int) throws(FlatError) -> String { try buffer.string(at: try place(index)) }

  /// The item as a number without a sign.
  package func number(_ index: Int) throws(FlatError) -> UInt64 {
    try buffer.number(min(width, 8), at: try place(index), "item")
  }

  package func i32(_ index: Int) throws(FlatError) -> Int32 {
    Int32(truncatingIfNeeded: try number(index))
  }

  private func place(_ index: Int) throws(FlatError) -> Int {
    guard index >= 0, index < count else { throw .outOfBounds(offset: start, what: "item") }
    return start + index * width
  }
}
