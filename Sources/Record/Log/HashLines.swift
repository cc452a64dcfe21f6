// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletMerkle

/// Reads the lines that stand before a checkpoint in a proof or a request: each ends with a newline, hashes are base64, and
/// an empty line ends them.
struct HashLines {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What has not been read.
  var rest: [UInt8] { Array(bytes[position...]) }

  /// The next line without its newline; nil where none ends, and for what is not UTF-8.
  mutating func next() -> String? {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { position = end + 1 }
    return String(validating: bytes[position..<end], as: UTF8.self)
  }

  /// Hashes up to an empty line; nil when there are more, or something else.
  mutating func hashes(atMost most: Int) -> [TreeHash]? {
    var hashes: [TreeHash] = []
    while let line = next() {
      if line.isEmpty { return hashes }
      guard hashes.count < most, let hash = Base64.standard.decodePadded(line).flatMap({ TreeHash($0) })
      else { return nil }
      hashes.append(hash)
    }
    return nil
  }

  /// The decimal number behind a word, with no leading zeroes and below 2^63.
  static func number(_ line: String, after word: String) -> UInt64? {
    guard line.hasPrefix(word) else { return nil }
    let digits = line.dropFirst(word.count)
    guard let number = UInt64(digits), String(number) == digits, number <= UInt64(Int64.max) else {
      return nil
    }
    return number
  }

  /// Hashes, one a line, and an empty line.
  static func encode(_ hashes: [TreeHash]) -> [UInt8] {
    Array((hashes.map { Base64.standard.paddedText($0.bytes) + "\n" }.joined() + "\n").utf8)
  }
}
