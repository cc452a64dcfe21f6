// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes

/// The X25519 stanza of an age header: a file key wrapped for one recipient
/// (C2SP age specification, "The X25519 recipient type").
enum X25519 {
  static let kind = "X25519"
  static let shareCount = 32
  private static let info = Data("age-encryption.org/v1/X25519".utf8)

  /// - Throws: ``SealError/weakRecipient(_:)`` for a public key of low order, with which anybody could
  ///   compute the secret.
  static func wrap(_ fileKey: SymmetricKey, for recipient: SealingRecipient) throws(SealError) -> AgeStanza {
    let ephemeral = Curve25519.KeyAgreement.PrivateKey()
    let share = Array(ephemeral.publicKey.rawRepresentation)
    guard let secret = agree(ephemeral, with: recipient.publicKey) else {
      throw .weakRecipient(recipient.short)
    }
    let key = wrapKey(secret, share: share, recipient: recipient)
    return AgeStanza(
      arguments: [kind, Base64.standard.text(share)],
      body: KeyWrap.wrap(fileKey, with: key))
  }

  /// The file key, or `nil` when the stanza was made for somebody else.
  /// - Throws: ``SealError/stanza(index:_:)`` for a stanza that no recipient's software could have written.
  static func unwrap(
    _ stanza: AgeStanza, at index: Int, with secret: UnsafeRawBufferPointer, of recipient: SealingRecipient
  ) throws(SealError) -> SymmetricKey? {
    let share = try stanza.share(1, of: 2, count: shareCount, at: index)
    try KeyWrap.check(stanza, at: index)
    guard let secret = unsafe agree(privateKey(secret), with: share) else {
      throw .stanza(index: index, .lowOrderShare)
    }
    return KeyWrap.unwrap(stanza.body, with: wrapKey(secret, share: share, recipient: recipient))
  }

  /// The public key of a secret of 32 bytes.
  static func publicKey(_ secret: UnsafeRawBufferPointer) -> [UInt8] {
    Array(unsafe privateKey(secret).publicKey.rawRepresentation)
  }

  /// `nil` when the shared secret is all zero, as it is for every key of low order (RFC 7748 section 6.1). swift-crypto leaves
  /// that check to its callers.
  static func agree(
    _ key: Curve25519.KeyAgreement.PrivateKey, with publicKey: [UInt8]
  ) -> SharedSecret? {
    guard let other = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: publicKey),
      let secret = try? key.sharedSecretFromKeyAgreement(with: other)
    else { return nil }
    let bits = unsafe secret.withUnsafeBytes { unsafe $0.reduce(0) { $0 | $1 } }
    return bits == 0 ? nil : secret
  }

  static func privateKey(_ secret: UnsafeRawBufferPointer) -> Curve25519.KeyAgreement.PrivateKey {
    // Any 32 bytes are a key.
    try! unsafe Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secret)
  }

  private static func wrapKey(
    _ secret: SharedSecret, share: [UInt8], recipient: SealingRecipient
  ) -> SymmetricKey {
    secret.hkdfDerivedSymmetricKey(
      using: SHA256.self, salt: share + recipient.publicKey, sharedInfo: info, outputByteCount: 32)
  }
}
