// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletSign
import MartletVerify

extension Target {
  static let trust: [String: Body] = [
    "signature-bundle": { bytes in
      guard let bundle = try? UnverifiedBundle(bytes) else { return }
      _ = try? bundle.verify(model, trusting: trusted)
    },
    // The envelope inside of a bundle.
    "dsse": { bytes in
      let bundle = Array(head.utf8) + bytes.array() + Array("}".utf8)
      guard let bundle = try? UnverifiedBundle(Bytes(bundle)) else { return }
      _ = try? bundle.verify(model, trusting: trusted)
    },
    // A statement that is signed, so that it is read.
    "signed-statement": { bytes in
      guard let key = try? SigningKey(pem: keyPEM) else { return }
      let envelope = key.envelope(bytes.array(), keyID: "").encoded()
      guard let bundle = try? UnverifiedBundle(Bytes(Array(head.utf8) + envelope + Array("}".utf8))) else {
        return
      }
      _ = try? bundle.verify(model, trusting: trusted)
    },
    "pem": { bytes in
      let text = String(decoding: bytes.array(), as: UTF8.self)
      _ = try? VerificationKey(pem: text)
      _ = try? TrustRoots(pem: text)
      if let key = try? SigningKey(pem: keyPEM) { _ = try? CertificateChain(pem: text, for: key) }
      do throws(SignError) { _ = try SigningKey(pem: text, passphrase: Array("secret".utf8)) } catch {
        return
      }
    },
    // One certificate in DER form, as a signature carries it.
    "certificate": { bytes in
      let chain = Data(bytes.array()).base64EncodedString()
      let bundle =
        #"{"mediaType":"\#(OMS.bundleType)","verificationMaterial":{"x509CertificateChain":{"certificates":[{"rawBytes":"\#(chain)"}]}},"#
        + #""dsseEnvelope":{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"AA=="}]}}"#
      guard let bundle = try? UnverifiedBundle(Bytes(utf8: bundle)) else { return }
      _ = try? bundle.verify(model, trusting: trustedRoots)
    },
    // With the keys that it brings along, so that its signatures and proofs are looked at.
    "evidence-bundle": { bytes in
      guard let bundle = try? UnverifiedEvidenceBundle(bytes.array()) else { return }
      _ = bundle.nobodyToTrust.description
      guard let trust = try? BundleTrust(onFirstUse: bundle) else { return }
      _ = try? bundle.verify(trusting: trust)
    },
    "policy": { bytes in
      guard let policy = try? Policy(yaml: String(decoding: bytes.array(), as: UTF8.self)) else { return }
      _ = policy.words
      let nothing = EvidenceVocabulary(kinds: [], values: [:])
      _ = policy.warnings(knowing: nothing, at: Date(timeIntervalSince1970: 0))
      for step in Policy.Transition.allCases {
        _ = Gate(trusting: []).decide(
          policy, about: .of([]), evidence: [], at: Date(timeIntervalSince1970: 0),
          Circumstances(step, model: "m", environment: policy.environments.first))
      }
    },
    "policy-test": { bytes in
      guard let cases = try? Rehearsal(json: bytes.array()) else { return }
      _ = try? cases.outcomes(of: .standard, at: Date(timeIntervalSince1970: 0), editions: [:])
    },
  ]

  private static let head =
    #"{"mediaType":"\#(OMS.bundleType)","verificationMaterial":{"publicKey":{"hint":""}},"dsseEnvelope":"#

  private static let keyPEM = SigningKey(.p256).secretPEM
  private static let trusted = Trust.key(try! VerificationKey(pem: SigningKey(pem: keyPEM).publicPEM))

  /// Any certificate: it is only there to be looked at.
  private static let trustedRoots = Trust.roots(
    try! TrustRoots(pem: String(contentsOfFile: "Fuzz/Seeds/pem/certificate.pem", encoding: .utf8)))

  private static let model: Artifact = {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("martlet fuzz \(getpid())")
    try! FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try! Data("weights".utf8).write(to: folder.appendingPathComponent("weights.bin"))
    return try! Artifact(opening: folder.path)
  }()
}
