// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension JSONReader {
  /// The next token, a number, as the nearest double. Does not allocate for the numbers that people send: up to 19
  /// digits with an exponent from -27 to 27; the rest goes through the library.
  package mutating func double() throws(JSONError) -> Double {
    skipSpace()
    if let decimal = decimal(), let value = decimal.double {
      advance(decimal.end - offset)
      return value
    }
    return try slowDouble()
  }

  /// The next token, a number, as the nearest float. It is rounded once, where the way over a double would round twice.
  /// - Throws: `badNumber` too for a number beyond the floats.
  package mutating func float() throws(JSONError) -> Float {
    skipSpace()
    if let decimal = decimal(), let value = decimal.float {
      advance(decimal.end - offset)
      return value
    }
    let start = offset
    let value = Float(try slowDouble())
    guard value.isFinite else { throw .badNumber(offset: start) }
    return value
  }

  /// The next token, a whole number without point and exponent, and small enough to be told exactly; nothing is read
  /// where another token stands.
  package mutating func whole() -> (isNegative: Bool, magnitude: UInt64)? {
    skipSpace()
    guard let decimal = decimal(), decimal.isWhole else { return nil }
    advance(decimal.end - offset)
    return (decimal.isNegative, decimal.mantissa)
  }

  private mutating func slowDouble() throws(JSONError) -> Double {
    let start = offset
    guard let value = try number().number else { throw .badNumber(offset: start) }
    return value
  }

  /// The number that the reader stands at; nil for one that is malformed or needs more room, which is for the slow way to
  /// say.
  private func decimal() -> Decimal? {
    var scan = offset
    var decimal = Decimal()
    if scan < bytes.count, bytes[scan] == UInt8(ascii: "-") {
      decimal.isNegative = true
      scan += 1
    }
    let leading = scan
    while scan < bytes.count, case let digit = bytes[scan] &- UInt8(ascii: "0"), digit <= 9 {
      guard decimal.append(digit) else { return nil }
      scan += 1
    }
    guard scan > leading, scan == leading + 1 || bytes[leading] != UInt8(ascii: "0") else { return nil }
    if scan < bytes.count, bytes[scan] == UInt8(ascii: ".") {
      scan += 1
      let fraction = scan
      while scan < bytes.count, case let digit = bytes[scan] &- UInt8(ascii: "0"), digit <= 9 {
        guard decimal.append(digit) else { return nil }
        scan += 1
      }
      guard scan > fraction else { return nil }
      decimal.exponent = fraction - scan
      decimal.isWhole = false
    }
    if scan < bytes.count, bytes[scan] | 0x20 == UInt8(ascii: "e") {
      scan += 1
      decimal.isWhole = false
      var isNegative = false
      if scan < bytes.count, bytes[scan] == UInt8(ascii: "+") || bytes[scan] == UInt8(ascii: "-") {
        isNegative = bytes[scan] == UInt8(ascii: "-")
        scan += 1
      }
      let first = scan
      var exponent = 0
      while scan < bytes.count, case let digit = bytes[scan] &- UInt8(ascii: "0"), digit <= 9 {
        guard scan - first < 4 else { return nil }
        exponent = exponent * 10 + Int(digit)
        scan += 1
      }
      guard scan > first else { return nil }
      decimal.exponent += isNegative ? -exponent : exponent
    }
    decimal.end = scan
    return decimal
  }
}

/// A decimal number with at most 19 digits: `mantissa` · 10^`exponent`.
private struct Decimal {
  var isNegative = false
  var mantissa: UInt64 = 0
  var exponent = 0
  var isWhole = true
  /// Where it ends in the document.
  var end = 0

  /// - Returns: false when there is no room for another digit.
  mutating func append(_ digit: UInt8) -> Bool {
    guard mantissa < 1_000_000_000_000_000_000 else { return false }
    mantissa = mantissa &* 10 &+ UInt64(digit)
    return true
  }

  /// The nearest double, ties to even; nil where the exponent is out of reach.
  var double: Double? {
    guard let (bits, exponent) = rounded(to: 53) else { return nil }
    // The carry of a significand that was rounded up to the next power of two runs into the exponent, as it should.
    let pattern = bits == 0 ? 0 : UInt64(exponent + 52 + 1023) << 52 &+ (bits - 1 << 52)
    return Double(bitPattern: pattern | (isNegative ? 1 << 63 : 0))
  }

  /// The nearest float, ties to even; nil where the exponent is out of reach, or the number is.
  var float: Float? {
    guard let (bits, exponent) = rounded(to: 24) else { return nil }
    let pattern = bits == 0 ? 0 : UInt64(exponent + 23 + 127) << 23 &+ (bits - 1 << 23)
    guard pattern < 255 << 23 else { return nil }
    return Float(bitPattern: UInt32(pattern) | (isNegative ? 1 << 31 : 0))
  }

  /// The number as `bits` · 2^`exponent` with exactly so many bits.
  ///
  /// 10^e is 5^e · 2^e, and 5^27 fits a word, so one division or multiplication of 128 bits and whether anything is left
  /// say all that rounding needs.
  private func rounded(to precision: Int) -> (bits: UInt64, exponent: Int)? {
    guard mantissa != 0 else { return (0, 0) }
    var bits: UInt64
    var power: Int
    var isInexact: Bool
    if exponent >= 0 {
      guard exponent < Self.powersOfFive.count else { return nil }
      let product = mantissa.multipliedFullWidth(by: Self.powersOfFive[exponent])
      let shift = product.high.leadingZeroBitCount
      if product.high == 0 {
        (bits, power, isInexact) = (product.low, exponent, false)
      } else if shift == 0 {
        (bits, power, isInexact) = (product.high, exponent + 64, product.low != 0)
      } else {
        bits = product.high << shift | product.low >> (64 - shift)
        (power, isInexact) = (exponent + 64 - shift, product.low << shift != 0)
      }
      let rest = bits.leadingZeroBitCount
      bits <<= rest
      power -= rest
    } else {
      guard -exponent < Self.powersOfFive.count else { return nil }
      let divisor = Self.powersOfFive[-exponent]
      let (up, down) = (mantissa.leadingZeroBitCount, divisor.leadingZeroBitCount)
      let dividend = mantissa << up
      let (quotient, remainder) = (divisor << down).dividingFullWidth((dividend >> 1, dividend << 63))
      let rest = quotient.leadingZeroBitCount
      (bits, isInexact) = (quotient << rest, remainder != 0)
      power = exponent - 63 + down - up - rest
    }
    let dropped = UInt64(64 - precision)
    let half: UInt64 = 1 << (dropped - 1)
    let tail = bits & (1 << dropped - 1)
    var kept = bits >> dropped
    if tail > half || tail == half && (isInexact || kept & 1 == 1) { kept += 1 }
    return (kept, power + Int(dropped))
  }

  /// 5^0 to 5^27, the largest that fits 64 bits.
  private static let powersOfFive: [UInt64] = (0...27).map { (0..<$0).reduce(1) { power, _ in power * 5 } }
}
