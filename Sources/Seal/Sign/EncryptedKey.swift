// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import CryptoExtras
import Foundation
import SwiftASN1

/// Private keys behind a passphrase: PKCS#8 `EncryptedPrivateKeyInfo` with PBES2 (RFC 5958, RFC 8018, RFC 7914), as
/// `openssl pkey` reads and writes it.
///
/// Written is scrypt with AES-256-CBC. Read are also PBKDF2 and the shorter AES keys. The format has no integrity of its
/// own: that the passphrase was right shows only in what comes out, a key.
enum EncryptedKey {
  static let label = "ENCRYPTED PRIVATE KEY"

  /// scrypt with 16 MiB, five times: what OWASP recommends within the memory that openssl grants by default.
  private static let written = KeyDerivation.Scrypt(cost: 1 << 14, blockSize: 8, parallelism: 5)

  /// - Throws: ``SignError``: `wrongPassphrase`, `unsupportedEncryption`, `tooCostly`, `notAKey` when it is no such DER.
  static func decrypt(_ der: [UInt8], with passphrase: [UInt8]) throws(SignError) -> [UInt8] {
    let info: EncryptedKeyInfo
    do {
      info = try EncryptedKeyInfo(derEncoded: der)
    } catch let error as SignError {
      throw error
    } catch {
      throw .notAKey(found: "a damaged \(label)")
    }
    let key = try info.derivation.key(from: passphrase, bytes: info.keyBytes)
    guard let iv = try? AES._CBC.IV(ivBytes: info.iv),
      let plain = try? AES._CBC.decrypt(info.ciphertext, using: key, iv: iv)
    else { throw .wrongPassphrase }
    return Array(plain)
  }

  /// - Throws: ``SignError/emptyPassphrase``.
  static func encrypt(_ der: [UInt8], with passphrase: [UInt8]) throws(SignError) -> [UInt8] {
    guard !passphrase.isEmpty else { throw .emptyPassphrase }
    var random = SystemRandomNumberGenerator()
    let salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
    let iv = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
    let derivation = KeyDerivation.scrypt(written, salt: salt)
    let key = try derivation.key(from: passphrase, bytes: 32)
    // All lengths are right: nothing here can fail.
    let ciphertext = try! AES._CBC.encrypt(der, using: key, iv: AES._CBC.IV(ivBytes: iv))
    let info = EncryptedKeyInfo(derivation: derivation, keyBytes: 32, iv: iv, ciphertext: Array(ciphertext))
    var serializer = DER.Serializer()
    try! serializer.serialize(info)
    return serializer.serializedBytes
  }
}

extension SigningKey {
  /// PKCS#8 behind a passphrase.
  /// - Throws: ``SignError/emptyPassphrase``.
  package func encryptedPEM(_ passphrase: [UInt8]) throws(SignError) -> String {
    // It was written by swift-crypto just now.
    let plain = try! PEMDocument(pemString: secretPEM)
    return PEMDocument(
      type: EncryptedKey.label, derBytes: try EncryptedKey.encrypt(plain.derBytes, with: passphrase)
    ).pemString
  }
}
