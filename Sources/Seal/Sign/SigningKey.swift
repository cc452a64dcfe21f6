// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
package import Foundation
package import MartletEvidence
import SwiftASN1

/// A private key that signs models and evidence: ECDSA over P-256, P-384 or P-521, with SHA-256, SHA-384 or SHA-512.
///
///     let key = SigningKey(.p256)
///     let key = try SigningKey(pem: text)
package struct SigningKey: ~Copyable, Sendable {
  package enum Curve: String, Sendable, CaseIterable { case p256, p384, p521 }

  private enum Secret: Sendable {
    case p256(P256.Signing.PrivateKey)
    case p384(P384.Signing.PrivateKey)
    case p521(P521.Signing.PrivateKey)
  }

  private let secret: Secret

  /// Makes a new key.
  package init(_ curve: Curve) {
    secret =
      switch curve {
      case .p256: .p256(.init())
      case .p384: .p384(.init())
      case .p521: .p521(.init())
      }
  }

  /// Reads a PEM key: PKCS#8 plain or encrypted, or SEC 1. Other blocks in the text, such as EC PARAMETERS, are passed over.
  /// - Throws: ``SignError``: `notAKey`, `wantsPassphrase`, and for an encrypted key what ``EncryptedKey`` throws.
  package init(pem: String, passphrase: [UInt8]? = nil) throws(SignError) {
    guard let blocks = try? PEMDocument.parseMultiple(pemString: pem) else {
      throw .notAKey(found: "no PEM text")
    }
    let keys = blocks.filter { $0.discriminator.hasSuffix("PRIVATE KEY") }
    guard keys.count == 1 else {
      let kinds = blocks.map(\.discriminator).joined(separator: ", ")
      throw .notAKey(found: keys.isEmpty ? (kinds.isEmpty ? "no key" : kinds) : "\(keys.count) keys")
    }
    var key = keys[0]
    if key.discriminator == EncryptedKey.label {
      guard let passphrase else { throw .wantsPassphrase }
      key = PEMDocument(
        type: "PRIVATE KEY", derBytes: try EncryptedKey.decrypt(key.derBytes, with: passphrase))
    }
    let text = key.pemString
    if let key = try? P256.Signing.PrivateKey(pemRepresentation: text) {
      secret = .p256(key)
    } else if let key = try? P384.Signing.PrivateKey(pemRepresentation: text) {
      secret = .p384(key)
    } else if let key = try? P521.Signing.PrivateKey(pemRepresentation: text) {
      secret = .p521(key)
    } else {
      throw keys[0].discriminator == EncryptedKey.label
        ? .wrongPassphrase : .notAKey(found: "a \(key.discriminator) of another kind")
    }
  }

  package var curve: Curve {
    switch secret {
    case .p256: .p256
    case .p384: .p384
    case .p521: .p521
    }
  }

  /// PKCS#8, for the key's file only.
  package var secretPEM: String {
    switch secret {
    case .p256(let key): key.pemRepresentation
    case .p384(let key): key.pemRepresentation
    case .p521(let key): key.pemRepresentation
    }
  }

  /// SPKI.
  package var publicPEM: String {
    switch secret {
    case .p256(let key): key.publicKey.pemRepresentation
    case .p384(let key): key.publicKey.pemRepresentation
    case .p521(let key): key.publicKey.pemRepresentation
    }
  }

  /// SPKI.
  package var publicDER: [UInt8] {
    switch secret {
    case .p256(let key): Array(key.publicKey.derRepresentation)
    case .p384(let key): Array(key.publicKey.derRepresentation)
    case .p521(let key): Array(key.publicKey.derRepresentation)
    }
  }

  /// A DER ECDSA signature of `bytes`.
  package func signature(of bytes: [UInt8]) -> Data {
    // Signing with a key that was read or made fails only when memory runs out.
    switch secret {
    case .p256(let key): try! key.signature(for: bytes).derRepresentation
    case .p384(let key): try! key.signature(for: bytes).derRepresentation
    case .p521(let key): try! key.signature(for: bytes).derRepresentation
    }
  }

  /// Signs an in-toto statement.
  /// - Parameter keyID: how the envelope names the key; OMS leaves it empty.
  package func envelope(_ payload: [UInt8], keyID: String) -> Envelope {
    let signed = Envelope.preAuthentication(type: Envelope.inTotoType, payload: payload)
    return Envelope(
      payload: Data(payload).base64EncodedString(), payloadType: Envelope.inTotoType,
      signatures: [.init(keyid: keyID, sig: signature(of: signed).base64EncodedString())])
  }
}
