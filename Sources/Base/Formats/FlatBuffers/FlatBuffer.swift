// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A FlatBuffer from outside: every offset, table header, vector and string is checked when it is followed, as the
/// official verifier does before anything reads. Nothing is copied.
///
///     let buffer = FlatBuffer(bytes)
///     guard buffer.identifier == "TFL3" else { … }
///     let model = try buffer.root()
///     let version = try model.u32(0)
///     let codes = try model.tables(1)
///     for index in 0..<codes.count { let code = try codes.table(index) … }
///
/// One table can stand in many places: who walks a buffer counts the tables and stops at ``Limits/flatTables``.
/// The format is at flatbuffers.dev/internals.
package struct FlatBuffer: Sendable {
  package let bytes: Bytes

  package init(_ bytes: Bytes) {
    self.bytes = bytes
  }

  /// The four letters behind the root's offset that say what it is.
  package var identifier: String? {
    guard bytes.count >= 8 else { return nil }
    return String(decoding: bytes.slice(4..<8).array(), as: UTF8.self)
  }

  /// The outermost table.
  package func root() throws(FlatError) -> FlatTable {
    try FlatTable(self, at: try target(of: 0, "root"), depth: 0)
  }

  /// A little-endian number of `width` bytes.
  func number(_ width: Int, at offset: Int, _ what: String) throws(FlatError) -> UInt64 {
    guard offset >= 0, offset <= bytes.count - width else { throw .outOfBounds(offset: offset, what: what) }
    let span = bytes.span
    var value: UInt64 = 0
    for index in 0..<width { value |= UInt64(span[offset + index]) << (8 * UInt64(index)) }
    return value
  }

  /// Where the offset that stands at `offset` leads.
  func target(of offset: Int, _ what: String) throws(FlatError) -> Int {
    let distance = Int(try number(4, at: offset, what))
    guard distance > 0, distance < bytes.count - offset else {
      throw .outOfBounds(offset: offset, what: what)
    }
    return offset + distance
  }

  /// The string at the end of the offset that stands at `offset`.
  func string(at offset: Int) throws(FlatError) -> String {
    let start = try target(of: offset, "string")
    let count = Int(try number(4, at: start, "string"))
    guard count < bytes.count - start - 4 else { throw .outOfBounds(offset: start, what: "string") }
    guard bytes[start + 4 + count] == 0 else { throw .unterminated(offset: start) }
    return String(decoding: bytes.slice(start + 4..<start + 4 + count).array(), as: UTF8.self)
  }
}
