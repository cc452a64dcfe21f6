// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Writes JSON into a buffer, one token after another. Nothing is allocated but the buffer.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  mutating func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  mutating func raw(_ part: Span<UInt8>) {
    unsafe part.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  mutating func integer(_ value: some FixedWidthInteger) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    digits(UInt64(value.magnitude))
  }

  /// The shortest text that reads back as the same number; a point or an exponent is always there.
  mutating func number(_ value: Float) {
    guard value.isFinite else { return raw("null") }
    if value.sign == .minus { bytes.append(UInt8(ascii: "-")) }
    if value == 0 { return raw("0.0") }
    decimal(ShortestDecimal(value.magnitude))
  }

  mutating func number(_ value: Double) {
    guard value.isFinite else { return raw("null") }
    if value.sign == .minus { bytes.append(UInt8(ascii: "-")) }
    if value == 0 { return raw("0.0") }
    decimal(ShortestDecimal(value.magnitude))
  }

  mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        raw("\\u00")
        bytes.append(Self.hexDigit(byte >> 4))
        bytes.append(Self.hexDigit(byte & 15))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func list<Element>(_ values: [Element], _ write: (inout JSONWriter, Element) -> Void) {
    raw("[")
    for (index, value) in values.enumerated() {
      if index > 0 { raw(",") }
      write(&self, value)
    }
    raw("]")
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  private mutating func decimal(_ number: ShortestDecimal) {
    let count = Self.count(number.digits)
    // Where the point stands, counted from the first digit.
    let point = count + number.exponent
    if point > 17 || point < -4 {
      let start = bytes.count
      digits(number.digits)
      if count > 1 { bytes.insert(UInt8(ascii: "."), at: start + 1) }
      raw(point > 0 ? "e+" : "e-")
      let exponent = UInt64((point - 1).magnitude)
      if exponent < 10 { bytes.append(UInt8(ascii: "0")) }
      digits(exponent)
    } else if point <= 0 {
      raw("0.")
      for _ in point..<0 { bytes.append(UInt8(ascii: "0")) }
      digits(number.digits)
    } else if point >= count {
      digits(number.digits)
      for _ in count..<point { bytes.append(UInt8(ascii: "0")) }
      raw(".0")
    } else {
      let start = bytes.count
      digits(number.digits)
      bytes.insert(UInt8(ascii: "."), at: start + point)
    }
  }

  private mutating func digits(_ value: UInt64) {
    let count = Self.count(value)
    let start = bytes.count
    for _ in 0..<count { bytes.append(0) }
    var rest = value
    var place = start + count
    repeat {
      place -= 1
      bytes[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while place > start
  }

  /// How many digits a number has.
  private static func count(_ value: UInt64) -> Int {
    var count = 1
    var limit: UInt64 = 10
    while value >= limit {
      count += 1
      if count == 20 { break }
      limit *= 10
    }
    return count
  }
}
