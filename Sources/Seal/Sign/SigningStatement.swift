// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence

/// The in-toto statement that a model signature signs (OMS 1.0, sections 5 and 6.6).
struct SigningStatement: Encodable {
  private struct Subject: Encodable {
    let name: String
    let digest: [String: String]
  }

  private struct Predicate: Encodable {
    let serialization: Parameters
    let resources: [Resource]
  }

  private struct Parameters: Encodable {
    let method: String
    let hashType = "sha256"
    let shardSize: Int?
    let allowsLinks: Bool
    let ignored: [String]?

    enum CodingKeys: String, CodingKey {
      case method
      case hashType = "hash_type"
      case shardSize = "shard_size"
      case allowsLinks = "allow_symlinks"
      case ignored = "ignore_paths"
    }
  }

  private struct Resource: Encodable {
    let name: String
    let algorithm = "sha256"
    let digest: String
  }

  private enum CodingKeys: String, CodingKey {
    case type = "_type"
    case subject, predicateType, predicate
  }

  private let type = statementType
  private let subject: [Subject]
  private let predicateType = OMS.predicateType
  private let predicate: Predicate

  init(
    name: String, manifest: Manifest, _ serialization: Serialization, allowsLinks: Bool, ignored: [String]
  ) {
    subject = [Subject(name: name, digest: ["sha256": manifest.root.hex])]
    predicate = Predicate(
      serialization: Parameters(
        method: serialization.method, shardSize: serialization.shardSize, allowsLinks: allowsLinks,
        ignored: ignored.isEmpty ? nil : ignored),
      resources: manifest.resources.map { Resource(name: $0.name, digest: $0.digest.hex) })
  }

  /// The bytes that are signed: JSON with sorted keys.
  func payload() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings and numbers: there is nothing in it that could fail to encode.
    return Array(try! encoder.encode(self))
  }
}

/// The Sigstore bundle around it (OMS 1.0, section 4).
struct SigningBundle: Encodable {
  private struct Material: Encodable {
    struct Key: Encodable { let hint: String }
    struct Chain: Encodable { let certificates: [Certificate] }
    struct Certificate: Encodable { let rawBytes: String }

    var publicKey: Key?
    var x509CertificateChain: Chain?
    /// None: no log is asked. The reference tool wants to see the empty list.
    let tlogEntries: [String] = []
  }

  private let mediaType = OMS.bundleType
  private let verificationMaterial: Material
  private let dsseEnvelope: Envelope

  init(envelope: Envelope, hint: String, _ chain: CertificateChain?) {
    dsseEnvelope = envelope
    verificationMaterial =
      if let chain {
        Material(
          x509CertificateChain: .init(
            certificates: chain.certificates.map { .init(rawBytes: Data($0).base64EncodedString()) }))
      } else {
        Material(publicKey: .init(hint: hint))
      }
  }

  func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try! encoder.encode(self))
  }
}
