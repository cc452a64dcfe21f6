// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation

/// The X25519 stanza of an age header: a file key wrapped for one recipient
/// (C2SP age specification, "The X25519 recipient type").
enum X25519 {
  static let kind = "X25519"
  private static let info = Data("age-encryption.org/v1/X25519".utf8)
  private static let fileKeyCount = 16
  private static let tagCount = 16

  /// - Throws: ``SealError/weakRecipient(_:)`` for a public key of low order, with which anybody could
  ///   compute the secret.
  static func wrap(_ fileKey: SymmetricKey, for recipient: SealingRecipient) throws(SealError) -> AgeStanza {
    let ephemeral = Curve25519.KeyAgreement.PrivateKey()
    let share = Array(ephemeral.publicKey.rawRepresentation)
    guard let secret = agree(ephemeral, with: recipient.publicKey) else {
      throw .weakRecipient(recipient.description)
    }
    let key = wrapKey(secret, share: share, recipient: recipient)
    let body = unsafe fileKey.withUnsafeBytes { plain in
      // Sealing fails for keys and nonces of the wrong length only.
      let box = unsafe try! ChaChaPoly.seal(Memory.view(plain), using: key, nonce: zeroNonce)
      return Array(box.ciphertext + box.tag)
    }
    return AgeStanza(
      arguments: [kind, String(decoding: Base64.encode(share), as: UTF8.self)], body: body)
  }

  /// The file key, or `nil` when the stanza was made for somebody else.
  /// - Throws: ``SealError/stanza(index:_:)`` for a stanza that no recipient's software could have written.
  static func unwrap(
    _ stanza: AgeStanza, at index: Int, with identity: borrowing SealingIdentity
  ) throws(SealError) -> SymmetricKey? {
    guard stanza.arguments.count == 2 else {
      throw .stanza(index: index, .argumentCount(expected: 2, found: stanza.arguments.count))
    }
    guard let share = Base64.decode(stanza.arguments[1].utf8), share.count == SealingRecipient.byteCount
    else { throw .stanza(index: index, .badShare) }
    // Before decrypting: a body of another length could be made to open under several keys
    // (a partitioning oracle).
    guard stanza.body.count == fileKeyCount + tagCount else {
      throw .stanza(index: index, .bodyLength(expected: fileKeyCount + tagCount, found: stanza.body.count))
    }
    guard let secret = try identity.agree(with: share) else {
      throw .stanza(index: index, .lowOrderShare)
    }
    let key = wrapKey(secret, share: share, recipient: identity.recipient)
    guard let box = try? ChaChaPoly.SealedBox(combined: Data(zeroNonce) + stanza.body),
      var plain = try? ChaChaPoly.open(box, using: key)
    else { return nil }
    defer { Memory.erase(&plain) }
    return SymmetricKey(data: plain)
  }

  /// `nil` when the shared secret is all zero. swift-crypto leaves that check to its callers.
  static func agree(
    _ key: Curve25519.KeyAgreement.PrivateKey, with publicKey: [UInt8]
  ) -> SharedSecret? {
    guard let other = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: publicKey),
      let secret = try? key.sharedSecretFromKeyAgreement(with: other)
    else { return nil }
    let bits = unsafe secret.withUnsafeBytes { unsafe $0.reduce(0) { $0 | $1 } }
    return bits == 0 ? nil : secret
  }

  private static func wrapKey(
    _ secret: SharedSecret, share: [UInt8], recipient: SealingRecipient
  ) -> SymmetricKey {
    secret.hkdfDerivedSymmetricKey(
      using: SHA256.self, salt: share + recipient.publicKey, sharedInfo: info, outputByteCount: 32)
  }

  private static var zeroNonce: ChaChaPoly.Nonce {
    // A nonce of 12 bytes is always accepted. It may be zero, because each wrap key is used once.
    try! ChaChaPoly.Nonce(data: [UInt8](repeating: 0, count: 12))
  }
}
