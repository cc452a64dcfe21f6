// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
package import Foundation
import MartletFiles
package import MartletLifecycle
import NIOSSL
import SwiftASN1
import X509

/// The certificate that the server makes for itself, for loopback only. Clients trust it by its file,
/// `curl --cacert $MARTLET_HOME/server.pem`.
package enum SelfMadeCertificate {
  private static let lifetime: TimeInterval = 397 * 86_400
  private static let renewedBefore: TimeInterval = 30 * 86_400

  /// The server's TLS set-up, with the certificate of the store. It is made when there is none, and renewed when it ends
  /// within 30 days.
  static func configuration(_ store: Store, at time: Date) throws -> TLSConfiguration {
    let home = store.home
    if try !isUsable(home, at: time) { try make(home, at: time) }
    guard let key = try OwnerOnly.read(home.serverKey) else { throw StoreError.missingKey(home.serverKey) }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(home.certificate).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: key, format: .pem)))
    configuration.minimumTLSVersion = .tlsv13
    return configuration
  }

  /// How long the server's certificate holds.
  package static func checkup(_ home: Home, at time: Date) -> Checkup {
    let subject = "certificate"
    let pem: [UInt8]?
    do throws(FilesError) {
      pem = try WholeFile.read(home.certificate, atMost: 1 << 16)
    } catch {
      return Checkup(subject, .bad, error.description)
    }
    guard let pem else { return Checkup(subject, .note, "there is none yet: martlet serve makes one") }
    guard let certificate = try? Certificate(pemEncoded: String(decoding: pem, as: UTF8.self)) else {
      return Checkup(
        subject, .bad,
        "expected a certificate in \(home.certificate), found something else: remove it, and martlet serve makes a new one"
      )
    }
    let end = certificate.notValidAfter.formatted(.iso8601)
    if time < certificate.notValidBefore {
      return Checkup(
        subject, .bad,
        "\(home.certificate) holds from \(certificate.notValidBefore.formatted(.iso8601)) on: set the clock, by NTP"
      )
    }
    if time >= certificate.notValidAfter {
      return Checkup(
        subject, .bad,
        "\(home.certificate) ended on \(end): start martlet serve again, which makes a new one, and give it to the clients"
      )
    }
    let isEnding = time >= certificate.notValidAfter.addingTimeInterval(-renewedBefore)
    return Checkup(
      subject, isEnding ? .note : .good,
      "\(home.certificate) holds until \(end)" + (isEnding ? ": the next martlet serve makes a new one" : ""))
  }

  private static func isUsable(_ home: Home, at time: Date) throws -> Bool {
    guard let pem = try WholeFile.read(home.certificate, atMost: 1 << 16),
      let secret = try OwnerOnly.read(home.serverKey),
      let certificate = try? Certificate(pemEncoded: String(decoding: pem, as: UTF8.self)),
      let key = try? P256.Signing.PrivateKey(pemRepresentation: String(decoding: secret, as: UTF8.self))
    else { return false }
    // After a crash between the two files they may not belong together.
    return certificate.publicKey == Certificate.PrivateKey(key).publicKey
      && time < certificate.notValidAfter.addingTimeInterval(-renewedBefore)
      && certificate.notValidBefore <= time
  }

  private static func make(_ home: Home, at time: Date) throws {
    let key = P256.Signing.PrivateKey()
    let signer = Certificate.PrivateKey(key)
    let name = try DistinguishedName { CommonName("Martlet on this machine") }
    let certificate = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: signer.publicKey,
      notValidBefore: time.addingTimeInterval(-3_600), notValidAfter: time.addingTimeInterval(lifetime),
      issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames([
          .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
          .ipAddress(ASN1OctetString(contentBytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])),
        ])
      }, issuerPrivateKey: signer)
    let pem = try certificate.serializeAsPEM().pemString + "\n"
    try DurableFile.replace(home.serverKey, with: Array(key.pemRepresentation.utf8).span, mode: 0o600)
    try DurableFile.replace(home.certificate, with: Array(pem.utf8).span)
  }
}
