// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBytes
package import MartletEvidence
import MartletFormats

/// A signature file as it came: an OpenSSF Model Signing 1.0 bundle whose claims nobody has checked.
package struct UnverifiedBundle: Sendable {
  /// How it says who signed.
  enum Material: Sendable {
    /// The key's hint; empty in bundles from before 1.1, which carry the key itself, and nobody believes them that.
    case key(hint: String)
    /// DER, the signer's first.
    case certificates([[UInt8]])
  }

  let payload: [UInt8]
  let signature: Data
  let material: Material

  /// - Throws: ``SignatureError``: `notJSON`, `malformed`, `unsupported`, `tooManyCertificates`.
  package init(_ bytes: Bytes) throws(SignatureError) {
    guard bytes.count <= Limits.signatureBundle else {
      throw .malformed("it is longer than \(Limits.signatureBundle) bytes")
    }
    let json: JSONValue
    do throws(JSONError) { json = try JSONReader.read(bytes.span) } catch { throw .notJSON(error) }
    guard json["mediaType"]?.string == OMS.bundleType else {
      throw .malformed(
        "expected the media type \(OMS.bundleType), found \(json["mediaType"]?.string ?? "none")")
    }
    material = try Self.material(json["verificationMaterial"])
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

  private static func material(_ value: JSONValue?) throws(SignatureError) -> Material {
    guard let value, value.members != nil else { throw .malformed("it lacks verificationMaterial") }
    let kinds = ["publicKey", "x509CertificateChain", "certificate"].filter { value[$0] != nil }
    guard kinds.count == 1 else {
      throw .malformed("expected one of a key and a certificate chain, found \(kinds.count)")
    }
    if let key = value["publicKey"] { return .key(hint: key["hint"]?.string ?? "") }
    guard let chain = value["x509CertificateChain"] else {
      throw .unsupported(
        "it was made with Sigstore's keyless signing; ask the signer for one made with a key or a certificate chain"
      )
    }
    guard let entries = chain["certificates"]?.array, !entries.isEmpty else {
      throw .malformed("its certificate chain is empty")
    }
    var certificates: [[UInt8]] = []
    for entry in entries {
      guard let der = entry["rawBytes"]?.string.flatMap({ Data(base64Encoded: $0) }) else {
        throw .malformed("a certificate is not base64")
      }
      if !certificates.contains(Array(der)) { certificates.append(Array(der)) }
      guard certificates.count <= Limits.certificates else {
        throw .tooManyCertificates(limit: Limits.certificates)
      }
    }
    return .certificates(certificates)
  }

  /// Checks the signature, reads the statement out of the very bytes that were signed, and compares it with an artifact
  /// that is open already.
  /// - Throws: ``SignatureError``.
  package func verify(_ artifact: Artifact, trusting trust: Trust) throws(SignatureError) -> VerifiedBundle {
    let (statement, signer) = try open(trust, allowsLegacy: false)
    let manifest: Manifest
    do throws(ManifestError) { manifest = try artifact.manifest(statement.serialization) } catch {
      throw .model(error)
    }
    try statement.compare(manifest, name: artifact.lastName)
    return VerifiedBundle(signer: signer, subject: statement.subject, digest: statement.root)
  }

  /// The statement, once the signature is found to be by somebody who is trusted.
  func open(_ trust: Trust, allowsLegacy: Bool) throws(SignatureError) -> (SignedStatement, Signer) {
    let (key, signer) = try trust.key(for: material)
    let signed = Envelope.preAuthentication(type: Envelope.inTotoType, payload: payload)
    guard
      key.accepts(signature, for: signed)
        || allowsLegacy && key.accepts(signature, forLegacy: LegacyEncoding.preAuthentication(payload))
    else { throw .doesNotFit }
    return (try SignedStatement(payload, allowsLegacy: allowsLegacy), signer)
  }
}

/// A signature that was checked against somebody who is trusted and against the model. Made only by
/// ``UnverifiedBundle/verify(_:trusting:)`` and ``ModelVerifier``.
package struct VerifiedBundle: Sendable {
  package let signer: Signer
  /// The name the signer gave the model.
  package let subject: String
  /// The root digest that was signed.
  package let digest: Digest

  init(signer: Signer, subject: String, digest: Digest) {
    self.signer = signer
    self.subject = subject
    self.digest = digest
  }
}
