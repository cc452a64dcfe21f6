// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// A ``ByteCursor`` whose failures say what was wrong, in either byte order.
package struct StructureReader: ~Escapable {
  private var cursor: ByteCursor
  package let isBigEndian: Bool

  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>, bigEndian: Bool = false, at offset: Int = 0) {
    cursor = ByteCursor(bytes, at: offset)
    isBigEndian = bigEndian
  }

  package var offset: Int { cursor.offset }
  package var remaining: Int { cursor.remaining }
  package var peek: UInt8? { cursor.peek }

  package mutating func u8() throws(StructureError) -> UInt8 {
    let at = offset
    do { return try cursor.u8() } catch { throw Self.ends(at) }
  }

  package mutating func u16() throws(StructureError) -> UInt16 {
    let at = offset
    do { return isBigEndian ? try cursor.u16BigEndian() : try cursor.u16() } catch { throw Self.ends(at) }
  }

  package mutating func u32() throws(StructureError) -> UInt32 {
    let at = offset
    do { return isBigEndian ? try cursor.u32BigEndian() : try cursor.u32() } catch { throw Self.ends(at) }
  }

  package mutating func u64() throws(StructureError) -> UInt64 {
    let at = offset
    do { return isBigEndian ? try cursor.u64BigEndian() : try cursor.u64() } catch { throw Self.ends(at) }
  }

  package mutating func i32() throws(StructureError) -> Int { Int(Int32(bitPattern: try u32())) }

  package mutating func skip(_ count: Int) throws(StructureError) {
    let at = offset
    do { try cursor.skip(count) } catch { throw Self.ends(at) }
  }

  /// Skips `count` elements of `size` bytes.
  package mutating func skip(_ count: Int, of size: Int, _ what: String) throws(StructureError) {
    try skip(try self.count(UInt64(count), of: size, what) * size)
  }

  /// A count from the file of things that take at least `size` bytes each.
  /// - Throws: an exploit when so many cannot be left: readers that allocate first, or multiply in 32 bits, fall for it.
  package func count(_ stated: UInt64, of size: Int, _ what: String) throws(StructureError) -> Int {
    guard stated <= UInt64(remaining / max(size, 1)) else {
      let wild = stated > 1 << 31
      throw StructureError(
        wild ? .exploit : .broken, "expected \(stated) \(what), and \(remaining) bytes are left", at: offset)
    }
    return Int(stated)
  }

  /// The next `count` bytes, as they stand.
  package mutating func bytes(_ count: Int) throws(StructureError) -> [UInt8] {
    let at = offset
    do {
      let part = try cursor.take(count)
      var copy: [UInt8] = []
      copy.reserveCapacity(part.count)
      for index in 0..<part.count { copy.append(part[index]) }
      return copy
    } catch { throw Self.ends(at) }
  }

  /// The next `count` bytes as text; broken UTF-8 is repaired for show.
  package mutating func text(_ count: Int) throws(StructureError) -> String {
    String(decoding: try bytes(count), as: UTF8.self)
  }

  package func end(_ what: String) throws(StructureError) {
    guard remaining == 0 else {
      throw StructureError(.broken, "expected the end after \(what), found \(remaining) bytes", at: offset)
    }
  }

  private static func ends(_ offset: Int) -> StructureError {
    StructureError(.broken, "the file ends inside a value", at: offset)
  }
}
