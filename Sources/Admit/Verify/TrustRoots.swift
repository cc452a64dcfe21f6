// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import SwiftASN1
import X509

/// Certificates that are trusted to say who signs models.
package struct TrustRoots: Sendable {
  /// A signer whose certificate leads to a root.
  struct ValidatedSigner {
    let key: VerificationKey
    let subject: String
    let names: [String]
    let root: String
  }

  private let roots: [Certificate]
  /// nil is the present.
  private let time: Date?

  /// Reads PEM certificates, one or more. Each is a root, whoever issued it.
  /// - Parameter time: when certificates must be valid; the present unless a test says otherwise.
  /// - Throws: ``SignatureError/noTrustRoots(_:)``.
  package init(pem: String, time: Date? = nil) throws(SignatureError) {
    guard let blocks = try? PEMDocument.parseMultiple(pemString: pem), !blocks.isEmpty else {
      throw .noTrustRoots("found no PEM text")
    }
    var roots: [Certificate] = []
    for block in blocks {
      guard block.discriminator == "CERTIFICATE" else {
        throw .noTrustRoots("found a \(block.discriminator)")
      }
      guard let root = try? Certificate(derEncoded: block.derBytes) else {
        throw .noTrustRoots("number \(roots.count + 1) is damaged")
      }
      roots.append(root)
    }
    self.roots = roots
    self.time = time
  }

  /// Finds a chain from the first certificate to a root (RFC 5280), valid now, made for signing.
  /// - Throws: ``SignatureError``: `badCertificate`, `expired`, `notYetValid`, `wrongKeyUsage`, `notForCodeSigning`,
  ///   `untrusted`, `unsupported`.
  func validate(_ chain: [[UInt8]]) throws(SignatureError) -> ValidatedSigner {
    var certificates: [Certificate] = []
    for (index, der) in chain.enumerated() {
      guard let certificate = try? Certificate(derEncoded: der) else {
        throw .badCertificate("number \(index + 1) is damaged")
      }
      certificates.append(certificate)
    }
    let leaf = certificates[0]
    let now = time ?? Date()
    try check(leaf, at: now)
    try SignerUsage.check(leaf)
    guard let key = VerificationKey(leaf.publicKey) else {
      throw .unsupported("the certificate of \(leaf.subject) has no key on P-256, P-384 or P-521")
    }
    let store = CertificateStore(roots)
    let others = CertificateStore(certificates.dropFirst())
    let result = Waiting.result {
      var verifier = Verifier(rootCertificates: store) {
        ChainPolicy(now: now)
      }
      return await verifier.validate(leaf: leaf, intermediates: others)
    }
    switch result {
    case .validCertificate(let valid):
      return ValidatedSigner(
        key: key, subject: "\(leaf.subject)", names: leaf.signerNames, root: "\(Array(valid).last!.subject)")
    case .couldNotValidate(let failures):
      for certificate in failures.flatMap({ Array($0.chain) }) { try check(certificate, at: now) }
      throw .untrusted(
        failures.last.map { "\($0.policyFailureReason)" }
          ?? "no root given has issued the certificate of \(leaf.subject), by way of those that come with it")
    }
  }

  private func check(_ certificate: Certificate, at now: Date) throws(SignatureError) {
    let subject = "\(certificate.subject)"
    if certificate.notValidAfter < now {
      throw .expired(subject: subject, at: certificate.notValidAfter.formatted(.iso8601))
    }
    if certificate.notValidBefore > now {
      throw .notYetValid(subject: subject, from: certificate.notValidBefore.formatted(.iso8601))
    }
  }
}

extension Certificate {
  /// Who the certificate is about, as an ``IdentityPattern`` sees it.
  fileprivate var signerNames: [String] {
    let others = (try? extensions.subjectAlternativeNames) ?? nil
    let names = (others ?? .init([])).compactMap { name -> String? in
      switch name {
      case .rfc822Name(let address): address
      case .uniformResourceIdentifier(let uri): uri
      case .dnsName(let host): host
      default: nil
      }
    }
    if !names.isEmpty { return names }
    return subject.flatMap { part in
      part.compactMap { $0.type == .RDNAttributeType.commonName ? String($0.value) : nil }
    }
  }
}
