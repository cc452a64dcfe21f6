// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import NIOSSL
import SwiftASN1
import X509

/// An authority that nobody but a test trusts, and its certificates.
final class TestAuthority {
  struct Certificate {
    let configuration: TLSConfiguration
  }

  private let key = X509.Certificate.PrivateKey(P256.Signing.PrivateKey())
  private let name: DistinguishedName
  private let root: X509.Certificate
  /// The authority's own certificate, as PEM.
  let path: String

  init() throws {
    name = try DistinguishedName { CommonName("Martlet tests") }
    root = try X509.Certificate(
      version: .v3, serialNumber: .init(), publicKey: key.publicKey, notValidBefore: .now - 60,
      notValidAfter: .now + 3600, issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try .init {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        KeyUsage(keyCertSign: true)
      }, issuerPrivateKey: key)
    path = FileManager.default.temporaryDirectory.appendingPathComponent("authority-\(UUID()).pem").path
    try root.serializeAsPEM().pemString.write(toFile: path, atomically: true, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func certificate(for host: String) throws -> Certificate {
    let own = P256.Signing.PrivateKey()
    let leaf = try X509.Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(own.publicKey), notValidBefore: .now - 60,
      notValidAfter: .now + 3600, issuer: name, subject: try DistinguishedName { CommonName(host) },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try .init { SubjectAlternativeNames([.dnsName(host)]) }, issuerPrivateKey: key)
    let chain = try NIOSSLCertificate.fromPEMBytes(Array(leaf.serializeAsPEM().pemString.utf8))
    return Certificate(
      configuration: .makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(own.pemRepresentation.utf8), format: .pem)))
    )
  }
}
