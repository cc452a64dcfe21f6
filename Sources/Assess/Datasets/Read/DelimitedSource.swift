// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The rows of a CSV or TSV text of any length, in one pass.
///
/// The first value of a column says whether it is one of numbers or of text. In a column of text digits are text; in one of numbers
/// anything else is refused. What stands for nothing (an empty field, `?`, `NA`, `N/A`, `null`) is a missing value in both.
final class DelimitedSource: RowSource {
  private(set) var columns: [Column]
  let attachments: [String: String] = [:]
  private let bytes: Bytes
  private let options: ReadingOptions
  private var kinds: [Column.Kind]
  private var scanner: CSVRowScanner
  private var fields: [CSVRowScanner.Field] = []
  private var rows = 0
  private var released = 0
  /// Where blocks begin, so that a row is found again without reading all before it.
  private var marks: [(row: Int, offset: Int, line: Int)] = []

  private static let blockBytes = 2 << 20
  private static let mostRows = 4_096

  init(_ bytes: Bytes, delimiter: UInt8?, _ options: ReadingOptions) throws(DataError) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw .notText(CellPlace(row: 0, line: 1))
    }
    (self.bytes, self.options) = (bytes, options)
    scanner = CSVRowScanner(bytes.span, delimiter: delimiter)
    let start = scanner
    do throws(CSVError) {
      guard try scanner.next(bytes.span, into: &fields) != nil else { throw CSVError.noRows }
    } catch { throw .csv(error) }
    var first: [String] = []
    for (index, field) in fields.enumerated() {
      let text = bytes.slice(field.range)
      guard let name = Self.text(text, field) else {
        throw .notText(CellPlace(row: 0, column: "x\(index)", line: 1))
      }
      first.append(name)
    }
    if let header = CSVTable.header(first) {
      first = header
    } else {
      first = first.indices.map { "x\($0)" }
      scanner = start
    }
    var seen: Set<String> = []
    for name in first where !seen.insert(name).inserted { throw .repeatedColumn(name) }
    if let missing = options.textColumns.sorted().first(where: { !seen.contains($0) }) {
      throw .noColumn(missing, found: first)
    }
    kinds = first.map { options.textColumns.contains($0) ? .text : .empty }
    if let sealed = options.sealed, sealed.map(\.name) == first { kinds = sealed.map(\.kind) }
    columns = zip(first, kinds).map { Column($0, $1) }
    fields.removeAll(keepingCapacity: true)
  }

  private static func text(_ bytes: Bytes, _ field: CSVRowScanner.Field) -> String? {
    guard let text = String(validating: bytes.array(), as: UTF8.self) else { return nil }
    return field.isQuoted ? text.replacing("\"\"", with: "\"") : text
  }

  func next() throws(DataError) -> RowBlock? {
    let mark = (row: rows, offset: scanner.offset, line: scanner.line)
    let block = try block(atMost: Self.mostRows, first: rows)
    guard let block else {
      columns = zip(columns, kinds).map { Column($0.name, $1) }
      return nil
    }
    marks.append(mark)
    rows += block.count
    if scanner.offset - released > Limits.releasedMapping {
      bytes.releasePages(released..<scanner.offset)
      released = scanner.offset
    }
    columns = zip(columns, kinds).map { Column($0.name, $1) }
    return block
  }

  func row(_ row: Int) throws(DataError) -> RowBlock {
    while rows <= row { if try next() == nil { throw .noSuchRow(row, count: rows) } }
    guard row >= 0 else { throw .noSuchRow(row, count: rows) }
    var (low, high) = (0, marks.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if marks[middle].row <= row { low = middle } else { high = middle }
    }
    let mark = marks[low]
    let resume = scanner
    defer { scanner = resume }
    scanner = CSVRowScanner(at: mark.offset, line: mark.line, delimiter: scanner.delimiter)
    for _ in mark.row..<row {
      _ = try scan()
      fields.removeAll(keepingCapacity: true)
    }
    guard let block = try block(atMost: 1, first: row) else { throw .noSuchRow(row, count: rows) }
    return block
  }

  private func scan() throws(DataError) -> Int? {
    let source = bytes
    do throws(CSVError) { return try scanner.next(source.span, into: &fields) } catch { throw .csv(error) }
  }

  private func block(atMost most: Int, first: Int) throws(DataError) -> RowBlock? {
    var writer = CellWriter()
    var lines: [Int] = []
    while lines.count < most, writer.bytes.count < Self.blockBytes {
      fields.removeAll(keepingCapacity: true)
      guard let line = try scan() else { break }
      let row = first + lines.count
      guard fields.count == columns.count else {
        let column = min(fields.count, columns.count - 1)
        throw .ragged(
          CellPlace(row: row, column: columns[column].name, line: line),
          expected: "\(columns.count) fields", found: "\(fields.count)")
      }
      for index in fields.indices { try write(fields[index], index, row, line, to: &writer) }
      lines.append(line)
    }
    fields.removeAll(keepingCapacity: true)
    guard !lines.isEmpty else { return nil }
    let part = RowPart(
      Bytes(writer.bytes), .variable(cellEnds: writer.ends), columns: 0..<columns.count)
    return RowBlock(first: first, count: lines.count, parts: [part], lines: lines)
  }

  private func write(
    _ field: CSVRowScanner.Field, _ column: Int, _ row: Int, _ line: Int, to writer: inout CellWriter
  ) throws(DataError) {
    let source = bytes.slice(field.range)
    let raw = source.span
    func place() -> CellPlace { CellPlace(row: row, column: columns[column].name, line: line) }
    if kinds[column] == .text {
      if CSVTable.isMissing(raw), Self.notFinite(raw) == nil { return writer.missing(Self.array(raw)) }
    } else {
      if let number = CSVTable.number(raw) {
        if kinds[column] == .empty { kinds[column] = .number }
        guard number.magnitude > 0x1p53, let whole = Self.whole(raw) else { return writer.number(number) }
        return writer.whole(whole)
      }
      let isNumeric = kinds[column] == .number
      if let word = Self.notFinite(raw), isNumeric || kinds[column] == .empty {
        guard options.nanIsMissing && word == "NaN" || options.sealed != nil else {
          throw .notFinite(place(), found: word)
        }
        return writer.missing(Self.array(raw))
      }
      if CSVTable.isMissing(raw) { return writer.missing(Self.array(raw)) }
      if isNumeric {
        guard options.sealed != nil else {
          let found = Self.text(bytes.slice(field.range), field) ?? "bytes that are no text"
          throw .mixed(place(), expected: "a number", found: "'\(found.prefix(40))'")
        }
      } else {
        kinds[column] = .text
      }
    }
    if Self.isASCII(raw), !field.isQuoted { return writer.text(Self.array(raw)) }
    guard let text = Self.text(bytes.slice(field.range), field) else { throw .notText(place()) }
    writer.text(text.utf8)
  }

  private static func array(_ span: Span<UInt8>) -> [UInt8] {
    unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
  }

  private static func isASCII(_ span: Span<UInt8>) -> Bool {
    var all: UInt8 = 0
    for index in span.indices { all |= span[index] }
    return all < 0x80
  }

  /// A whole number that a float does not hold exactly.
  private static func whole(_ span: Span<UInt8>) -> Int64? {
    Int64(CSVTable.trimmed(String(decoding: array(span), as: UTF8.self)))
  }

  /// `NaN`, `infinity`, or nil.
  private static func notFinite(_ span: Span<UInt8>) -> String? {
    guard span.count <= 16 else { return nil }
    var word = CSVTable.trimmed(String(decoding: array(span), as: UTF8.self)).lowercased()[...]
    if word.first == "-" || word.first == "+" { word.removeFirst() }
    return word == "nan" ? "NaN" : word == "inf" || word == "infinity" ? "infinity" : nil
  }
}
