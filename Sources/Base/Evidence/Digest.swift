// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Crypto
package import MartletBytes

/// A SHA-256 value. Of a model version it is the OMS root digest, and it is what evidence speaks about.
package struct Digest: Hashable, Sendable {
  /// 32 bytes.
  package let bytes: [UInt8]

  /// - Precondition: 32 bytes.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == 32, "a SHA-256 value has 32 bytes")
    self.bytes = bytes
  }

  package init(_ digest: SHA256.Digest) {
    bytes = Array(digest)
  }

  /// Reads 64 lower-case hex digits; anything else is `nil`.
  package init?(hex: some StringProtocol) {
    let digits = Array(hex.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
  }

  /// 64 lower-case hex digits.
  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The first 12 hex digits, for people.
  package var short: String { String(hex.prefix(12)) }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

extension Digest {
  /// Bytes after which the pages of a mapped file are given back.
  private static let releasedPiece = 8 << 20

  /// The SHA-256 of `bytes`. A large mapped file does not stay in memory.
  package static func of(_ bytes: Bytes) -> Digest {
    var hash = SHA256()
    var done = 0
    while done < bytes.count {
      let piece = done..<min(bytes.count, done + releasedPiece)
      unsafe bytes.slice(piece).withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
      if bytes.count > releasedPiece { bytes.releasePages(piece) }
      done = piece.upperBound
    }
    return Digest(hash.finalize())
  }

  /// The SHA-256 of `bytes`.
  package static func of(_ bytes: [UInt8]) -> Digest {
    Digest(SHA256.hash(data: bytes))
  }
}

extension Digest: CustomStringConvertible {
  package var description: String { hex }
}

extension Digest: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let digest = Digest(hex: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected 64 lower-case hex digits")
    }
    self = digest
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
