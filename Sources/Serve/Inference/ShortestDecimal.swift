// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The shortest decimal number that reads back as the same float, and of those the nearest: `digits` · 10^`exponent`.
///
/// After R. Giulietti, "The Schubfach way to render doubles" (2020): one multiplication by a power of ten with 128 bits for the
/// number and each of the two borders of what rounds to it. Nothing is allocated.
struct ShortestDecimal: Equatable {
  private(set) var digits: UInt64
  private(set) var exponent: Int

  /// - Parameter value: positive and finite.
  init(_ value: Double) {
    let bits = value.bitPattern
    self.init(
      fraction: bits & (1 << 52 - 1), biased: Int(bits >> 52 & 0x7FF), fractionBits: 52, bias: 1075)
  }

  /// - Parameter value: positive and finite.
  init(_ value: Float) {
    let bits = UInt64(value.bitPattern)
    self.init(fraction: bits & (1 << 23 - 1), biased: Int(bits >> 23 & 0xFF), fractionBits: 23, bias: 150)
  }

  private init(fraction: UInt64, biased: Int, fractionBits: UInt64, bias: Int) {
    let isNormal = biased != 0
    // The number is c · 2^q.
    let c = isNormal ? fraction | 1 << fractionBits : fraction
    let q = (isNormal ? biased : 1) - bias
    // Below a power of two the next float is half as far away as above it.
    let isUneven = fraction == 0 && biased > 1
    // The largest k for which 10^k is not above the distance of the borders (Giulietti, section 9).
    let k = (q * 1_262_611 - (isUneven ? 524_031 : 0)) >> 22
    let power = PowersOfTen.bits(of: -k)
    let shift = UInt64(q + (-k * 1_741_647) >> 19 + 1)
    // In quarters of 10^k; the lowest bit says that something was cut off.
    let value = Self.scaled(power, 4 * c << shift)
    let open: UInt64 = c & 1
    let lower = Self.scaled(power, (4 * c - (isUneven ? 1 : 2)) << shift) + open
    let upper = Self.scaled(power, (4 * c + 2) << shift) - open
    let whole = value / 4
    if whole >= 10 {
      let tens = whole / 10
      let isDownInside = lower <= 40 * tens
      let isUpInside = 40 * tens + 40 <= upper
      if isDownInside != isUpInside {
        (digits, exponent) = (isUpInside ? tens + 1 : tens, k + 1)
        dropZeros()
        return
      }
    }
    let isDownInside = lower <= 4 * whole
    let isUpInside = 4 * whole + 4 <= upper
    exponent = k
    if isDownInside != isUpInside {
      digits = isUpInside ? whole + 1 : whole
    } else {
      let middle = 4 * whole + 2
      digits = value > middle || value == middle && whole & 1 == 1 ? whole + 1 : whole
    }
    dropZeros()
  }

  private mutating func dropZeros() {
    while digits >= 10, digits % 10 == 0 {
      digits /= 10
      exponent += 1
    }
  }

  /// The upper word of a product with 128 bits, made odd when what is below it is not nothing.
  private static func scaled(_ power: UInt128, _ value: UInt64) -> UInt64 {
    let low = UInt64(truncatingIfNeeded: power).multipliedFullWidth(by: value)
    let high = UInt64(truncatingIfNeeded: power >> 64).multipliedFullWidth(by: value)
    let (middle, carry) = high.low.addingReportingOverflow(low.high)
    return (carry ? high.high &+ 1 : high.high) | (middle > 1 ? 1 : 0)
  }
}

/// 10^e, normalised to 128 bits and rounded up, for every exponent that doubles need.
private enum PowersOfTen {
  private static let lowest = -292
  private static let highest = 324

  static func bits(of exponent: Int) -> UInt128 { table[exponent - lowest] }

  private static let table: [UInt128] = {
    var negative: [UInt128] = []
    // 2^1216 / 10^n for n from 1, by dividing by ten again and again: cut off twice is cut off once.
    var words = [UInt64](repeating: 0, count: 19) + [1]
    for _ in 1...(-lowest) {
      var rest: UInt64 = 0
      for index in words.indices.reversed() {
        (words[index], rest) = (10 as UInt64).dividingFullWidth((rest, words[index]))
      }
      negative.append(leading(words) + 1)
    }
    var positive: [UInt128] = []
    words = [1] + [UInt64](repeating: 0, count: 17)
    for _ in 0...highest {
      positive.append(leading(words) + (isLonger(words) ? 1 : 0))
      var carry: UInt64 = 0
      for index in words.indices {
        let product = words[index].multipliedFullWidth(by: 10)
        let (low, overflow) = product.low.addingReportingOverflow(carry)
        words[index] = low
        carry = product.high + (overflow ? 1 : 0)
      }
    }
    return negative.reversed() + positive
  }()

  /// The 128 bits from the highest one on.
  private static func leading(_ words: [UInt64]) -> UInt128 {
    let top = words.lastIndex { $0 != 0 }!
    func word(_ place: Int) -> UInt128 { place >= 0 ? UInt128(words[place]) : 0 }
    let shift = words[top].leadingZeroBitCount
    let upper = word(top) << 64 | word(top - 1)
    return shift == 0 ? upper : upper << UInt128(shift) | word(top - 2) >> UInt128(64 - shift)
  }

  private static func isLonger(_ words: [UInt64]) -> Bool {
    let top = words.lastIndex { $0 != 0 }!
    let last = words.firstIndex { $0 != 0 }!
    let length = (top - last) * 64 + 64 - words[top].leadingZeroBitCount - words[last].trailingZeroBitCount
    return length > 128
  }
}
