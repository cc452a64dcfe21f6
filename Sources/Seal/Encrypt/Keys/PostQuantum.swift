// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes

/// The post-quantum stanza of an age header: a file key sealed with HPKE under ML-KEM-768 and X25519 together
/// (C2SP age specification, "The MLKEM768-X25519 hybrid post-quantum recipient type").
enum PostQuantum {
  static let kind = "mlkem768x25519"
  static let encapsulatedCount = 1120
  private static let info = Data("age-encryption.org/mlkem768x25519".utf8)
  private static let suite = HPKE.Ciphersuite(
    kem: .XWingMLKEM768X25519, kdf: .HKDF_SHA256, aead: .chaChaPoly)

  /// - Throws: ``SealError/weakRecipient(_:)`` for bytes that are no public key.
  static func wrap(_ fileKey: SymmetricKey, for recipient: SealingRecipient) throws(SealError) -> AgeStanza {
    guard let key = try? XWingMLKEM768X25519.PublicKey(rawRepresentation: recipient.publicKey),
      var sender = try? HPKE.Sender(recipientKey: key, ciphersuite: suite, info: info),
      let body = unsafe fileKey.withUnsafeBytes({ plain in unsafe try? sender.seal(Memory.view(plain)) })
    else { throw .weakRecipient(recipient.short) }
    let share = Base64.standard.text(sender.encapsulatedKey)
    return AgeStanza(arguments: [kind, share], body: Array(body))
  }

  /// The file key, or `nil` when the stanza was made for somebody else.
  /// - Throws: ``SealError/stanza(index:_:)`` for a stanza that no recipient's software could have written.
  static func unwrap(
    _ stanza: AgeStanza, at index: Int, with secret: UnsafeRawBufferPointer
  ) throws(SealError) -> SymmetricKey? {
    let encapsulated = try stanza.share(1, of: 2, count: encapsulatedCount, at: index)
    try KeyWrap.check(stanza, at: index)
    // The last 32 bytes are a share of X25519, and with one of low order the secret would not depend on the recipient's.
    guard
      unsafe X25519.agree(
        X25519.privateKey(secret), with: Array(encapsulated.suffix(X25519.shareCount))) != nil
    else { throw .stanza(index: index, .lowOrderShare) }
    guard
      var recipient = try? unsafe HPKE.Recipient(
        privateKey: privateKey(secret), ciphersuite: suite, info: info, encapsulatedKey: Data(encapsulated)),
      var plain = try? recipient.open(stanza.body)
    else { return nil }
    defer { Memory.erase(&plain) }
    return SymmetricKey(data: plain)
  }

  /// The public key of a seed of 32 bytes.
  static func publicKey(_ seed: UnsafeRawBufferPointer) -> [UInt8] {
    Array(unsafe privateKey(seed).publicKey.rawRepresentation)
  }

  private static func privateKey(_ seed: UnsafeRawBufferPointer) -> XWingMLKEM768X25519.PrivateKey {
    // Any 32 bytes are a seed.
    try! unsafe XWingMLKEM768X25519.PrivateKey(seedRepresentation: Memory.view(seed), publicKey: nil)
  }
}
