// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Short tags of the cells of a row, which say which of them changed when the row's digest says that some did.
///
/// A tag has 16 bits, so that one change in 65,536 leaves it as it was: a tag names columns and proves nothing. Rows of more than 64
/// columns have one for some neighbouring columns together.
package struct RowTags: Sendable, Equatable {
  /// The columns that each tag stands for.
  package let groups: [Range<Int>]

  /// The most tags of a row.
  package static let most = 64

  package init(columns: Int) {
    let each = (columns + Self.most - 1) / Self.most
    groups = stride(from: 0, to: columns, by: max(1, each)).map { $0..<min(columns, $0 + each) }
  }

  /// Adds the tags of each row of a block to `tags`.
  func add(_ block: RowBlock, to tags: inout [UInt16]) {
    let start = tags.count
    tags += [UInt16](repeating: 0, count: block.count * groups.count)
    for part in block.parts {
      // The cells of the part that a tag covers.
      let pieces = groups.indices.filter { part.columns.overlaps(groups[$0]) }.map { group in
        let cells = part.columns.clamped(to: groups[group])
        let first = cells.lowerBound - part.columns.lowerBound
        return (group: group, cells: first..<first + cells.count)
      }
      unsafe tags.withUnsafeMutableBufferPointer { tags in
        unsafe part.bytes.withUnsafeBytes { raw in
          for row in 0..<block.count {
            let place = start + row * groups.count
            for piece in pieces {
              let first: Int
              let last: Int
              switch part.layout {
              case .fixed(let width):
                let cell = row * part.columns.count + piece.cells.lowerBound
                (first, last) = (cell * width, (cell + piece.cells.count) * width)
              case .variable:
                first = part.range(ofRow: row, cell: piece.cells.lowerBound).lowerBound
                last = part.range(ofRow: row, cell: piece.cells.upperBound - 1).upperBound
              }
              let mixed = unsafe CellHash.of(raw[first..<last], seed: UInt64(piece.cells.lowerBound))
              unsafe tags[place + piece.group] ^= UInt16(truncatingIfNeeded: mixed >> 48)
            }
          }
        }
      }
    }
  }
}

/// A quick hash of a cell for counting and for tags. Whoever wants two cells to have the same can make them.
enum CellHash {
  private static let (first, second) = (UInt64(0x9E37_79B9_7F4A_7C15), UInt64(0xD6E8_FEB8_6659_FD93))

  @inline(__always) @unsafe static func of(_ bytes: Slice<UnsafeRawBufferPointer>, seed: UInt64) -> UInt64 {
    let raw = unsafe UnsafeRawBufferPointer(rebasing: bytes)
    var hash = seed &* second ^ UInt64(raw.count)
    var at = 0
    while at + 8 <= raw.count {
      hash = folded(hash ^ (unsafe raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)), first)
      at += 8
    }
    var rest: UInt64 = 0
    var shift: UInt64 = 0
    while at < raw.count {
      rest |= unsafe UInt64(raw[at]) << shift
      shift += 8
      at += 1
    }
    return folded(hash ^ rest ^ first, second)
  }

  /// Both halves of a product, which mixes every bit into every other.
  @inline(__always) private static func folded(_ value: UInt64, _ factor: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: factor)
    return product.high ^ product.low
  }
}
