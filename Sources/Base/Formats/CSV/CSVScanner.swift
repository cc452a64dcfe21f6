// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Finds where the fields of a CSV text begin and end, in one pass and without a copy (RFC 4180; also with `;` and tabs, and
/// with any of the three line ends).
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

  private static let (quote, newline, carriageReturn) = (UInt8(0x22), UInt8(0x0A), UInt8(0x0D))

  init(_ bytes: Span<UInt8>) throws(CSVError) {
    guard bytes.count <= Limits.csvText else {
      throw .tooLarge(what: "bytes", limit: Limits.csvText, line: 1)
    }
    let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    let start = hasMark ? 3 : 0
    delimiter = Self.delimiter(of: bytes, from: start)
    try scan(bytes, from: start)
  }

  /// The one of `,`, `;` and tab that the first line has most of, outside of quotes.
  private static func delimiter(of bytes: Span<UInt8>, from start: Int) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var (at, isQuoted) = (start, false)
    while at < bytes.count {
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

  private mutating func scan(_ bytes: Span<UInt8>, from start: Int) throws(CSVError) {
    var (at, line) = (start, 1)
    while at < bytes.count {
      let byte = bytes[at]
      if byte == Self.newline || byte == Self.carriageReturn {
        // A line with nothing in it is no row.
        at = Self.behindLineEnd(bytes, at)
        line += 1
        continue
      }
      let (first, rowLine) = (fields.count, line)
      while true {
        let place = CSVPlace(line: line, column: fields.count - first + 1)
        guard place.column <= Limits.csvColumns, fields.count < Limits.csvFields else {
          throw .tooLarge(
            what: "fields", limit: place.column > Limits.csvColumns ? Limits.csvColumns : Limits.csvFields,
            line: line)
        }
        let field = try field(bytes, &at, &line, place)
        guard field.length <= Limits.csvField else {
          throw .tooLarge(what: "bytes in a field", limit: Limits.csvField, line: line)
        }
        fields.append(field)
        guard at < bytes.count, bytes[at] == delimiter else { break }
        at += 1
      }
      if at < bytes.count {
        at = Self.behindLineEnd(bytes, at)
        line += 1
      }
      let count = fields.count - first
      if lines.isEmpty { width = count }
      guard count == width else { throw .fieldCount(line: rowLine, expected: width, found: count) }
      lines.append(UInt32(rowLine))
    }
  }

  /// Reads one field, up to the delimiter or the line end.
  private func field(
    _ bytes: Span<UInt8>, _ at: inout Int, _ line: inout Int, _ place: CSVPlace
  ) throws(CSVError) -> Field {
    if at < bytes.count, bytes[at] == Self.quote { return try quoted(bytes, &at, &line, place) }
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      if byte == delimiter || byte == Self.newline || byte == Self.carriageReturn { break }
      if byte == Self.quote { throw .quoteInside(place) }
      if byte == 0 { throw .notText(line: line) }
      at += 1
    }
    return Field(start: UInt32(start), length: UInt32(at - start), isQuoted: false)
  }

  private func quoted(
    _ bytes: Span<UInt8>, _ at: inout Int, _ line: inout Int, _ place: CSVPlace
  ) throws(CSVError) -> Field {
    at += 1
    let start = at
    while true {
      guard at < bytes.count else { throw .openQuote(place) }
      let byte = bytes[at]
      if byte == 0 { throw .notText(line: line) }
      if byte == Self.quote {
        guard at + 1 < bytes.count, bytes[at + 1] == Self.quote else { break }
        at += 1
      } else if byte == Self.newline {
        line += 1
      } else if byte == Self.carriageReturn, at + 1 >= bytes.count || bytes[at + 1] != Self.newline {
        line += 1
      }
      at += 1
    }
    let end = at
    at += 1
    if at < bytes.count {
      let byte = bytes[at]
      guard byte == delimiter || byte == Self.newline || byte == Self.carriageReturn else {
        throw .textBehindQuote(place)
      }
    }
    return Field(start: UInt32(start), length: UInt32(end - start), isQuoted: true)
  }

  private static func behindLineEnd(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    let isPair = bytes[at] == carriageReturn && at + 1 < bytes.count && bytes[at + 1] == newline
    return at + (isPair ? 2 : 1)
  }
}
