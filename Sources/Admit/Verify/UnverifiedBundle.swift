// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBytes
package import MartletEvidence
import MartletFormats

/// A signature file as it came: an OpenSSF Model Signing 1.0 bundle whose claims nobody has checked.
package struct UnverifiedBundle: Sendable {
  let payload: [UInt8]
  let signature: Data
  /// How the bundle names the key; empty when it does not.
  let hint: String

  static let mediaType = "application/vnd.dev.sigstore.bundle.v0.3+json"

  /// Reads a bundle signed with a plain key.
  /// - Throws: ``SignatureError``: `notJSON`, `malformed`, `unsupported`.
  package init(_ bytes: Bytes) throws(SignatureError) {
    guard bytes.count <= Limits.signatureBundle else {
      throw .malformed("it is longer than \(Limits.signatureBundle) bytes")
    }
    let json: JSONValue
    do throws(JSONError) { json = try JSONReader.read(bytes.span) } catch { throw .notJSON(error) }
    guard json["mediaType"]?.string == Self.mediaType else {
      throw .malformed(
        "expected the media type \(Self.mediaType), found \(json["mediaType"]?.string ?? "none")")
    }
    guard let material = json["verificationMaterial"], material.members != nil else {
      throw .malformed("it lacks verificationMaterial")
    }
    guard material["certificate"] == nil, material["x509CertificateChain"] == nil else {
      throw .unsupported("it carries certificates; ask the signer for a signature made with a key")
    }
    guard let key = material["publicKey"] else { throw .malformed("it names no public key") }
    hint = key["hint"]?.string ?? ""
    guard let envelope = json["dsseEnvelope"], let signatures = envelope["signatures"]?.array,
      signatures.count == 1,
      let signature = signatures[0]["sig"]?.string.flatMap({ Data(base64Encoded: $0) }),
      let payload = envelope["payload"]?.string.flatMap({ Data(base64Encoded: $0) })
    else { throw .malformed("expected a DSSE envelope with one signature") }
    guard envelope["payloadType"]?.string == Envelope.inTotoType else {
      throw .malformed("expected the payload type \(Envelope.inTotoType)")
    }
    self.payload = Array(payload)
    self.signature = signature
  }

  /// Checks the signature, reads the statement out of the very bytes that were signed, and compares it with the model.
  /// - Throws: ``SignatureError``: `otherKey`, `doesNotFit`, `malformed`, `unsupported`, `differs`.
  package func verify(_ manifest: Manifest, with key: VerificationKey) throws(SignatureError)
    -> VerifiedBundle
  {
    guard hint.isEmpty || hint == key.hint else { throw .otherKey(hint: hint, expected: key.hint) }
    let signed = Envelope.preAuthentication(type: Envelope.inTotoType, payload: payload)
    guard key.accepts(signature, for: signed) else { throw .doesNotFit }
    let statement = try SignedManifest(payload)
    try statement.matches(manifest)
    return VerifiedBundle(keyHint: key.hint, subject: statement.subject, digest: manifest.root)
  }
}

/// A signature that was checked against a trusted key and against the model. Made only by ``UnverifiedBundle/verify(_:with:)``.
package struct VerifiedBundle: Sendable {
  /// SHA-256 hex of the key's PEM text.
  package let keyHint: String
  /// The name the signer gave the model.
  package let subject: String
  package let digest: Digest

  fileprivate init(keyHint: String, subject: String, digest: Digest) {
    self.keyHint = keyHint
    self.subject = subject
    self.digest = digest
  }
}
