// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension TarReader {
  func isZero(_ range: Range<Int>) -> Bool {
    let span = bytes.span
    for index in range where span[index] != 0 { return false }
    return true
  }

  /// The sum of the header with spaces for the checksum itself; old programs summed signed bytes.
  func hasChecksum(_ at: Int) -> Bool {
    guard bytes.count - at >= 512, let stated = octal(at + 148, 8) else { return false }
    let span = bytes.span
    var plain = 0
    var signed = 0
    for index in at..<at + 512 {
      let byte = index >= at + 148 && index < at + 156 ? 0x20 : span[index]
      plain += Int(byte)
      signed += Int(Int8(bitPattern: byte))
    }
    return stated == plain || stated == signed
  }

  /// Octal digits between spaces, ended by a space or a NUL; nothing is 0. nil for anything else.
  func octal(_ at: Int, _ length: Int) -> Int? {
    let span = bytes.span
    var value = 0
    var index = at
    while index < at + length, span[index] == 0x20 { index += 1 }
    while index < at + length, span[index] != 0, span[index] != 0x20 {
      guard (0x30...0x37).contains(span[index]) else { return nil }
      value = value << 3 | Int(span[index] - 0x30)
      index += 1
    }
    // Readers take what stands behind the end of the number for part of it, or not.
    while index < at + length {
      guard span[index] == 0 || span[index] == 0x20 else { return nil }
      index += 1
    }
    return value
  }

  /// A number in octal or, with the first bit set, in base 256.
  mutating func number(_ at: Int, _ length: Int, _ field: String, _ header: Int) -> Int? {
    let value: Int?
    if bytes[at] & 0x80 == 0 {
      value = octal(at, length)
    } else {
      var sum = UInt64(bytes[at] & 0x7F)
      var fits = true
      for index in at + 1..<at + length {
        fits = fits && sum >> 55 == 0
        sum = sum << 8 | UInt64(bytes[index])
      }
      value = fits ? Int(exactly: sum) : nil
    }
    guard let value, value <= Int.max - 1024 else {
      note(.badNumber(field: field, offset: header))
      return nil
    }
    return value
  }

  /// The text of a field up to its first NUL.
  func text(_ at: Int, _ length: Int) -> String {
    let field = bytes.slice(at..<min(at + length, bytes.count)).array()
    return String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }
}
