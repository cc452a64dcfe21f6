// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
package import MartletBytes

/// The SHA-256 of a plaintext, which is the name of its blob.
package struct BlobDigest: Hashable, Sendable {
  package static let count = 32

  /// 32 bytes.
  package let bytes: [UInt8]

  init(_ digest: SHA256.Digest) {
    bytes = Array(digest)
  }

  package init(hashing plaintext: Bytes) {
    unsafe self.init(
      plaintext.withUnsafeBytes { bytes in
        var hasher = SHA256()
        unsafe hasher.update(bufferPointer: bytes)
        return hasher.finalize()
      })
  }

  /// `nil` unless there are 32 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == Self.count else { return nil }
    self.bytes = bytes
  }

  /// `nil` unless there are 64 digits of lower-case hex: one spelling for each digest, as in a file name.
  package init?(hex: some StringProtocol) {
    let digits = Array(hex.utf8)
    guard digits.count == 2 * Self.count else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Self.value(of: digits[index]), let low = Self.value(of: digits[index + 1]) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
  }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

extension BlobDigest: CustomStringConvertible {
  /// Lower-case hex.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
