// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletAccess
import MartletRegistry
import NIOSSL
import SwiftASN1
import X509

/// A certificate that signs itself, for a server, or as the root of those of clients.
struct TestCertificate {
  private let name: String
  private let key = P256.Signing.PrivateKey()
  private let certificate: Certificate

  init(name: String) throws {
    self.name = name
    let signer = Certificate.PrivateKey(key)
    let subject = try DistinguishedName { CommonName(name) }
    certificate = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: signer.publicKey, notValidBefore: Date() - 60,
      notValidAfter: Date() + 3_600, issuer: subject, subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
        SubjectAlternativeNames([.dnsName(name)])
      }, issuerPrivateKey: signer)
  }

  private func pem() throws -> String { try certificate.serializeAsPEM().pemString + "\n" }

  /// For a server that shows it.
  func server() throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: [.certificate(try NIOSSLCertificate(bytes: Array(pem().utf8), format: .pem))],
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem)))
    configuration.applicationProtocols = ["http/1.1"]
    return try NIOSSLContext(configuration: configuration)
  }

  /// As `server.pem` and `server.key`.
  func write(to place: String) throws {
    try writeKey(to: place)
    try Data(pem().utf8).write(to: URL(fileURLWithPath: place + "/server.pem"))
  }

  func writeKey(to place: String) throws {
    let path = place + "/server.key"
    try Data(key.pemRepresentation.utf8).write(to: URL(fileURLWithPath: path))
    chmod(path, 0o600)
  }

  /// Whether a server shows it.
  func isShown(by served: ServedStore) async throws -> Bool {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .certificates([try NIOSSLCertificate(bytes: Array(pem().utf8), format: .pem)])
    let connection = try await RawConnection(
      port: served.port, tls: NIOSSLContext(configuration: configuration))
    defer { connection.close() }
    do { return try await connection.ask("GET", "/v2/health/live").status == 200 } catch { return false }
  }

  /// A certificate that this one has signed, for a client.
  func client(uri: String) throws -> ClientIdentity {
    let own = P256.Signing.PrivateKey()
    let made = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: Certificate.PrivateKey(own).publicKey,
      notValidBefore: Date() - 60, notValidAfter: Date() + 3_600, issuer: certificate.subject,
      subject: try DistinguishedName { CommonName("client") }, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        try ExtendedKeyUsage([.clientAuth])
        SubjectAlternativeNames([.uniformResourceIdentifier(uri)])
      }, issuerPrivateKey: .init(key))
    let pem = try made.serializeAsPEM().pemString
    return ClientIdentity(
      chain: [.certificate(try NIOSSLCertificate(bytes: Array(pem.utf8), format: .pem))],
      key: try NIOSSLPrivateKey(bytes: Array(own.pemRepresentation.utf8), format: .pem))
  }
}

/// An identity provider with one key, which stands in a file.
struct TestIssuer {
  let stored: StoredIssuer
  private let key = P256.Signing.PrivateKey()

  /// - Parameter path: a file, which is made, or an address.
  init(keysAt path: String) throws {
    stored = StoredIssuer(
      OIDCIssuer(
        issuer: "https://issuer.test", audiences: ["martlet"], algorithms: [.es256],
        mappings: [.init(claim: "groups", value: "askers", role: .predictor, models: "digits")]), keys: path)
    if !path.hasPrefix("https://") { try keySet().write(to: URL(fileURLWithPath: path)) }
  }

  /// A document with its public key.
  func keySet() throws -> Data {
    let raw = key.publicKey.rawRepresentation
    let keys: [String: Any] = [
      "keys": [
        [
          "kty": "EC", "crv": "P-256", "kid": "one", "alg": "ES256", "use": "sig",
          "x": Self.text(raw.prefix(32)), "y": Self.text(raw.suffix(32)),
        ]
      ]
    ]
    return try JSONSerialization.data(withJSONObject: keys)
  }

  /// A token whose claims are right but for those that are given.
  func token(_ claims: [String: Any]) throws -> String {
    let now = Date().timeIntervalSince1970
    let all = ["iss": "https://issuer.test", "aud": "martlet", "sub": "s1", "exp": now + 600].merging(claims)
    { $1 }
    let head = Self.text(Data(#"{"alg":"ES256","kid":"one","typ":"JWT"}"#.utf8))
    let signed = head + "." + Self.text(try JSONSerialization.data(withJSONObject: all))
    return signed + "." + Self.text(try key.signature(for: Data(signed.utf8)).rawRepresentation)
  }

  private static func text(_ data: Data) -> String {
    data.base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(
      of: "/", with: "_"
    )
    .replacingOccurrences(of: "=", with: "")
  }
}
