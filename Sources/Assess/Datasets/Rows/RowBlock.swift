// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// Some neighbouring columns of some neighbouring rows, in canonical form.
///
/// The canonical form of a row is what its digest covers: its cells in the order of the columns. A number of an array is its
/// little-endian bytes. A cell of any other column is a byte for its type, and what ``CellWriter`` writes behind it.
package struct RowPart: Sendable {
  package enum Layout: Sendable {
    /// Row after row without gaps, each cell with as many bytes.
    case fixed(width: Int)
    /// The ends of all cells, row by row.
    case variable(cellEnds: [Int])
  }

  package let bytes: Bytes
  package let layout: Layout
  /// The places of its columns in the schema.
  package let columns: Range<Int>

  package init(_ bytes: Bytes, _ layout: Layout, columns: Range<Int>) {
    (self.bytes, self.layout, self.columns) = (bytes, layout, columns)
  }

  /// Where a row lies in ``bytes``; rows are counted from the beginning of the block.
  func range(ofRow row: Int) -> Range<Int> {
    switch layout {
    case .fixed(let width):
      let stride = width * columns.count
      return row * stride..<(row + 1) * stride
    case .variable(let ends):
      let width = columns.count
      return (row == 0 ? 0 : ends[row * width - 1])..<ends[(row + 1) * width - 1]
    }
  }

  /// Where a cell lies; the column is counted from the part's first.
  func range(ofRow row: Int, cell: Int) -> Range<Int> {
    switch layout {
    case .fixed(let width):
      let start = (row * columns.count + cell) * width
      return start..<start + width
    case .variable(let ends):
      let index = row * columns.count + cell
      return (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }
  }
}

/// Neighbouring rows with all their columns.
package struct RowBlock: Sendable {
  /// The first row, counted from 0.
  package let first: Int
  package let count: Int
  /// In the order of the columns, each row in all of them.
  package let parts: [RowPart]
  /// Of a text file: the line that each row begins in.
  package let lines: [Int]?

  package init(first: Int, count: Int, parts: [RowPart], lines: [Int]? = nil) {
    (self.first, self.count, self.parts, self.lines) = (first, count, parts, lines)
  }

  package var rows: Range<Int> { first..<first + count }
  var byteCount: Int { parts.reduce(0) { $0 + $1.bytes.count } }

  /// The canonical bytes of a row, counted from the beginning of the block.
  package func canonical(row: Int) -> [UInt8] {
    parts.flatMap { $0.bytes.slice($0.range(ofRow: row)).array() }
  }

  /// The canonical bytes of one cell.
  package func cell(row: Int, column: Int) -> Bytes {
    let part = parts.first { $0.columns.contains(column) }!
    return part.bytes.slice(part.range(ofRow: row, cell: column - part.columns.lowerBound))
  }

  func place(row: Int, column: String?) -> CellPlace {
    CellPlace(row: first + row, column: column, line: lines?[row])
  }
}
