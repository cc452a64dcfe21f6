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

  /// The next token, a number, as the nearest double. Does not allocate for the numbers that people send: up to 19
  /// digits with a small exponent are computed exactly (Clinger 1990), the rest goes through the library.
  package mutating func double() throws(JSONError) -> Double {
    skipSpace()
    let start = offset
    var scan = offset
    let negative = scan < bytes.count && bytes[scan] == UInt8(ascii: "-")
    if negative { scan += 1 }
    let leading = scan
    var mantissa: UInt64 = 0
    var digits = 0
    var exponent = 0
    while scan < bytes.count, case let digit = bytes[scan] &- UInt8(ascii: "0"), digit <= 9, digits < 19 {
      mantissa = mantissa &* 10 &+ UInt64(digit)
      digits += 1
      scan += 1
    }
    let whole = scan - leading
    guard whole > 0, whole == 1 || bytes[leading] != UInt8(ascii: "0") else { return try slowDouble(start) }
    if scan < bytes.count, bytes[scan] == UInt8(ascii: ".") {
      scan += 1
      let fraction = scan
      while scan < bytes.count, case let digit = bytes[scan] &- UInt8(ascii: "0"), digit <= 9, digits < 19 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        digits += 1
        exponent -= 1
        scan += 1
      }
      guard scan > fraction else { return try slowDouble(start) }
    }
    if scan < bytes.count {
      let next = bytes[scan]
      if next &- UInt8(ascii: "0") <= 9 || next | 0x20 == UInt8(ascii: "e") { return try slowDouble(start) }
    }
    guard mantissa < 1 << 53, exponent >= -22 else { return try slowDouble(start) }
    let value = Double(mantissa) / Self.powersOfTen[-exponent]
    advance(scan - offset)
    return negative ? -value : value
  }

  private mutating func slowDouble(_ start: Int) throws(JSONError) -> Double {
    guard let value = try number().number else { throw .badNumber(offset: start) }
    return value
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20,
    1e21, 1e22,
  ]
}
