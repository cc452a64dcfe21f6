// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import SwiftASN1
import X509

/// An authority that issues any certificate, in or out of order.
struct TestAuthority {
  /// Noon of the first day of 2030.
  static let now = Date(timeIntervalSince1970: 1_893_499_200)

  struct Leaf {
    var name = "Signer"
    var from = now - 86_400
    var until = now + 86_400
    var usage: KeyUsage? = KeyUsage(digitalSignature: true)
    var purposes: [ExtendedKeyUsage.Usage]? = [.codeSigning]
    var mail: String? = "anna@example.com"
  }

  struct Powers {
    var isAuthority = true
    /// How many authorities there may be below.
    var longest: Int?
    var usage: KeyUsage? = KeyUsage(keyCertSign: true)
    var purposes: [ExtendedKeyUsage.Usage]?
  }

  let certificate: Certificate
  private let key: Certificate.PrivateKey

  /// - Parameter issuer: nil makes a root.
  init(
    _ name: String, by issuer: TestAuthority? = nil, key pem: String? = nil, until: Date = now + 86_400,
    from: Date = now - 86_400, _ powers: Powers = .init()
  ) {
    let secret = pem.map { try! P256.Signing.PrivateKey(pemRepresentation: $0) } ?? P256.Signing.PrivateKey()
    key = Certificate.PrivateKey(secret)
    let subject = try! DistinguishedName { CommonName(name) }
    certificate = try! Certificate(
      version: .v3, serialNumber: .init(), publicKey: key.publicKey, notValidBefore: from,
      notValidAfter: until, issuer: issuer?.certificate.subject ?? subject, subject: subject,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(
          powers.isAuthority
            ? BasicConstraints.isCertificateAuthority(maxPathLength: powers.longest)
            : BasicConstraints.notCertificateAuthority)
        if let usage = powers.usage { Critical(usage) }
        if let purposes = powers.purposes { try ExtendedKeyUsage(purposes) }
      }, issuerPrivateKey: issuer?.key ?? key)
  }

  func issue(_ leaf: Leaf, for publicPEM: String) throws -> Certificate {
    try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(pemEncoded: publicPEM), notValidBefore: leaf.from,
      notValidAfter: leaf.until, issuer: certificate.subject,
      subject: DistinguishedName { CommonName(leaf.name) },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        if let usage = leaf.usage { Critical(usage) }
        if let purposes = leaf.purposes { try ExtendedKeyUsage(purposes) }
        if let mail = leaf.mail { SubjectAlternativeNames([.rfc822Name(mail)]) }
      }, issuerPrivateKey: key)
  }
}

extension Certificate {
  func der() throws -> Data {
    var serializer = DER.Serializer()
    try serializer.serialize(self)
    return Data(serializer.serializedBytes)
  }
}

extension [Certificate] {
  func pem() throws -> String {
    try map { try $0.serializeAsPEM().pemString }.joined(separator: "\n")
  }
}
