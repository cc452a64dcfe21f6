// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation

/// A DSSE envelope: signed bytes with their type (https://github.com/secure-systems-lab/dsse, `protocol.md`).
///
/// An envelope proves nothing until ``EvidenceVerifier/open(_:)`` has checked it.
package struct Envelope: Codable, Sendable, Equatable {
  package struct Signature: Codable, Sendable, Equatable {
    package let keyid: String?
    /// Base64 of a DER ECDSA signature.
    package let sig: String

    package init(keyid: String?, sig: String) {
      self.keyid = keyid
      self.sig = sig
    }
  }

  /// Base64.
  package let payload: String
  package let payloadType: String
  package let signatures: [Signature]

  package init(payload: String, payloadType: String, signatures: [Signature]) {
    self.payload = payload
    self.payloadType = payloadType
    self.signatures = signatures
  }

  package static let inTotoType = "application/vnd.in-toto+json"

  /// What is signed: the DSSE pre-authentication encoding.
  package static func preAuthentication(type: String, payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
  }

  /// The envelope as it is stored and shown: JSON with sorted keys.
  package func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Three strings and a list of them: there is nothing in it that could fail to encode.
    return Array(try! encoder.encode(self))
  }

  /// The name of this piece of evidence: SHA-256 of ``encoded()``.
  package var digest: Digest { .of(encoded()) }
}

/// Signs evidence with ECDSA P-256. The key never leaves it.
package struct EvidenceSigner: Sendable {
  private let key: P256.Signing.PrivateKey

  /// Makes a new key.
  package init() {
    key = P256.Signing.PrivateKey()
  }

  /// Reads a PKCS#8 PEM key.
  package init(pem: String) throws(EvidenceError) {
    do { key = try P256.Signing.PrivateKey(pemRepresentation: pem) } catch { throw .notAKey }
  }

  /// PKCS#8, for the key store only.
  package var secretPEM: String { key.pemRepresentation }

  package var verifier: EvidenceVerifier { EvidenceVerifier(key.publicKey) }

  package func sign(_ statement: Statement<some EvidencePredicate>) -> Envelope {
    sign(payload: statement.payload())
  }

  /// Signs a statement that is there as bytes.
  package func sign(payload: [UInt8]) -> Envelope {
    let signed = Envelope.preAuthentication(type: Envelope.inTotoType, payload: payload)
    // Signing with a key that was read or made fails only when memory runs out.
    let signature = try! key.signature(for: signed)
    return Envelope(
      payload: Data(payload).base64EncodedString(), payloadType: Envelope.inTotoType,
      signatures: [.init(keyid: verifier.keyID, sig: signature.derRepresentation.base64EncodedString())])
  }
}

/// Checks evidence against one key that is trusted.
package struct EvidenceVerifier: Sendable {
  private let key: P256.Signing.PublicKey

  init(_ key: P256.Signing.PublicKey) {
    self.key = key
  }

  /// Reads an SPKI PEM key.
  package init(pem: String) throws(EvidenceError) {
    do { key = try P256.Signing.PublicKey(pemRepresentation: pem) } catch { throw .notAKey }
  }

  package var pem: String { key.pemRepresentation }

  /// SHA-256 hex of the SPKI DER: short, and the same wherever the key is read from.
  package var keyID: String { Digest.of(Array(key.derRepresentation)).hex }

  /// The signed payload, once one of the signatures is found to be by this key.
  /// - Throws: ``EvidenceError``.
  package func open(_ envelope: Envelope) throws(EvidenceError) -> [UInt8] {
    guard envelope.payloadType == Envelope.inTotoType else { throw .payloadType(envelope.payloadType) }
    guard let payload = Data(base64Encoded: envelope.payload) else { throw .notBase64 }
    let signed = Envelope.preAuthentication(type: envelope.payloadType, payload: Array(payload))
    for signature in envelope.signatures {
      guard let der = Data(base64Encoded: signature.sig),
        let parsed = try? P256.Signing.ECDSASignature(derRepresentation: der)
      else { continue }
      if key.isValidSignature(parsed, for: signed) { return Array(payload) }
    }
    throw .notSignedBy(keyID)
  }
}

/// Why evidence is not believed.
package enum EvidenceError: Error, Equatable, Sendable {
  case notAKey
  case payloadType(String)
  case notBase64
  case notSignedBy(String)
  /// The payload is signed, but says something else than it should.
  case malformed(String)
}

extension EvidenceError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAKey: "expected a P-256 key in PEM form, found something else"
    case .payloadType(let type): "expected the payload type \(Envelope.inTotoType), found \(type)"
    case .notBase64: "the payload of the envelope is not base64"
    case .notSignedBy(let key): "no signature in the envelope is by the trusted key \(key.prefix(12))"
    case .malformed(let what): "the statement is signed but malformed: \(what)"
    }
  }
}
