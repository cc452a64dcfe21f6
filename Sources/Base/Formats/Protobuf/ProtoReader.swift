// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Reads one message of a protocol buffer field by field, as it lies there: no schema, no tree, no copy. Fields that
/// nobody asked for are as visible as the others, and a repeated field comes as often as it stands there.
///
///     var reader = ProtoReader(bytes)
///     while let field = try reader.next() {
///       switch field.number {
///       case 1: name = try reader.text(field)
///       case 2: try walk(reader.message(field))
///       default: unknown.insert(field.number)
///       }
///     }
///
/// Groups are refused, numbers are at most 64 bits, and messages in each other at most ``Limits/protobufDepth``.
/// The wire format is at protobuf.dev/programming-guides/encoding.
package struct ProtoReader: Sendable {
  /// The message. Offsets and ranges of fields count from its start.
  package let bytes: Bytes
  /// Messages around this one.
  package let depth: Int
  /// Where the next field starts.
  package private(set) var offset = 0

  package init(_ bytes: Bytes) {
    self.init(bytes, depth: 0)
  }

  init(_ bytes: Bytes, depth: Int) {
    self.bytes = bytes
    self.depth = depth
  }

  package var isAtEnd: Bool { offset == bytes.count }

  /// The next field, or nil at the end of the message.
  /// - Throws: ``ProtoError/truncated(offset:)``, ``ProtoError/malformed(offset:)``, ``ProtoError/group(offset:)``.
  package mutating func next() throws(ProtoError) -> ProtoField? {
    guard offset < bytes.count else { return nil }
    let start = offset
    var cursor = ByteCursor(bytes.span, at: start)
    let key = try Self.varint(&cursor, start)
    let number = key >> 3
    guard number >= 1, number < 1 << 29 else { throw .malformed(offset: start) }
    guard let wire = ProtoField.Wire(rawValue: UInt8(key & 7)) else {
      if key & 7 == 3 || key & 7 == 4 { throw .group(offset: start) }
      throw .malformed(offset: start)
    }
    var value: UInt64 = 0
    var range = cursor.offset..<cursor.offset
    do throws(BytesError) {
      switch wire {
      case .fixed32: value = UInt64(try cursor.u32())
      case .fixed64: value = try cursor.u64()
      case .varint, .bytes: break
      }
    } catch { throw .truncated(offset: start) }
    if wire == .varint { value = try Self.varint(&cursor, start) }
    if wire == .bytes {
      let length = try Self.varint(&cursor, start)
      guard length <= UInt64(cursor.remaining) else { throw .truncated(offset: start) }
      range = cursor.offset..<cursor.offset + Int(length)
      offset = range.upperBound
    } else {
      offset = cursor.offset
    }
    return ProtoField(number: Int(number), wire: wire, value: value, range: range, offset: start)
  }

  /// A number of at most 64 bits in groups of seven, the lowest first.
  static func varint(_ cursor: inout ByteCursor, _ start: Int) throws(ProtoError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = try? cursor.u8() else { throw .truncated(offset: start) }
      // The tenth byte has room for one bit.
      if shift == 63, byte > 1 { throw .malformed(offset: start) }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw .malformed(offset: start)
  }
}

/// One field of a message.
package struct ProtoField: Sendable, Equatable {
  package enum Wire: UInt8, Sendable {
    case varint = 0
    case fixed64 = 1
    /// Strings, bytes, messages and packed numbers.
    case bytes = 2
    case fixed32 = 5
  }

  package let number: Int
  package let wire: Wire
  /// The number, for all but ``Wire/bytes``.
  package let value: UInt64
  /// Where the contents lie in the message, for ``Wire/bytes``.
  package let range: Range<Int>
  /// Where the field begins in the message.
  package let offset: Int

  package var signed: Int64 { Int64(bitPattern: value) }
}
