// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The text form of age keys: Bech32 (BIP 173) without its length limit, as the age specification has it.
///
/// Works on bytes rather than strings, so that the text of a secret key can be erased.
enum Bech32 {
  private static let alphabet = [UInt8]("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
  private static let checksumCount = 6

  /// In lower case. `prefix` is lower case too.
  static func encode(prefix: String, _ bytes: Span<UInt8>) -> [UInt8] {
    var values: [UInt8] = []
    values.reserveCapacity(bytes.count * 8 / 5 + 1 + checksumCount)
    var bits: UInt32 = 0
    var held: UInt32 = 0
    for index in bytes.indices {
      bits = (bits << 8 | UInt32(bytes[index])) & 0xfff
      held += 8
      while held >= 5 {
        held -= 5
        values.append(UInt8(bits >> held & 31))
      }
    }
    if held > 0 { values.append(UInt8(bits << (5 - held) & 31)) }
    let zeros = [UInt8](repeating: 0, count: checksumCount)
    let remainder = checksum(prefix: Array(prefix.utf8), values, zeros) ^ 1
    for place in (0..<UInt32(checksumCount)).reversed() {
      values.append(UInt8(remainder >> (5 * place) & 31))
    }
    defer { values.erase() }
    var text = Array(prefix.utf8)
    text.reserveCapacity(text.count + 1 + values.count)
    text.append(UInt8(ascii: "1"))
    for value in values { text.append(alphabet[Int(value)]) }
    return text
  }

  /// The bytes behind `text`, whose prefix must be exactly `prefix`, in its case: age writes recipients in
  /// lower case and identities in upper case.
  static func decode(prefix: String, _ text: Span<UInt8>) throws(KeyTextFault) -> [UInt8] {
    let expected = Array(prefix.utf8)
    var lower = false
    var upper = false
    var separator: Int?
    for index in text.indices {
      let character = text[index]
      guard (0x21...0x7e).contains(character) else { throw .invalidCharacter(offset: index) }
      if (0x61...0x7a).contains(character) { lower = true }
      if (0x41...0x5a).contains(character) { upper = true }
      if character == UInt8(ascii: "1") { separator = index }
    }
    guard !(lower && upper) else { throw .mixedCase }
    guard let separator, separator == expected.count,
      expected.indices.allSatisfy({ text[$0] == expected[$0] })
    else { throw .wrongPrefix(expected: prefix + "1") }

    var values: [UInt8] = []
    values.reserveCapacity(text.count - separator)
    defer { values.erase() }
    for index in separator + 1..<text.count {
      guard let value = alphabet.firstIndex(of: text[index] | (upper ? 0x20 : 0)) else {
        throw .invalidCharacter(offset: index)
      }
      values.append(UInt8(value))
    }
    guard values.count >= checksumCount else { throw .badChecksum }
    // The checksum is always computed over lower case.
    guard checksum(prefix: expected.map { upper ? lowercased($0) : $0 }, values) == 1 else {
      throw .badChecksum
    }

    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * 5 / 8 + 1)
    var bits: UInt32 = 0
    var held: UInt32 = 0
    for value in values.dropLast(checksumCount) {
      bits = (bits << 5 | UInt32(value)) & 0xfff
      held += 5
      if held >= 8 {
        held -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> held))
      }
    }
    guard held < 5, bits & (1 << held - 1) == 0 else {
      bytes.erase()
      throw .badPadding
    }
    return bytes
  }

  private static func lowercased(_ character: UInt8) -> UInt8 {
    (0x41...0x5a).contains(character) ? character | 0x20 : character
  }

  /// The BCH code of BIP 173 over the expanded prefix and the values. It is 1 when the values end with
  /// their checksum.
  private static func checksum(prefix: [UInt8], _ values: [UInt8], _ more: [UInt8] = []) -> UInt32 {
    var state: UInt32 = 1
    for character in prefix { absorb(character >> 5, into: &state) }
    absorb(0, into: &state)
    for character in prefix { absorb(character & 31, into: &state) }
    for value in values { absorb(value, into: &state) }
    for value in more { absorb(value, into: &state) }
    return state
  }

  private static func absorb(_ value: UInt8, into state: inout UInt32) {
    let top = state >> 25
    state = (state & 0x1ff_ffff) << 5 ^ UInt32(value)
    if top & 1 != 0 { state ^= 0x3b6a_57b2 }
    if top & 2 != 0 { state ^= 0x2650_8e6d }
    if top & 4 != 0 { state ^= 0x1ea1_19fa }
    if top & 8 != 0 { state ^= 0x3d42_33dd }
    if top & 16 != 0 { state ^= 0x2a14_62b3 }
  }
}
