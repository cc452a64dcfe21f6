// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
package import Foundation
import MartletEvidence
import SwiftASN1
import X509

/// A public key that is trusted to sign: ECDSA over P-256, P-384 or P-521, with SHA-256, SHA-384 or SHA-512.
package struct VerificationKey: Sendable {
  private enum Curve: Sendable {
    case p256(P256.Signing.PublicKey)
    case p384(P384.Signing.PublicKey)
    case p521(P521.Signing.PublicKey)
  }

  private let curve: Curve
  /// How an OMS bundle names the key: SHA-256 hex of its PEM text.
  package let hint: String
  /// SPKI.
  package let pem: String

  /// Reads the one public key of a PEM text; what stands before it for people is passed over.
  /// - Throws: ``SignatureError/notAKey``.
  package init(pem text: String) throws(SignatureError) {
    let blocks = (try? PEMDocument.parseMultiple(pemString: text)) ?? []
    guard blocks.count == 1, blocks[0].discriminator == "PUBLIC KEY" else { throw .notAKey }
    let pem = blocks[0].pemString
    if let key = try? P256.Signing.PublicKey(pemRepresentation: pem) {
      self.init(.p256(key), key.pemRepresentation)
    } else if let key = try? P384.Signing.PublicKey(pemRepresentation: pem) {
      self.init(.p384(key), key.pemRepresentation)
    } else if let key = try? P521.Signing.PublicKey(pemRepresentation: pem) {
      self.init(.p521(key), key.pemRepresentation)
    } else {
      throw .notAKey
    }
  }

  /// The key of a certificate; `nil` when it is not on one of the three curves.
  init?(_ key: Certificate.PublicKey) {
    if let key = P256.Signing.PublicKey(key) {
      self.init(.p256(key), key.pemRepresentation)
    } else if let key = P384.Signing.PublicKey(key) {
      self.init(.p384(key), key.pemRepresentation)
    } else if let key = P521.Signing.PublicKey(key) {
      self.init(.p521(key), key.pemRepresentation)
    } else {
      return nil
    }
  }

  private init(_ curve: Curve, _ pem: String) {
    self.curve = curve
    self.pem = pem
    hint = KeyHint.of(pem: pem)
  }

  /// Whether `der` is this key's signature of `signed`.
  package func accepts(_ der: Data, for signed: [UInt8]) -> Bool {
    switch curve {
    case .p256(let key):
      (try? P256.Signing.ECDSASignature(derRepresentation: der)).map { key.isValidSignature($0, for: signed) }
        ?? false
    case .p384(let key):
      (try? P384.Signing.ECDSASignature(derRepresentation: der)).map { key.isValidSignature($0, for: signed) }
        ?? false
    case .p521(let key):
      (try? P521.Signing.ECDSASignature(derRepresentation: der)).map { key.isValidSignature($0, for: signed) }
        ?? false
    }
  }

  /// As ``accepts(_:for:)`` with SHA-256 for every curve, as it was before OMS 1.0.
  func accepts(_ der: Data, forLegacy signed: [UInt8]) -> Bool {
    let digest = SHA256.hash(data: signed)
    return switch curve {
    case .p256(let key):
      (try? P256.Signing.ECDSASignature(derRepresentation: der)).map { key.isValidSignature($0, for: digest) }
        ?? false
    case .p384(let key):
      (try? P384.Signing.ECDSASignature(derRepresentation: der)).map { key.isValidSignature($0, for: digest) }
        ?? false
    case .p521(let key):
      (try? P521.Signing.ECDSASignature(derRepresentation: der)).map { key.isValidSignature($0, for: digest) }
        ?? false
    }
  }
}
