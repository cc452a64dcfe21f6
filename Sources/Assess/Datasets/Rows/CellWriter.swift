// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Writes cells of any length in canonical form: a byte for the type, and the value in a form that says where it ends.
///
/// | byte | value | what follows |
/// |---|---|---|
/// | 0 | missing | the length in 4 bytes, and the word that stood there |
/// | 1 | number | a 64-bit float in 8 bytes |
/// | 2 | whole number beyond 2^53 | a 64-bit integer in 8 bytes |
/// | 3 | text | the length in 4 bytes, and UTF-8 |
/// | 4, 5 | false, true | |
/// | 6 | list or object | the length in 4 bytes, and JSON without spaces, names in order |
/// | 7 | file | SHA-256, and the length in 8 bytes |
///
/// All numbers are little-endian.
struct CellWriter {
  enum Tag: UInt8 { case missing, number, whole, text, no, yes, json, file }

  private(set) var bytes: [UInt8] = []
  private(set) var ends: [Int] = []

  mutating func missing(_ word: some Collection<UInt8>) { write(.missing, counted: word) }
  mutating func text(_ text: some Collection<UInt8>) { write(.text, counted: text) }
  mutating func json(_ text: some Collection<UInt8>) { write(.json, counted: text) }

  mutating func number(_ value: Double) {
    bytes.append(Tag.number.rawValue)
    // There is one zero.
    append((value == 0 ? 0 : value).bitPattern, 8)
    ends.append(bytes.count)
  }

  mutating func whole(_ value: Int64) {
    guard value.magnitude > 1 << 53 else { return number(Double(value)) }
    bytes.append(Tag.whole.rawValue)
    append(UInt64(bitPattern: value), 8)
    ends.append(bytes.count)
  }

  mutating func truth(_ value: Bool) {
    bytes.append((value ? Tag.yes : .no).rawValue)
    ends.append(bytes.count)
  }

  mutating func file(digest: [UInt8], size: Int) {
    bytes.append(Tag.file.rawValue)
    bytes += digest
    append(UInt64(size), 8)
    ends.append(bytes.count)
  }

  private mutating func write(_ tag: Tag, counted: some Collection<UInt8>) {
    bytes.append(tag.rawValue)
    append(UInt64(counted.count), 4)
    bytes += counted
    ends.append(bytes.count)
  }

  private mutating func append(_ value: UInt64, _ count: Int) {
    for byte in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))) }
  }
}
