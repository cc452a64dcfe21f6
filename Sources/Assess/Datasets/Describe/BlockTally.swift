// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletMerkle

/// What one block of rows has to say. Blocks are looked at on all cores, and put together in their order: the result does not depend on
/// how many cores there are.
struct BlockTally: Sendable {
  let rows: Int
  var digests: [TreeHash] = []
  var tags: [UInt16] = []
  var columns: [ColumnTally] = []
  var sampled: [RowSample.Entry] = []

  /// The most lanes of one array whose sums are kept apart.
  private static let mostLanes = 4_096
  /// The most columns whose values are counted.
  private static let mostCounted = 512

  static func isCounted(_ column: Column, of columns: Int) -> Bool {
    column.kind.isCounted && column.shape == nil && columns <= mostCounted
  }

  /// - Parameters:
  ///   - threshold: rows below it may get into the sample; nil for no statistics at all.
  ///   - tags: nil for none.
  init(
    _ block: RowBlock, _ schema: [Column], tags: RowTags?, sample threshold: UInt64?, nanIsMissing: Bool
  ) throws(DataError) {
    rows = block.count
    digests = block.digests()
    tags?.add(block, to: &self.tags)
    guard let threshold else { return }
    columns = schema.map { ColumnTally(counting: Self.isCounted($0, of: schema.count)) }
    for part in block.parts {
      switch part.layout {
      case .fixed: try addNumbers(block, part, schema, nanIsMissing)
      case .variable: addCells(block, part, schema)
      }
    }
    for (row, digest) in digests.enumerated() {
      let key = RowSample.key(digest, row: block.first + row)
      guard key <= threshold else { continue }
      sampled.append(
        RowSample.Entry(key: key, row: block.first + row, values: RowSample.values(block, row, schema)))
    }
  }

  private mutating func addNumbers(
    _ block: RowBlock, _ part: RowPart, _ schema: [Column], _ nanIsMissing: Bool
  ) throws(DataError) {
    let first = schema[part.columns.lowerBound]
    let isCell = part.columns.count == 1
    let elements = isCell ? first.elements : part.columns.count
    let lanes = elements <= Self.mostLanes ? elements : Self.divisor(of: elements)
    var sums = NumberSums(lanes: lanes)
    let laneRows = block.count * (elements / lanes)
    sums.add(part.bytes, rows: laneRows, first.kind)
    var suspects: Set<Int> = []
    if first.kind.isFloat, !sums.suspects.isEmpty {
      suspects = Set(sums.suspects)
      try checkFinite(block, part, schema, nanIsMissing)
    }
    for lane in 0..<lanes {
      let column = isCell ? part.columns.lowerBound : part.columns.lowerBound + lane
      if suspects.contains(lane) {
        columns[column].merge(
          Self.slowly(part.bytes, first.kind, from: lane, step: lanes, count: laneRows))
      } else {
        columns[column].merge(sums.tally(lane, rows: laneRows))
      }
    }
    for column in part.columns {
      columns[column].isWhole = !first.kind.isFloat
      guard !columns[column].buckets.isEmpty else { continue }
      unsafe part.bytes.withUnsafeBytes { raw in
        for row in 0..<block.count {
          let range = part.range(ofRow: row, cell: column - part.columns.lowerBound)
          let hash = unsafe CellHash.of(raw[range], seed: 0)
          columns[column].add(value: hash) { Cell(part.bytes.slice(range), of: schema[column]) }
        }
      }
    }
  }

  private static func divisor(of elements: Int) -> Int {
    (1...1_024).last { elements % $0 == 0 } ?? 1
  }

  /// Sums that pass over NaN, and scale what is very large.
  private static func slowly(
    _ bytes: Bytes, _ kind: Column.Kind, from lane: Int, step: Int, count: Int
  ) -> ColumnTally {
    let (span, width) = (bytes.span, kind.width!)
    var tally = ColumnTally(counting: false)
    for row in 0..<count {
      let value = Cell.number(span, (row * step + lane) * width, kind)
      if value.isNaN {
        tally.missing += 1
        continue
      }
      tally.count += 1
      tally.low = min(tally.low, value)
      tally.high = max(tally.high, value)
      let difference = value - tally.mean
      tally.mean += difference / Double(tally.count)
      tally.squares = min(tally.squares + difference * (value - tally.mean), .greatestFiniteMagnitude)
    }
    return tally
  }

  private func checkFinite(
    _ block: RowBlock, _ part: RowPart, _ schema: [Column], _ nanIsMissing: Bool
  ) throws(DataError) {
    let kind = schema[part.columns.lowerBound].kind
    let (span, width) = (part.bytes.span, kind.width!)
    let each = part.columns.count == 1 ? schema[part.columns.lowerBound].elements : part.columns.count
    for index in 0..<block.count * each {
      let value = Cell.number(span, index * width, kind)
      guard !value.isFinite, !(nanIsMissing && value.isNaN) else { continue }
      let column = part.columns.count == 1 ? part.columns.lowerBound : part.columns.lowerBound + index % each
      throw .notFinite(
        block.place(row: index / each, column: schema[column].name), found: value.isNaN ? "NaN" : "infinity")
    }
  }

  private mutating func addCells(_ block: RowBlock, _ part: RowPart, _ schema: [Column]) {
    let span = part.bytes.span
    unsafe part.bytes.withUnsafeBytes { raw in
      for row in 0..<block.count {
        for (index, column) in part.columns.enumerated() {
          let range = part.range(ofRow: row, cell: index)
          switch CellWriter.Tag(rawValue: span[range.lowerBound])! {
          case .missing:
            columns[column].missing += 1
            continue
          case .number, .whole:
            if let value = Cell(part.bytes.slice(range), of: schema[column]).number {
              columns[column].addNumber(value)
            }
          case .text, .no, .yes, .json, .file: columns[column].count += 1
          }
          guard !columns[column].buckets.isEmpty, range.count <= Limits.dataText + 5 else {
            columns[column].values = nil
            continue
          }
          let hash = unsafe CellHash.of(raw[range], seed: 0)
          columns[column].add(value: hash) { Cell(part.bytes.slice(range), of: schema[column]) }
        }
      }
    }
  }
}

extension ColumnTally {
  /// One number (Welford 1962).
  fileprivate mutating func addNumber(_ value: Double) {
    count += 1
    low = min(low, value)
    high = max(high, value)
    let difference = value - mean
    mean += difference / Double(count)
    squares = min(squares + difference * (value - mean), .greatestFiniteMagnitude)
    isWhole = isWhole && value == value.rounded()
  }
}
