// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A table of comma-separated values (RFC 4180), also separated by `;` or tabs. Fields are read when they are asked for.
///
/// The first line is a header when none of its fields is a number or empty, but perhaps the first of all: that is how a data frame's
/// index is written, and it is called x0. Whatever the file says, reading takes time and
/// memory in proportion to its length.
package struct CSVTable: Sendable {
  private let bytes: Bytes
  private let fields: [CSVScanner.Field]
  private let lines: [UInt32]
  /// What the header calls the columns; nil without a header.
  package let names: [String]?
  package let columnCount: Int
  /// Without the header; at least one.
  package let rowCount: Int

  /// - Throws: ``CSVError``.
  package init(_ bytes: Bytes) throws(CSVError) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw .notText(line: 1) }
    let scan = try CSVScanner(bytes.span)
    self.bytes = bytes
    columnCount = scan.width
    var first: [String] = []
    for field in scan.fields.prefix(scan.width) {
      first.append(try Self.text(of: field, in: bytes, line: 1))
    }
    let header = Self.header(first)
    let isHeader = header != nil
    if let trimmed = header {
      var seen: Set<String> = []
      for name in trimmed where !seen.insert(name).inserted { throw .repeatedName(name) }
      names = trimmed
    } else {
      names = nil
    }
    rowCount = scan.lines.count - (isHeader ? 1 : 0)
    guard rowCount > 0 else { throw .noRows }
    lines = isHeader ? Array(scan.lines.dropFirst()) : scan.lines
    fields = isHeader ? Array(scan.fields.dropFirst(scan.width)) : scan.fields
  }

  /// The names in a first line; nil for one that is no header.
  package static func header(_ first: [String]) -> [String]? {
    var names = first.map(trimmed)
    if names.count > 1, names[0].isEmpty { names[0] = "x0" }
    let isHeader =
      !names.isEmpty && names.allSatisfy { !isMissing($0.utf8.span) && number($0.utf8.span) == nil }
    return isHeader ? names : nil
  }

  /// Where a field stands in the file.
  package func place(row: Int, column: Int) -> CSVPlace {
    CSVPlace(line: Int(lines[row]), column: column + 1, name: names?[column])
  }

  /// A field without its quotes.
  /// - Throws: ``CSVError/notText(line:)``.
  package func text(row: Int, column: Int) throws(CSVError) -> String {
    try Self.text(of: fields[row * columnCount + column], in: bytes, line: Int(lines[row]))
  }

  /// A field as a number, with spaces around it or not. The point is a point wherever the machine stands.
  /// - Throws: ``CSVError/missing(_:)`` and ``CSVError/notANumber(_:found:)``.
  package func number(row: Int, column: Int) throws(CSVError) -> Double {
    let field = fields[row * columnCount + column]
    let span = bytes.span
    let text = span.extracting(Int(field.start)..<Int(field.start + field.length))
    if let number = Self.number(text) { return number }
    if Self.isMissing(text) { throw .missing(place(row: row, column: column)) }
    let found = try self.text(row: row, column: column)
    throw .notANumber(place(row: row, column: column), found: String(found.prefix(40)))
  }

  private static func text(
    of field: CSVScanner.Field, in bytes: Bytes, line: Int
  ) throws(CSVError) -> String {
    let raw = bytes.slice(Int(field.start)..<Int(field.start + field.length)).array()
    guard let text = String(validating: raw, as: UTF8.self) else { throw .notText(line: line) }
    return field.isQuoted ? text.replacing("\"\"", with: "\"") : text
  }

  /// Without spaces and tabs at the ends.
  package static func trimmed(_ text: String) -> String {
    var rest = text[...]
    while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
    while rest.last == " " || rest.last == "\t" { rest.removeLast() }
    return String(rest)
  }
}

extension CSVTable {
  /// What stands for nothing.
  private static let missingWords: Set<String> = ["", "?", "NA", "N/A", "NaN", "nan", "null", "NULL"]

  /// Whether a field has nothing in it, or a word that stands for nothing.
  package static func isMissing(_ text: Span<UInt8>) -> Bool {
    let (start, end) = bounds(of: text)
    guard end - start <= 4 else { return false }
    var word = ""
    for index in start..<end { word.unicodeScalars.append(Unicode.Scalar(text[index])) }
    return missingWords.contains(word)
  }

  /// Without the spaces around it.
  private static func bounds(of text: Span<UInt8>) -> (start: Int, end: Int) {
    var (start, end) = (0, text.count)
    while start < end, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
    while end > start, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
    return (start, end)
  }

  /// Decimal digits with a sign, a point and an exponent or without, finite. Neither hexadecimal digits nor words are numbers.
  package static func number(_ text: Span<UInt8>) -> Double? {
    let (start, end) = bounds(of: text)
    guard end > start, end - start <= 400 else { return nil }
    var at = start
    var (mantissa, exponent, isExact) = (UInt64(0), 0, true)
    func digits(scale: Int) -> Int {
      let first = at
      while at < end, case let digit = text[at] &- 0x30, digit <= 9 {
        if mantissa < 1 << 49 {
          mantissa = mantissa * 10 + UInt64(digit)
          exponent -= scale
        } else {
          isExact = false
        }
        at += 1
      }
      return at - first
    }
    let isNegative = text[at] == 0x2D
    if text[at] == 0x2B || text[at] == 0x2D { at += 1 }
    let whole = digits(scale: 0)
    var fraction = 0
    if at < end, text[at] == 0x2E {
      at += 1
      fraction = digits(scale: 1)
    }
    guard whole + fraction > 0 else { return nil }
    if at < end, text[at] | 0x20 == 0x65 {
      isExact = false
      at += 1
      if at < end, text[at] == 0x2B || text[at] == 0x2D { at += 1 }
      let first = at
      while at < end, (0x30...0x39).contains(text[at]) { at += 1 }
      guard at > first else { return nil }
    }
    guard at == end else { return nil }
    // Both are exact below 2^53 and down to 10^-22, so that their quotient is the nearest number (Clinger 1990).
    if isExact, mantissa < 1 << 53, exponent >= -22 {
      let value = Double(mantissa) / powersOfTen[-exponent]
      return isNegative ? -value : value
    }
    var characters: [UInt8] = []
    characters.reserveCapacity(end - start)
    for index in start..<end { characters.append(text[index]) }
    // The standard library's own reading knows no locale.
    return Double(String(decoding: characters, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
  ]
}
