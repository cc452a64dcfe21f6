// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletEvidence

/// A public key that is trusted to sign models: ECDSA over P-256, P-384 or P-521, with SHA-256, SHA-384 or SHA-512.
package struct VerificationKey: Sendable {
  private enum Curve: Sendable {
    case p256(P256.Signing.PublicKey)
    case p384(P384.Signing.PublicKey)
    case p521(P521.Signing.PublicKey)
  }

  private let curve: Curve
  /// How an OMS bundle names the key: SHA-256 hex of its PEM text.
  package let hint: String

  /// - Throws: ``SignatureError/notAKey``.
  package init(pem: String) throws(SignatureError) {
    if let key = try? P256.Signing.PublicKey(pemRepresentation: pem) {
      curve = .p256(key)
      hint = Self.hint(key.pemRepresentation)
    } else if let key = try? P384.Signing.PublicKey(pemRepresentation: pem) {
      curve = .p384(key)
      hint = Self.hint(key.pemRepresentation)
    } else if let key = try? P521.Signing.PublicKey(pemRepresentation: pem) {
      curve = .p521(key)
      hint = Self.hint(key.pemRepresentation)
    } else {
      throw .notAKey
    }
  }

  /// Whether `der` is this key's signature of `signed`.
  func accepts(_ der: Data, for signed: [UInt8]) -> Bool {
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

  /// The PEM text ends with a line break where the reference tool hashes it.
  private static func hint(_ pem: String) -> String {
    Digest.of(Array((pem.hasSuffix("\n") ? pem : pem + "\n").utf8)).hex
  }
}
