// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension JSONReader {
  /// Moves over the next value and returns where it stands. It is checked as strictly as ``value(depth:)`` checks, but
  /// for names that stand twice; nothing is kept of it.
  package mutating func skipValue(depth: Int = 0) throws(JSONError) -> Range<Int> {
    guard depth < Limits.jsonDepth else { throw .tooDeep(limit: Limits.jsonDepth, offset: offset) }
    let first = try next()
    let start = offset
    switch first {
    case UInt8(ascii: "["):
      try expect(UInt8(ascii: "["))
      if try take(UInt8(ascii: "]")) { break }
      repeat { _ = try skipValue(depth: depth + 1) } while try takeComma(orEnd: UInt8(ascii: "]"))
    case UInt8(ascii: "{"):
      try expect(UInt8(ascii: "{"))
      if try take(UInt8(ascii: "}")) { break }
      repeat {
        _ = try string()
        try expect(UInt8(ascii: ":"))
        _ = try skipValue(depth: depth + 1)
      } while try takeComma(orEnd: UInt8(ascii: "}"))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      _ = try double()
    default:
      _ = try value(depth: depth)
    }
    return start..<offset
  }

  /// Whether another element follows: reads a comma, or the closing byte of the list.
  package mutating func takeComma(orEnd end: UInt8) throws(JSONError) -> Bool {
    if try take(end) { return false }
    try expect(UInt8(ascii: ","))
    return true
  }
}
