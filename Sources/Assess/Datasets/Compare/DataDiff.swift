// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Two datasets side by side, in all columns that both have.
package enum DataDiff {
  /// - Throws: ``DataError``.
  package static func changes(
    from old: String, to new: String, options: ReadingOptions, progress: (Int) -> Void = { _ in }
  ) throws(DataError) -> DataChanges {
    let before = try naming(old) { () throws(DataError) in try side(old, options, progress) }
    // A text file is read with the types of the first, so that a changed cell does not become a changed column.
    var options = options
    if before.format == .csv || before.format == .tsv || before.format == .jsonl {
      options.sealed = before.columns
    }
    let now = try naming(new) { [options] () throws(DataError) in try side(new, options, progress) }
    var changes = DataChanges()
    changes.compare(before.columns, now.columns)
    changes.compare(before.source.attachments, now.source.attachments)
    let common = before.columns.filter { column in
      now.columns.contains { $0.name == column.name && $0.typeText == column.typeText }
    }
    guard !common.isEmpty else {
      changes.note = "the two have no column in common"
      return changes
    }
    let names = common.map(\.name)
    let first = ProjectedSource(before.source, names)
    let second = ProjectedSource(now.source, names)
    let alignment = RowAlignment(
      try naming(old) { () throws(DataError) in try records(first, progress) },
      try naming(new) { () throws(DataError) in try records(second, progress) })
    try changes.take(alignment) { (old, new) throws(DataError) in
      let (left, right) = (try first.row(old), try second.row(new))
      return common.indices.compactMap { column in
        let (a, b) = (left.cell(row: 0, column: column), right.cell(row: 0, column: column))
        guard a.array() != b.array() else { return nil }
        return .init(
          column: names[column], before: Cell(a, of: common[column]).text,
          now: Cell(b, of: common[column]).text)
      }
    }
    return changes
  }

  private static func side(
    _ path: String, _ options: ReadingOptions, _ progress: (Int) -> Void
  ) throws(DataError) -> (format: DataFormat, source: any RowSource, columns: [Column]) {
    let file = try DataFile(path, options)
    guard file.format == .csv || file.format == .tsv || file.format == .jsonl else {
      return (file.format, file.source, file.source.columns)
    }
    // What the columns of a text are, is known when it was read.
    while let block = try file.source.next() { progress(block.first) }
    let columns = file.source.columns
    var options = options
    options.sealed = options.sealed ?? columns
    return (file.format, try DataFile(path, options).source, columns)
  }

  private static func records(
    _ source: ProjectedSource, _ progress: (Int) -> Void
  ) throws(DataError) -> RowRecords {
    var wants = DataPass.Options()
    (wants.describes, wants.tags) = (false, true)
    let spool = RowRecordsSpool(tagCount: RowTags(columns: source.columns.count).groups.count)
    _ = try DataPass(source, wants, progress: progress) { (digests, tags) throws(DataError) in
      try spool.append(digests, tags)
    }
    return try spool.finish()
  }
}

/// Some columns of another source, in an order of their own.
final class ProjectedSource: RowSource {
  private let source: any RowSource
  private let places: [Int]
  let columns: [Column]
  var attachments: [String: String] { source.attachments }

  /// - Precondition: the source has these columns.
  init(_ source: any RowSource, _ names: [String]) {
    self.source = source
    let known = source.columns
    places = names.map { name in known.firstIndex { $0.name == name }! }
    columns = places.map { known[$0] }
  }

  func next() throws(DataError) -> RowBlock? { try source.next().map(projected) }
  func row(_ row: Int) throws(DataError) -> RowBlock { projected(try source.row(row)) }

  private func projected(_ block: RowBlock) -> RowBlock {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for row in 0..<block.count {
      for place in places {
        bytes += block.cell(row: row, column: place).array()
        ends.append(bytes.count)
      }
    }
    return RowBlock(
      first: block.first, count: block.count,
      parts: [RowPart(Bytes(bytes), .variable(cellEnds: ends), columns: 0..<places.count)], lines: block.lines
    )
  }
}
