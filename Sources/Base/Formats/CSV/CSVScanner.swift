// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Where all the fields of a CSV text begin and end.
struct CSVScanner {
  /// A field's bytes, without the quotes around it.
  struct Field: Sendable {
    let start: UInt32
    let length: UInt32
    /// Two quotes in it stand for one.
    let isQuoted: Bool
  }

  private(set) var fields: [Field] = []
  /// The line that each row begins in.
  private(set) var lines: [UInt32] = []
  private(set) var width = 0
  let delimiter: UInt8

  init(_ bytes: Span<UInt8>) throws(CSVError) {
    guard bytes.count <= Limits.csvText else {
      throw .tooLarge(what: "bytes", limit: Limits.csvText, line: 1)
    }
    var scanner = CSVRowScanner(bytes)
    delimiter = scanner.delimiter
    var row: [CSVRowScanner.Field] = []
    while let line = try scanner.next(bytes, into: &row) {
      if lines.isEmpty { width = row.count }
      guard row.count == width else { throw .fieldCount(line: line, expected: width, found: row.count) }
      guard fields.count <= Limits.csvFields - width else {
        throw .tooLarge(what: "fields", limit: Limits.csvFields, line: line)
      }
      for field in row {
        fields.append(
          Field(
            start: UInt32(field.range.lowerBound), length: UInt32(field.range.count), isQuoted: field.isQuoted
          ))
      }
      lines.append(UInt32(line))
      row.removeAll(keepingCapacity: true)
    }
  }
}
