// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Base64 (RFC 4648 sections 4 and 5), read strictly: a value has one spelling only, so that no bit of a text can change
/// unnoticed, and no token has a twin.
package struct Base64: Sendable {
  /// `+` and `/`.
  package static let standard = Base64("+/")
  /// `-` and `_`.
  package static let url = Base64("-_")

  private let alphabet: [UInt8]
  /// By character; 255 for those that are not in the alphabet.
  private let values: [UInt8]

  private init(_ last: String) {
    let alphabet = Array(
      ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
    var values = [UInt8](repeating: 255, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    self.alphabet = alphabet
    self.values = values
  }

  package func contains(_ character: UInt8) -> Bool { values[Int(character)] < 64 }

  // MARK: Without padding

  package func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count * 4 + 2) / 3)
    var bits: UInt32 = 0
    var held: UInt32 = 0
    for byte in bytes {
      bits = (bits << 8 | UInt32(byte)) & 0xffff
      held += 8
      while held >= 6 {
        held -= 6
        text.append(alphabet[Int(bits >> held & 63)])
      }
    }
    if held > 0 { text.append(alphabet[Int(bits << (6 - held) & 63)]) }
    return text
  }

  package func text(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: encode(bytes), as: UTF8.self)
  }

  /// `nil` for padding, any other character, an impossible length, and spare bits that are not zero.
  package func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var bits: UInt32 = 0
    var held: UInt32 = 0
    for character in text {
      let value = values[Int(character)]
      guard value < 64 else { return nil }
      bits = (bits << 6 | UInt32(value)) & 0xffff
      held += 6
      if held >= 8 {
        held -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> held))
      }
    }
    guard bits & (1 << held - 1) == 0 else { return nil }
    return bytes
  }

  // MARK: With padding

  package func padded(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let text = encode(bytes)
    return text + [UInt8](repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4)
  }

  package func paddedText(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: padded(bytes), as: UTF8.self)
  }

  /// `nil` for what ``padded(_:)`` does not write.
  package func decodePadded(_ text: some StringProtocol) -> [UInt8]? { decodePadded(Array(text.utf8)) }

  /// `nil` for what ``padded(_:)`` does not write.
  package func decodePadded(_ text: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    return decodePadded(text.span, to: &bytes) == nil ? nil : bytes
  }

  /// Appends what `text` encodes, and says how many bytes that are. `nil` for what ``padded(_:)`` does not write; some of it may
  /// have been appended then.
  package func decodePadded(_ text: Span<UInt8>, to bytes: inout [UInt8]) -> Int? {
    guard text.count % 4 == 0 else { return nil }
    var count = text.count
    while count > 0, text.count - count < 2, text[count - 1] == UInt8(ascii: "=") { count -= 1 }
    let values = values
    var offset = 0
    let before = bytes.count
    while count - offset >= 4 {
      let first = UInt32(values[Int(text[offset])])
      let second = UInt32(values[Int(text[offset + 1])])
      let third = UInt32(values[Int(text[offset + 2])])
      let fourth = UInt32(values[Int(text[offset + 3])])
      guard (first | second | third | fourth) < 64 else { return nil }
      let bits = first << 18 | second << 12 | third << 6 | fourth
      bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
      bytes.append(UInt8(truncatingIfNeeded: bits))
      offset += 4
    }
    if offset < count {
      guard let rest = decode((offset..<count).map { text[$0] }) else { return nil }
      bytes += rest
    }
    return bytes.count - before
  }
}
