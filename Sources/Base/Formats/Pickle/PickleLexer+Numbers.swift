// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How the digits of a text number are read.
enum PickleBase {
  /// As `strtol` with base 0 reads it, and `PyLong_FromString` with base 0 where that gives up.
  case detectOctal
  /// As `PyLong_FromString` with base 0 reads it.
  case detect
  /// As `PyLong_FromString` with base 10 reads it.
  case ten
}

extension PickleLexer {
  /// Reads the number in the line and refuses what the C unpickler would.
  func number(_ read: inout PickleInstruction, base: PickleBase) throws(PickleError) {
    var text = read.text
    guard !text.isEmpty else { throw bad(read, "its number is empty") }
    if base == .detect, bytes[text.upperBound - 1] == 0x4C { text = text.lowerBound..<text.upperBound - 1 }
    if let plain = plainDecimal(text) {
      guard plain >= 0 || base != .ten else { throw bad(read, "it is no index of a memo") }
      read.value = plain
      return
    }
    if base == .detectOctal, text.count == 2, bytes[text.lowerBound] == 0x30,
      bytes[text.lowerBound + 1] <= 0x31, bytes[text.lowerBound + 1] >= 0x30
    {
      read.value = Int64(bytes[text.lowerBound + 1] - 0x30)  // I00 and I01 are False and True.
      return
    }
    try lenientNumber(&read, text, base)
  }

  /// `-?[1-9][0-9]{0,17}` or `0`: what every pickler writes and every unpickler agrees on.
  private func plainDecimal(_ text: Range<Int>) -> Int64? {
    var at = text.lowerBound
    let negative = at < text.upperBound && bytes[at] == 0x2D
    if negative { at += 1 }
    let digits = text.upperBound - at
    guard digits > 0, digits <= 18, digits == 1 || bytes[at] != 0x30 else { return nil }
    var value: Int64 = 0
    while at < text.upperBound {
      let digit = bytes[at] &- 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + Int64(digit)
      at += 1
    }
    return negative ? -value : value
  }

  private func lenientNumber(
    _ read: inout PickleInstruction, _ whole: Range<Int>, _ base: PickleBase
  ) throws(PickleError) {
    var text = whole
    if let nul = text.first(where: { bytes[$0] == 0 }) { text = text.lowerBound..<nul }
    while !text.isEmpty, isSpace(bytes[text.lowerBound]) { text = text.lowerBound + 1..<text.upperBound }
    while !text.isEmpty, isSpace(bytes[text.upperBound - 1]) {
      text = text.lowerBound..<text.upperBound - 1
    }
    var at = text.lowerBound
    var negative = false
    if at < text.upperBound, bytes[at] == 0x2D || bytes[at] == 0x2B {
      negative = bytes[at] == 0x2D
      at += 1
    }
    var radix: Int64 = 10
    var underscore = false
    if base != .ten, text.upperBound - at > 1, bytes[at] == 0x30 {
      switch bytes[at + 1] | 0x20 {
      case 0x78: radix = 16
      case 0x6F: radix = 8
      case 0x62: radix = 2
      default: break
      }
      if radix != 10 {
        at += 2
        underscore = true  // An underscore may follow the prefix.
      } else if base == .detectOctal {
        radix = 8
      } else if !(at..<text.upperBound).allSatisfy({ bytes[$0] == 0x30 || bytes[$0] == 0x5F }) {
        throw bad(read, "a decimal number starts with a zero")
      }
    }
    read.isPlain = whole == text && radix == 10 && base == .detect && !underscore
    var digits = 0
    var last: UInt8 = 0x5F
    if underscore { last = 0x30 }
    while at < text.upperBound {
      let byte = bytes[at]
      at += 1
      if byte == 0x5F, last != 0x5F {
        last = byte
        read.isPlain = false
        continue
      }
      guard let digit = digitValue(byte), digit < radix else { throw bad(read, "it is not a number") }
      last = byte
      digits += 1
      let (product, over) = read.value.multipliedReportingOverflow(by: radix)
      let (sum, more) = product.addingReportingOverflow(digit)
      read.isBig = read.isBig || over || more
      read.value = read.isBig ? 0 : sum
    }
    guard digits > 0, last != 0x5F else { throw bad(read, "it is not a number") }
    if read.isBig, base != .ten { read.isPlain = read.isPlain || radix == 10 && whole == text }
    // CPython refuses more from 3.11 on, and took a long time before.
    if digits > 4300 { read.isPlain = false }
    if negative { read.value = -read.value }
    if base == .ten, read.isBig || read.value < 0 {
      throw bad(read, "it is no index of a memo")
    }
  }

  /// A float in text: what `PyOS_string_to_double` takes, which the C unpickler asks, and the spaces and underscores
  /// that `float()` takes besides, which the Python unpickler asks.
  func float(_ read: inout PickleInstruction) throws(PickleError) {
    var text = read.text
    if let nul = text.first(where: { bytes[$0] == 0 }) { text = text.lowerBound..<nul }
    while !text.isEmpty, isSpace(bytes[text.lowerBound]) { text = text.lowerBound + 1..<text.upperBound }
    while !text.isEmpty, isSpace(bytes[text.upperBound - 1]) { text = text.lowerBound..<text.upperBound - 1 }
    if text != read.text { read.isPlain = false }
    var at = text.lowerBound
    if at < text.upperBound, bytes[at] == 0x2D || bytes[at] == 0x2B { at += 1 }
    if ["inf", "infinity", "nan"].contains(where: { matches($0, at..<text.upperBound) }) { return }
    var digits = 0
    var isPlain = true
    func isDigit(_ index: Int) -> Bool { bytes[index] >= 0x30 && bytes[index] <= 0x39 }
    func skipDigits() {
      while at < text.upperBound {
        if isDigit(at) {
          digits += 1
        } else if bytes[at] == 0x5F, at > text.lowerBound, isDigit(at - 1), at + 1 < text.upperBound,
          isDigit(at + 1)
        {
          isPlain = false
        } else {
          break
        }
        at += 1
      }
    }
    skipDigits()
    if at < text.upperBound, bytes[at] == 0x2E {
      at += 1
      skipDigits()
    }
    guard digits > 0 else { throw bad(read, "it is not a number") }
    if at < text.upperBound, bytes[at] | 0x20 == 0x65 {
      at += 1
      if at < text.upperBound, bytes[at] == 0x2D || bytes[at] == 0x2B { at += 1 }
      digits = 0
      skipDigits()
    }
    guard digits > 0, at == text.upperBound else { throw bad(read, "it is not a number") }
    if !isPlain { read.isPlain = false }
  }

  /// Two's complement, least byte first.
  func binaryLong(_ read: inout PickleInstruction) {
    guard read.text.count <= 8 else {
      read.isBig = true
      return
    }
    var value: UInt64 = 0
    for index in read.text.reversed() { value = value << 8 | UInt64(bytes[index]) }
    let unused = UInt64(64 - 8 * read.text.count)
    read.value = unused == 64 ? 0 : Int64(bitPattern: value << unused) >> Int64(unused)
  }

  private func matches(_ word: String, _ range: Range<Int>) -> Bool {
    range.count == word.utf8.count && zip(range, word.utf8).allSatisfy { bytes[$0] | 0x20 == $1 }
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  private func digitValue(_ byte: UInt8) -> Int64? {
    switch byte {
    case 0x30...0x39: Int64(byte - 0x30)
    case 0x41...0x46: Int64(byte - 0x41 + 10)
    case 0x61...0x66: Int64(byte - 0x61 + 10)
    default: nil
    }
  }
}
