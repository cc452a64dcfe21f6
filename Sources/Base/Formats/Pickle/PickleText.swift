// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The text and bytes of an argument, decoded as the unpickler would. Bytes that are no text become the
/// replacement character, so that a name with them is on no list.
package enum PickleText {
  /// The first argument of an instruction as text, at most `limit` bytes of it.
  package static func text(of read: PickleInstruction, in bytes: Span<UInt8>, limit: Int = .max) -> String {
    let range = read.text.prefix(limit)
    switch read.opcode {
    case .string: return String(decoding: unescape(range, bytes), as: UTF8.self)
    case .unicode: return rawUnicode(range, bytes)
    default: return String(decoding: copy(range, bytes), as: UTF8.self)
    }
  }

  /// The text in a range of the file, as it stands there.
  package static func text(_ range: Range<Int>, in bytes: Span<UInt8>) -> String {
    String(decoding: copy(range, bytes), as: UTF8.self)
  }

  private static func copy(_ range: Range<Int>, _ bytes: Span<UInt8>) -> [UInt8] {
    var copied: [UInt8] = []
    copied.reserveCapacity(range.count)
    for index in range { copied.append(bytes[index]) }
    return copied
  }

  /// The escapes of a Python bytes literal, as `PyBytes_DecodeEscape` reads them.
  private static func unescape(_ range: Range<Int>, _ bytes: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var at = range.lowerBound
    while at < range.upperBound {
      let byte = bytes[at]
      at += 1
      guard byte == 0x5C, at < range.upperBound else {
        result.append(byte)
        continue
      }
      let escape = bytes[at]
      at += 1
      switch escape {
      case 0x0A: break
      case 0x5C, 0x27, 0x22: result.append(escape)
      case 0x61: result.append(7)
      case 0x62: result.append(8)
      case 0x66: result.append(12)
      case 0x6E: result.append(10)
      case 0x72: result.append(13)
      case 0x74: result.append(9)
      case 0x76: result.append(11)
      case 0x30...0x37:
        var value = UInt(escape - 0x30)
        var digits = 1
        while digits < 3, at < range.upperBound, bytes[at] >= 0x30, bytes[at] <= 0x37 {
          value = value * 8 + UInt(bytes[at] - 0x30)
          at += 1
          digits += 1
        }
        result.append(UInt8(truncatingIfNeeded: value))
      case 0x78 where at + 1 < range.upperBound:
        if let value = hex(at..<at + 2, bytes) {
          result.append(UInt8(value))
          at += 2
        } else {
          result += [byte, escape]
        }
      default: result += [byte, escape]
      }
    }
    return result
  }

  /// Latin-1 with `\uXXXX` and `\UXXXXXXXX`, as `PyUnicode_DecodeRawUnicodeEscape` reads it.
  private static func rawUnicode(_ range: Range<Int>, _ bytes: Span<UInt8>) -> String {
    var result = String.UnicodeScalarView()
    var at = range.lowerBound
    while at < range.upperBound {
      if bytes[at] == 0x5C, at + 1 < range.upperBound, bytes[at + 1] == 0x75 || bytes[at + 1] == 0x55 {
        let digits = bytes[at + 1] == 0x75 ? 4 : 8
        if at + 2 + digits <= range.upperBound, let value = hex(at + 2..<at + 2 + digits, bytes) {
          result.append(Unicode.Scalar(value) ?? "\u{FFFD}")
          at += 2 + digits
          continue
        }
      }
      result.append(Unicode.Scalar(bytes[at]))
      at += 1
      // A backslash takes the character behind it along, so that `\\u0041` is no escape.
      if bytes[at - 1] == 0x5C, at < range.upperBound {
        result.append(Unicode.Scalar(bytes[at]))
        at += 1
      }
    }
    return String(result)
  }

  private static func hex(_ range: Range<Int>, _ bytes: Span<UInt8>) -> UInt32? {
    var value: UInt32 = 0
    for index in range {
      guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue, bytes[index] < 0x80 else {
        return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
