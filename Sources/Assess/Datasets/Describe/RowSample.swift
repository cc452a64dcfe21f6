// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletMerkle

/// Rows picked by their digests: as good as by chance, the same for the same data on every machine, and nobody is asked for random numbers.
struct RowSample: Sendable {
  struct Entry: Sendable {
    let key: UInt64
    let row: Int
    /// The numbers of the row, column after column and element after element; NaN where there is none.
    let values: [Float]
  }

  private(set) var entries: [Entry] = []
  private let most: Int
  /// Rows above it are in no sample any more.
  private(set) var threshold = UInt64.max

  /// The most elements of one column that are sampled.
  static let mostElements = 4_096
  /// Numbers of all sampled rows together.
  private static let mostNumbers = 16 << 20

  init(_ wanted: Int, _ schema: [Column]) {
    most = max(256, min(wanted, Self.mostNumbers / max(1, Self.width(schema))))
  }

  /// How many numbers a sampled row has.
  static func width(_ schema: [Column]) -> Int {
    schema.reduce(0) { $0 + ($1.elements <= mostElements ? $1.elements : 0) }
  }

  /// The digest alone would take equal rows all or not at all.
  static func key(_ digest: TreeHash, row: Int) -> UInt64 {
    var mixed = digest.prefix ^ UInt64(row) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  static func values(_ block: RowBlock, _ row: Int, _ schema: [Column]) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(width(schema))
    for part in block.parts {
      let first = schema[part.columns.lowerBound]
      if case .fixed = part.layout, let width = first.kind.width {
        guard part.columns.count > 1 || first.elements <= mostElements else { continue }
        let range = part.range(ofRow: row)
        let span = part.bytes.span
        for offset in stride(from: range.lowerBound, to: range.upperBound, by: width) {
          values.append(Float(Cell.number(span, offset, first.kind)))
        }
      } else {
        for column in part.columns {
          let cell = Cell(block.cell(row: row, column: column), of: schema[column])
          values.append(cell.number.map { Float($0) } ?? .nan)
        }
      }
    }
    return values
  }

  mutating func add(_ fresh: [Entry]) {
    guard !fresh.isEmpty else { return }
    entries += fresh
    guard entries.count > 2 * most else { return }
    trim()
  }

  private mutating func trim() {
    guard entries.count > most else { return }
    entries.sort { ($0.key, $0.row) < ($1.key, $1.row) }
    entries.removeLast(entries.count - most)
    threshold = entries.last!.key
  }

  /// In the order of the rows.
  mutating func finish() -> [Entry] {
    trim()
    return entries.sorted { $0.row < $1.row }
  }
}
