// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The index of a checkpoint of TensorFlow (`.index`): which tensor lies where in which data file.
package struct TensorBundle: Sendable {
  package struct Entry: Sendable {
    package fileprivate(set) var name = ""
    /// `DataType`.
    package fileprivate(set) var type: UInt64 = 0
    package fileprivate(set) var dimensions: [Int64] = []
    package fileprivate(set) var shard = 0
    package fileprivate(set) var offset = 0
    package fileprivate(set) var size = 0
    /// Parts of the tensor have entries of their own.
    package fileprivate(set) var isSliced = false
    package fileprivate(set) var unknownFields: Set<Int> = []
  }

  package private(set) var shards = 0
  package private(set) var entries: [Entry] = []
  package private(set) var unknownFields: Set<Int> = []

  /// - Throws: ``ProtoError``.
  package init(_ table: SortedTable) throws(ProtoError) {
    for item in table.entries {
      if item.key.isEmpty {
        var reader = ProtoReader(item.value)
        while let field = try reader.next() {
          switch field.number {
          case 1: shards = Int(truncatingIfNeeded: try reader.number(field) & 0xFFFF_FFFF)
          case 2: _ = try reader.number(field)
          case 3: _ = try reader.contents(field)
          default: unknownFields.insert(field.number)
          }
        }
      } else {
        var entry = try Self.entry(ProtoReader(item.value))
        entry.name = String(decoding: item.key, as: UTF8.self)
        entries.append(entry)
      }
    }
  }

  private static func entry(_ message: ProtoReader) throws(ProtoError) -> Entry {
    var reader = message
    var entry = Entry()
    while let field = try reader.next() {
      switch field.number {
      case 1: entry.type = try reader.number(field)
      case 2: entry.dimensions = try dimensions(reader.message(field))
      case 3: entry.shard = try whole(reader, field)
      case 4: entry.offset = try whole(reader, field)
      case 5: entry.size = try whole(reader, field)
      case 6: guard field.wire == .fixed32 else { throw .unexpectedWire(field: 6, offset: field.offset) }
      case 7:
        _ = try reader.contents(field)
        entry.isSliced = true
      default: entry.unknownFields.insert(field.number)
      }
    }
    return entry
  }

  private static func whole(_ reader: ProtoReader, _ field: ProtoField) throws(ProtoError) -> Int {
    let value = try reader.number(field)
    guard value < 1 << 62 else { throw .malformed(offset: field.offset) }
    return Int(value)
  }

  private static func dimensions(_ message: ProtoReader) throws(ProtoError) -> [Int64] {
    var reader = message
    var found: [Int64] = []
    while let field = try reader.next() {
      guard field.number == 2, found.count < 255 else { continue }
      var size: Int64 = 0
      var part = try reader.message(field)
      while let item = try part.next() {
        if item.number == 1 { size = Int64(bitPattern: try part.number(item)) }
      }
      found.append(size)
    }
    return found
  }
}
