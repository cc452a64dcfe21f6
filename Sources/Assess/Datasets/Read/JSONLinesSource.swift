// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The rows of a text with one JSON object a line. The names of the first object are the columns; every other must have the same,
/// in any order.
final class JSONLinesSource: RowSource {
  private(set) var columns: [Column]
  let attachments: [String: String] = [:]
  private let bytes: Bytes
  private let options: ReadingOptions
  private var places: [String: Int]
  private var kinds: [Column.Kind]
  private var offset = 0
  private var line = 1
  private var rows = 0
  private var released = 0
  private var marks: [(row: Int, offset: Int, line: Int)] = []

  private static let blockBytes = 2 << 20
  private static let mostRows = 4_096

  init(_ bytes: Bytes, _ options: ReadingOptions) throws(DataError) {
    (self.bytes, self.options) = (bytes, options)
    (columns, kinds, places) = ([], [], [:])
    guard let first = try object(row: 0) else {
      throw .notData(reason: "expected one JSON object a line, found no line")
    }
    var places: [String: Int] = [:]
    for (index, member) in first.members.enumerated() { places[member.name] = index }
    guard !places.isEmpty, places.count <= Limits.dataColumns else {
      throw .notData(
        reason: "expected 1 to \(Limits.dataColumns) names in the first object, found \(places.count)")
    }
    let names = first.members.map(\.name)
    if let missing = options.textColumns.sorted().first(where: { places[$0] == nil }) {
      throw .noColumn(missing, found: names)
    }
    self.places = places
    kinds = names.map { options.textColumns.contains($0) ? .text : .empty }
    if let sealed = options.sealed, sealed.map(\.name) == names { kinds = sealed.map(\.kind) }
    columns = zip(names, kinds).map { Column($0, $1) }
    (offset, line) = (0, 1)
  }

  func next() throws(DataError) -> RowBlock? {
    let mark = (row: rows, offset: offset, line: line)
    guard let block = try block(atMost: Self.mostRows, first: rows) else { return nil }
    marks.append(mark)
    rows += block.count
    columns = zip(columns, kinds).map { Column($0.name, $1) }
    if offset - released > Limits.releasedMapping {
      bytes.releasePages(released..<offset)
      released = offset
    }
    return block
  }

  func row(_ row: Int) throws(DataError) -> RowBlock {
    while rows <= row { if try next() == nil { throw .noSuchRow(row, count: rows) } }
    guard row >= 0, let mark = marks.last(where: { $0.row <= row }) else {
      throw .noSuchRow(row, count: rows)
    }
    let resume = (offset, line)
    defer { (offset, line) = resume }
    (offset, line) = (mark.offset, mark.line)
    for index in mark.row..<row { _ = try object(row: index) }
    guard let block = try block(atMost: 1, first: row) else { throw .noSuchRow(row, count: rows) }
    return block
  }

  private func block(atMost most: Int, first: Int) throws(DataError) -> RowBlock? {
    var writer = CellWriter()
    var lines: [Int] = []
    var values = [JSONValue?](repeating: nil, count: columns.count)
    while lines.count < most, writer.bytes.count < Self.blockBytes {
      let row = first + lines.count
      guard let object = try object(row: row) else { break }
      for index in values.indices { values[index] = nil }
      for member in object.members {
        guard let place = places[member.name] else {
          throw .ragged(
            CellPlace(row: row, column: member.name, line: object.line),
            expected: "the names of the first line alone", found: "another")
        }
        values[place] = member.value
      }
      for (index, value) in values.enumerated() {
        let place = CellPlace(row: row, column: columns[index].name, line: object.line)
        guard let value else { throw .ragged(place, expected: "a value", found: "none") }
        try write(value, index, place, to: &writer)
      }
      lines.append(object.line)
    }
    guard !lines.isEmpty else { return nil }
    let part = RowPart(
      Bytes(writer.bytes), .variable(cellEnds: writer.ends), columns: 0..<columns.count)
    return RowBlock(first: first, count: lines.count, parts: [part], lines: lines)
  }

  private func write(
    _ value: JSONValue, _ column: Int, _ place: CellPlace, to writer: inout CellWriter
  ) throws(DataError) {
    let found: Column.Kind
    switch value {
    case .null: return writer.missing([])
    case .bool: found = .truth
    case .integer, .number: found = .number
    case .string: found = .text
    case .array, .object: found = .json
    }
    if kinds[column] == .empty { kinds[column] = found }
    guard kinds[column] == found || options.sealed != nil else {
      throw .mixed(
        place, expected: "a value of the type \(kinds[column].rawValue)",
        found: "one of the type \(found.rawValue)")
    }
    switch value {
    case .null: break
    case .bool(let value): writer.truth(value)
    case .integer(let value): writer.whole(value)
    case .number(let value): writer.number(value)
    case .string(let text): writer.text(text.utf8)
    case .array, .object: writer.json(Self.canonical(value).utf8)
    }
  }

  /// The next line that has something in it, as an object.
  private func object(row: Int) throws(DataError) -> (members: [JSONValue.Member], line: Int)? {
    let source = bytes
    let span = source.span
    while offset < span.count {
      let start = offset
      let most = min(span.count, start + Limits.csvRow + 1)
      while offset < most, span[offset] != 0x0A { offset += 1 }
      guard offset - start <= Limits.csvRow else {
        throw .csv(.tooLarge(what: "bytes in a line", limit: Limits.csvRow, line: line))
      }
      let (end, thisLine) = (offset, line)
      offset = min(span.count, offset + 1)
      line += 1
      let text = source.slice(start..<end)
      var blank = 0
      while blank < text.count, text[blank] <= 0x20 { blank += 1 }
      guard blank < text.count else { continue }
      let place = CellPlace(row: row, line: thisLine)
      let value: JSONValue
      do throws(JSONError) { value = try JSONReader.read(text.span) } catch {
        throw .json(place, reason: "but \(error)")
      }
      guard let members = value.members else { throw .json(place, reason: "found another value") }
      return (members, thisLine)
    }
    return nil
  }

  /// Without spaces, names in the order of their code points.
  private static func canonical(_ value: JSONValue) -> String {
    switch value {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .integer(let value): return "\(value)"
    case .number(let value):
      return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    case .string(let text): return quoted(text)
    case .array(let values): return "[" + values.map(canonical).joined(separator: ",") + "]"
    case .object(let members):
      let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      return "{" + sorted.map { quoted($0.name) + ":" + canonical($0.value) }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": out += "\\" + String(scalar)
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
