// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Finds the fields of a CSV text row by row and without a copy (RFC 4180; also with `;` and tabs, and with any of the three line
/// ends). It holds nothing but where it stands, so that a text of any length can be read through it.
package struct CSVRowScanner: Sendable {
  /// A field's bytes, without the quotes around it.
  package struct Field: Sendable {
    package let range: Range<Int>
    /// Two quotes in it stand for one.
    package let isQuoted: Bool
  }

  package let delimiter: UInt8
  /// Where the next row is looked for.
  package private(set) var offset: Int
  /// The line it stands in, from 1.
  package private(set) var line: Int

  private static let (quote, newline, carriageReturn) = (UInt8(0x22), UInt8(0x0A), UInt8(0x0D))

  /// At the beginning of a text, behind its byte order mark.
  /// - Parameter delimiter: nil for the one of `,`, `;` and tab that the first line has most of.
  package init(_ bytes: Span<UInt8>, delimiter: UInt8? = nil) {
    let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    offset = hasMark ? 3 : 0
    line = 1
    self.delimiter = delimiter ?? Self.delimiter(of: bytes, from: offset)
  }

  /// At the beginning of a row that was found before.
  package init(at offset: Int, line: Int, delimiter: UInt8) {
    (self.offset, self.line, self.delimiter) = (offset, line, delimiter)
  }

  /// Outside of quotes, and no further than a line may reach.
  private static func delimiter(of bytes: Span<UInt8>, from start: Int) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var (at, isQuoted) = (start, false)
    let end = min(bytes.count, start + Limits.csvRow)
    while at < end {
      let byte = bytes[at]
      if byte == quote { isQuoted.toggle() }
      if !isQuoted {
        if byte == newline || byte == carriageReturn { break }
        if byte == 0x2C || byte == 0x3B || byte == 0x09 { counts[byte, default: 0] += 1 }
      }
      at += 1
    }
    let candidates: [UInt8] = [0x2C, 0x3B, 0x09]
    return candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? 0x2C
  }

  /// Finds the fields of the next row and adds them to `fields`. A line with nothing in it is no row.
  /// - Returns: the line that the row begins in, or nil at the end.
  /// - Throws: ``CSVError``.
  package mutating func next(_ bytes: Span<UInt8>, into fields: inout [Field]) throws(CSVError) -> Int? {
    while offset < bytes.count, bytes[offset] == Self.newline || bytes[offset] == Self.carriageReturn {
      offset = Self.behindLineEnd(bytes, offset)
      line += 1
    }
    guard offset < bytes.count else { return nil }
    let (first, rowLine, rowStart) = (fields.count, line, offset)
    while true {
      let place = CSVPlace(line: line, column: fields.count - first + 1)
      guard place.column <= Limits.csvColumns else {
        throw .tooLarge(what: "fields", limit: Limits.csvColumns, line: line)
      }
      let field = try field(bytes, place)
      guard field.range.count <= Limits.csvField else {
        throw .tooLarge(what: "bytes in a field", limit: Limits.csvField, line: line)
      }
      guard offset - rowStart <= Limits.csvRow else {
        throw .tooLarge(what: "bytes in a row", limit: Limits.csvRow, line: rowLine)
      }
      fields.append(field)
      guard offset < bytes.count, bytes[offset] == delimiter else { break }
      offset += 1
    }
    if offset < bytes.count {
      offset = Self.behindLineEnd(bytes, offset)
      line += 1
    }
    return rowLine
  }

  /// Reads one field, up to the delimiter or the line end. One that is too long is not read to its end.
  private mutating func field(_ bytes: Span<UInt8>, _ place: CSVPlace) throws(CSVError) -> Field {
    if offset < bytes.count, bytes[offset] == Self.quote { return try quoted(bytes, place) }
    let start = offset
    let most = min(bytes.count, start + Limits.csvField + 1)
    while offset < most {
      let byte = bytes[offset]
      if byte == delimiter || byte == Self.newline || byte == Self.carriageReturn { break }
      if byte == Self.quote { throw .quoteInside(place) }
      if byte == 0 { throw .notText(line: line) }
      offset += 1
    }
    return Field(range: start..<offset, isQuoted: false)
  }

  private mutating func quoted(_ bytes: Span<UInt8>, _ place: CSVPlace) throws(CSVError) -> Field {
    offset += 1
    let start = offset
    while true {
      guard offset < bytes.count else { throw .openQuote(place) }
      guard offset - start <= Limits.csvField else {
        throw .tooLarge(what: "bytes in a field", limit: Limits.csvField, line: place.line)
      }
      let byte = bytes[offset]
      if byte == 0 { throw .notText(line: line) }
      if byte == Self.quote {
        guard offset + 1 < bytes.count, bytes[offset + 1] == Self.quote else { break }
        offset += 1
      } else if byte == Self.newline {
        line += 1
      } else if byte == Self.carriageReturn, offset + 1 >= bytes.count || bytes[offset + 1] != Self.newline {
        line += 1
      }
      offset += 1
    }
    let end = offset
    offset += 1
    if offset < bytes.count {
      let byte = bytes[offset]
      guard byte == delimiter || byte == Self.newline || byte == Self.carriageReturn else {
        throw .textBehindQuote(place)
      }
    }
    return Field(range: start..<end, isQuoted: true)
  }

  private static func behindLineEnd(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    let isPair = bytes[at] == carriageReturn && at + 1 < bytes.count && bytes[at + 1] == newline
    return at + (isPair ? 2 : 1)
  }
}
