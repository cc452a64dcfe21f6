// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import SwiftASN1
import X509

/// The certificates that go into a signature: the signer's first, then those that lead to a root. Nobody is trusted because
/// of them; whoever verifies has the root.
package struct CertificateChain: Sendable {
  /// DER, the signer's first.
  let certificates: [[UInt8]]

  /// Reads PEM certificates and makes sure that the first is about the key.
  /// - Throws: ``SignError``: `notACertificate`, `otherCertificate`.
  package init(pem: String, for key: borrowing SigningKey) throws(SignError) {
    guard let blocks = try? PEMDocument.parseMultiple(pemString: pem), !blocks.isEmpty else {
      throw .notACertificate("found no PEM text")
    }
    var certificates: [[UInt8]] = []
    for (index, block) in blocks.enumerated() {
      guard block.discriminator == "CERTIFICATE" else {
        throw .notACertificate("found a \(block.discriminator)")
      }
      guard let certificate = try? Certificate(derEncoded: block.derBytes) else {
        throw .notACertificate("number \(index + 1) is damaged")
      }
      var serializer = DER.Serializer()
      guard (try? serializer.serialize(certificate.publicKey)) != nil else {
        throw .notACertificate("number \(index + 1) has no readable key")
      }
      if index == 0, serializer.serializedBytes != key.publicDER {
        throw .otherCertificate(subject: "\(certificate.subject)")
      }
      if !certificates.contains(block.derBytes) { certificates.append(block.derBytes) }
    }
    self.certificates = certificates
  }
}
