// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletEvidence

/// An API key as its owner holds it: `mk_<env>_<id>_<secret><crc32>`.
///
/// The id finds the key in the store, the secret proves it, and the checksum lets a secret scanner and a typing
/// error be told apart without asking the store. The store holds only ``secretDigest``. The text is
/// shown once, when the key is made.
package struct APIKey: Sendable {
  /// Letters that can be selected with a double click and read aloud.
  private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
  private static let idLength = 12
  /// 43 letters of 62: 256 bits.
  private static let secretLength = 43
  /// Bytes of a presented key that are looked at.
  package static let longest = 96

  /// Where the key belongs, such as `live`: a key for a trial cannot be mistaken for one in production.
  package let environment: String
  /// 12 letters, unique, not secret.
  package let id: String
  private let secret: String

  /// Makes a key with a secret of 256 random bits.
  package static func generate(environment: String = "live") -> APIKey {
    APIKey(
      environment: environment, id: randomText(idLength), secret: randomText(secretLength))
  }

  private init(environment: String, id: String, secret: String) {
    self.environment = environment
    self.id = id
    self.secret = secret
  }

  /// Reads a key that someone presents. `nil` for anything that is not one, a wrong checksum included.
  package init?(presented text: some StringProtocol) {
    guard text.utf8.count <= Self.longest else { return nil }
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "mk", !parts[1].isEmpty, parts[1].utf8.count <= 16,
      parts[2].utf8.count == Self.idLength, parts[3].utf8.count == Self.secretLength + 8,
      parts.allSatisfy({ $0.utf8.allSatisfy { Self.alphabet.contains($0) } })
    else { return nil }
    let body = String(text.dropLast(8))
    guard String(text.suffix(8)) == checksum(body) else { return nil }
    self.init(
      environment: String(parts[1]), id: String(parts[2]),
      secret: String(parts[3].prefix(Self.secretLength)))
  }

  /// The whole key, for its owner's eyes, once.
  package func reveal() -> String {
    let body = "mk_\(environment)_\(id)_\(secret)"
    return body + checksum(body)
  }

  /// What the store keeps. The secret has 256 bits, so that a plain hash is as good as a slow one.
  package var secretDigest: Digest { .of(Array(secret.utf8)) }

  /// Compares with what the store keeps, in constant time.
  package func matches(_ stored: Digest) -> Bool { ConstantTime.equal(secretDigest.bytes, stored.bytes) }

  private static func randomText(_ length: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    return String(
      decoding: (0..<length).map { _ in alphabet.randomElement(using: &generator)! }, as: UTF8.self)
  }
}

extension APIKey: CustomStringConvertible {
  /// Never the secret.
  package var description: String { "mk_\(environment)_\(id)_…" }
}

/// CRC-32 (IEEE 802.3) of the text, as 8 hex digits.
private func checksum(_ text: String) -> String {
  var crc: UInt32 = 0xFFFF_FFFF
  for byte in text.utf8 {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
  let digits = String(~crc, radix: 16)
  return String(repeating: "0", count: 8 - digits.count) + digits
}
