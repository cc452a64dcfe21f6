// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes

/// The stanza for an Ed25519 key of OpenSSH: X25519 with the curve point of the signing key in its other form, and a tweak that
/// keeps this use of the key apart from every other.
///
/// Unlike the other stanzas it names its recipient, by the start of a hash of the public key.
/// Source: the age reference implementation, package `agessh`; the format is not in the C2SP specification.
enum SSHEd25519 {
  static let kind = "ssh-ed25519"
  private static let tagCount = 4
  private static let label = Data("age-encryption.org/v1/ssh-ed25519".utf8)

  /// - Throws: ``SealError/weakRecipient(_:)`` for a public key that is no point, or one of low order.
  static func wrap(_ fileKey: SymmetricKey, for recipient: SealingRecipient) throws(SealError) -> AgeStanza {
    let ephemeral = Curve25519.KeyAgreement.PrivateKey()
    let share = Array(ephemeral.publicKey.rawRepresentation)
    guard let montgomery = Field25519.montgomery(ofEdwards: recipient.publicKey),
      let secret = X25519.agree(ephemeral, with: montgomery),
      let key = wrapKey(secret, share: share, montgomery: montgomery, recipient)
    else { throw .weakRecipient(recipient.short) }
    return AgeStanza(
      arguments: [kind, tag(of: recipient), Base64.standard.text(share)],
      body: KeyWrap.wrap(fileKey, with: key))
  }

  /// The file key, or `nil` when the stanza was made for somebody else.
  /// - Throws: ``SealError/stanza(index:_:)`` for a stanza that no recipient's software could have written.
  static func unwrap(
    _ stanza: AgeStanza, at index: Int, with seed: UnsafeRawBufferPointer, of recipient: SealingRecipient
  ) throws(SealError) -> SymmetricKey? {
    let share = try stanza.share(2, of: 3, count: X25519.shareCount, at: index)
    guard stanza.arguments[1] == tag(of: recipient) else { return nil }
    try KeyWrap.check(stanza, at: index)
    let secretKey = unsafe scalar(seed)
    guard let secret = X25519.agree(secretKey, with: share),
      let key = wrapKey(
        secret, share: share, montgomery: Array(secretKey.publicKey.rawRepresentation), recipient)
    else { throw .stanza(index: index, .lowOrderShare) }
    return KeyWrap.unwrap(stanza.body, with: key)
  }

  /// The Ed25519 public key of a seed of 32 bytes.
  static func publicKey(_ seed: UnsafeRawBufferPointer) -> [UInt8] {
    // Any 32 bytes are a seed.
    Array(
      try! unsafe Curve25519.Signing.PrivateKey(rawRepresentation: seed).publicKey.rawRepresentation)
  }

  /// What Ed25519 multiplies the base point with (RFC 8032 section 5.1.5, steps 1 and 2).
  private static func scalar(_ seed: UnsafeRawBufferPointer) -> Curve25519.KeyAgreement.PrivateKey {
    var hash = Array(unsafe SHA512.hash(data: Memory.view(seed)))
    defer { hash.erase() }
    return unsafe hash.withUnsafeBytes {
      unsafe X25519.privateKey(UnsafeRawBufferPointer(rebasing: $0[..<32]))
    }
  }

  private static func wrapKey(
    _ secret: SharedSecret, share: [UInt8], montgomery: [UInt8], _ recipient: SealingRecipient
  ) -> SymmetricKey? {
    let tweak = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: Data()), salt: OpenSSHKey.wire(recipient.publicKey), info: label,
      outputByteCount: 32)
    let tweaking = unsafe tweak.withUnsafeBytes { unsafe X25519.privateKey($0) }
    let point = unsafe secret.withUnsafeBytes { unsafe Array($0) }
    return X25519.agree(tweaking, with: point)?.hkdfDerivedSymmetricKey(
      using: SHA256.self, salt: share + montgomery, sharedInfo: label, outputByteCount: 32)
  }

  private static func tag(of recipient: SealingRecipient) -> String {
    let hash = Array(SHA256.hash(data: OpenSSHKey.wire(recipient.publicKey)))
    return Base64.standard.text(hash.prefix(tagCount))
  }
}
