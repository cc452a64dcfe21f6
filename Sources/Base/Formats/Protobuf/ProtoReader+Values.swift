// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

extension ProtoReader {
  /// The contents of a field of bytes.
  /// - Throws: ``ProtoError/unexpectedWire(field:offset:)``, as all of these do.
  package func contents(_ field: ProtoField) throws(ProtoError) -> Bytes {
    guard field.wire == .bytes else { throw .unexpectedWire(field: field.number, offset: field.offset) }
    return bytes.slice(field.range)
  }

  /// The message in a field.
  /// - Throws: ``ProtoError/tooDeep(limit:)``.
  package func message(_ field: ProtoField) throws(ProtoError) -> ProtoReader {
    guard depth < Limits.protobufDepth else { throw .tooDeep(limit: Limits.protobufDepth) }
    return ProtoReader(try contents(field), depth: depth + 1)
  }

  /// The string in a field. What is no UTF-8 is replaced, so that it equals no name that anyone expects.
  package func text(_ field: ProtoField) throws(ProtoError) -> String {
    String(decoding: try contents(field).array(), as: UTF8.self)
  }

  /// The number in a field that is stored as a varint.
  package func number(_ field: ProtoField) throws(ProtoError) -> UInt64 {
    guard field.wire == .varint else { throw .unexpectedWire(field: field.number, offset: field.offset) }
    return field.value
  }

  /// The numbers of a repeated field of varints: one, or many that are packed.
  package func eachNumber(_ field: ProtoField, _ body: (UInt64) -> Void) throws(ProtoError) {
    switch field.wire {
    case .varint: body(field.value)
    case .bytes:
      var cursor = ByteCursor(bytes.slice(field.range).span)
      while !cursor.isAtEnd { body(try Self.varint(&cursor, field.offset)) }
    case .fixed32, .fixed64: throw .unexpectedWire(field: field.number, offset: field.offset)
    }
  }

  /// How many numbers of `width` bytes a repeated field holds: one, or many that are packed.
  package func count(_ field: ProtoField, width: Int) throws(ProtoError) -> Int {
    switch (field.wire, width) {
    case (.fixed32, 4), (.fixed64, 8): return 1
    case (.bytes, _) where field.range.count % width == 0: return field.range.count / width
    default: throw .unexpectedWire(field: field.number, offset: field.offset)
    }
  }

  /// All fields of a message, or nil when it is none: to tell formats apart.
  /// - Parameter limit: how many fields are looked at.
  package static func fields(of bytes: Bytes, limit: Int = .max) -> [ProtoField]? {
    var reader = ProtoReader(bytes)
    var fields: [ProtoField] = []
    do {
      while fields.count < limit, let field = try reader.next() { fields.append(field) }
    } catch { return nil }
    return fields
  }
}
