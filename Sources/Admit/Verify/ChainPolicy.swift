// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import SwiftASN1
@_spi(FixedExpiryValidationTime) import X509

/// What a chain of certificates must be for a model's signature to be believed: RFC 5280, and what that leaves to others.
/// Every issuer that says what its key is for must say that it signs certificates, and one that says for which purposes
/// must say code signing. SHA-1 counts for nothing; RSA keys below 2,048 bits are not read at all.
struct ChainPolicy: VerifierPolicy {
  let verifyingCriticalExtensions: [ASN1ObjectIdentifier]
  private let standard: RFC5280Policy

  init(now: Date) {
    standard = RFC5280Policy(fixedExpiryValidationTime: now)
    verifyingCriticalExtensions =
      standard.verifyingCriticalExtensions + [
        .X509ExtensionID.extendedKeyUsage, .X509ExtensionID.subjectAlternativeName,
      ]
  }

  func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult {
    if case .failsToMeetPolicy(let reason) = standard.chainMeetsPolicyRequirements(chain: chain) {
      return .failsToMeetPolicy(reason)
    }
    for (index, certificate) in chain.enumerated() {
      let subject = "\(certificate.subject)"
      if index > 0 {
        guard let usage = try? certificate.extensions.keyUsage.map(\.keyCertSign) ?? true, usage else {
          return .failsToMeetPolicy(reason: "the certificate of \(subject) may not sign certificates")
        }
        guard let purposes = try? certificate.extensions.extendedKeyUsage.map(SignerUsage.allows) ?? true,
          purposes
        else {
          return .failsToMeetPolicy(reason: "the certificate of \(subject) may not vouch for signers of code")
        }
      }
      // Nobody has to believe the signature of a root about itself.
      if index < chain.count - 1, certificate.signatureAlgorithm == .sha1WithRSAEncryption {
        return .failsToMeetPolicy(reason: "the certificate of \(subject) is signed with SHA-1")
      }
    }
    return .meetsPolicy
  }
}

/// What the certificate of a signer must be made for.
enum SignerUsage {
  /// Both must be there: without them any certificate of a web server would sign models.
  static func check(_ leaf: Certificate) throws(SignatureError) {
    let usage: KeyUsage?
    let purposes: ExtendedKeyUsage?
    do {
      usage = try leaf.extensions.keyUsage
      purposes = try leaf.extensions.extendedKeyUsage
    } catch {
      throw .badCertificate("the extensions of \(leaf.subject) are damaged")
    }
    guard usage?.digitalSignature == true else { throw .wrongKeyUsage(subject: "\(leaf.subject)") }
    guard let purposes, purposes.contains(.codeSigning) else {
      throw .notForCodeSigning(subject: "\(leaf.subject)")
    }
  }

  /// Whether an issuer with these purposes may vouch for signers.
  static func allows(_ purposes: ExtendedKeyUsage) -> Bool {
    purposes.contains(.codeSigning) || purposes.contains(.any)
  }
}
