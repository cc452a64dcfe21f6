// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Why bytes are no sorted table. Offsets count from the start of the file.
package enum SortedTableError: Error, Equatable, Sendable {
  case noFooter
  case badBlock(offset: Int)
  case badChecksum(offset: Int)
  case badOrder(offset: Int)
  case tooMany(limit: Int)
}

extension SortedTableError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noFooter: "expected a sorted table with its footer, found a file without"
    case .badBlock(let offset): "the block at offset \(offset) of the table cannot be read"
    case .badChecksum(let offset): "the block at offset \(offset) of the table does not fit its checksum"
    case .badOrder(let offset): "the keys in the block at offset \(offset) of the table are not in order"
    case .tooMany(let limit): "the table has more than \(limit) entries"
    }
  }
}

/// A table of sorted keys and values as LevelDB and TensorFlow's checkpoints have it. Blocks may be compressed with
/// Snappy; every checksum is checked. The format is in LevelDB's `doc/table_format.md`.
package struct SortedTable: Sendable {
  package struct Entry: Sendable {
    package let key: [UInt8]
    package let value: Bytes
  }

  /// All entries in the order of their keys. Values share the file's storage unless they were compressed.
  package let entries: [Entry]
  /// Bytes of the file in no block and not in the footer.
  package let unclaimed: Int

  private static let magic: [UInt8] = [0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB]

  package static func looksLikeOne(_ bytes: Bytes) -> Bool {
    bytes.count >= 48 && bytes.slice(bytes.count - 8..<bytes.count).starts(with: magic)
  }

  /// - Throws: ``SortedTableError``.
  package init(_ bytes: Bytes) throws(SortedTableError) {
    guard Self.looksLikeOne(bytes) else { throw .noFooter }
    let footer = bytes.count - 48
    var cursor = ByteCursor(bytes.span, at: footer)
    guard let metaStart = Self.varint(&cursor), let metaSize = Self.varint(&cursor),
      let indexStart = Self.varint(&cursor), let indexSize = Self.varint(&cursor)
    else { throw .noFooter }
    var claimed = metaSize + 5 + indexSize + 5
    _ = try Self.block(bytes, metaStart, metaSize, footer)
    let index = try Self.read(Self.block(bytes, indexStart, indexSize, footer), at: indexStart)
    var entries: [Entry] = []
    for handle in index {
      var inner = ByteCursor(handle.value.span)
      guard let start = Self.varint(&inner), let size = Self.varint(&inner) else {
        throw .badBlock(offset: indexStart)
      }
      let (sum, overflow) = claimed.addingReportingOverflow(size + 5)
      guard !overflow, sum <= footer else { throw .badBlock(offset: start) }
      claimed = sum
      let more = try Self.read(Self.block(bytes, start, size, footer), at: start)
      if let last = entries.last, let first = more.first, !last.key.lexicographicallyPrecedes(first.key) {
        throw .badOrder(offset: start)
      }
      entries += more
      guard entries.count <= Limits.checkpointEntries else { throw .tooMany(limit: Limits.checkpointEntries) }
    }
    self.entries = entries
    unclaimed = footer - claimed
  }

  /// The contents of a block, checked and decompressed.
  private static func block(
    _ bytes: Bytes, _ start: Int, _ size: Int, _ footer: Int
  ) throws(SortedTableError) -> Bytes {
    guard start <= footer, size <= footer - start - 5, footer - start >= 5 else {
      throw .badBlock(offset: start)
    }
    var crc = CRC32C()
    crc.update(bytes.slice(start..<start + size + 1).span)
    var cursor = ByteCursor(bytes.span, at: start + size + 1)
    guard let stored = try? cursor.u32(), stored == crc.masked else { throw .badChecksum(offset: start) }
    let contents = bytes.slice(start..<start + size)
    switch bytes[start + size] {
    case 0: return contents
    case 1:
      guard let whole = Snappy.decompress(contents) else { throw .badBlock(offset: start) }
      return whole
    default: throw .badBlock(offset: start)
    }
  }

  private static func read(_ block: Bytes, at offset: Int) throws(SortedTableError) -> [Entry] {
    var tail = ByteCursor(block.span, at: max(0, block.count - 4))
    guard block.count >= 4, let restarts = try? tail.u32(), Int(restarts) <= (block.count - 4) / 4 else {
      throw .badBlock(offset: offset)
    }
    let end = block.count - 4 - 4 * Int(restarts)
    var cursor = ByteCursor(block.span)
    var entries: [Entry] = []
    var key: [UInt8] = []
    while cursor.offset < end {
      guard let shared = varint(&cursor), let own = varint(&cursor), let length = varint(&cursor),
        shared <= key.count, own <= end - cursor.offset, let text = try? cursor.take(own), own <= 1 << 16
      else { throw .badBlock(offset: offset) }
      var next = Array(key.prefix(shared))
      for index in text.indices { next.append(text[index]) }
      guard length <= end - cursor.offset else { throw .badBlock(offset: offset) }
      guard entries.isEmpty || key.lexicographicallyPrecedes(next) else { throw .badOrder(offset: offset) }
      guard entries.count < Limits.checkpointEntries else { throw .tooMany(limit: Limits.checkpointEntries) }
      key = next
      entries.append(Entry(key: key, value: block.slice(cursor.offset..<cursor.offset + length)))
      try? cursor.skip(length)
    }
    return entries
  }

  /// A number that is no more than any file is long.
  private static func varint(_ cursor: inout ByteCursor) -> Int? {
    guard let value = try? ProtoReader.varint(&cursor, 0), value < 1 << 48 else { return nil }
    return Int(value)
  }
}
