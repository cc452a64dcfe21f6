// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
package import MartletEvidence
import MartletFormats
import MartletLog
import MartletMerkle

/// All evidence of one digest, with proofs that the log knows it: what an auditor takes away. It proves nothing until
/// ``verify(trusting:)`` has checked it.
///
/// JSON: the DSSE envelopes; the entries of the log about the digest, each with its index and the hashes that lead from it
/// to the root (RFC 6962, 2.1.1); the signed checkpoint with that root (C2SP tlog-checkpoint); the public keys of the log
/// and of the evidence.
package struct UnverifiedEvidenceBundle: Sendable {
  struct LogEntry: Sendable {
    let index: UInt64
    let bytes: [UInt8]
    let path: [TreeHash]
  }

  package let digest: Digest
  let evidence: [Envelope]
  let entries: [LogEntry]
  /// A signed note.
  let checkpoint: String
  /// The keys as the bundle itself has them, which is no reason to trust them.
  package let logKey: String
  package let evidenceKey: String

  static let mediaType = "application/vnd.martlet.evidence-bundle.v1+json"

  init(
    digest: Digest, evidence: [Envelope], entries: [LogEntry], checkpoint: String, logKey: String,
    evidenceKey: String
  ) {
    self.digest = digest
    self.evidence = evidence
    self.entries = entries
    self.checkpoint = checkpoint
    self.logKey = logKey
    self.evidenceKey = evidenceKey
  }

  package var evidenceCount: Int { evidence.count }
  package var recordCount: Int { entries.count }
  /// Bytes of the longest file that is read.
  package static var longest: Int { Limits.evidenceBundle }

  /// Why it is not believed when no keys are given.
  package var nobodyToTrust: BundleError {
    .nobodyToTrust(logKey: logKey, evidenceKey: (try? EvidenceVerifier(pem: evidenceKey).keyID) ?? "none")
  }

  private struct Document: Encodable {
    struct Entry: Encodable {
      let index: UInt64
      let entry: Data
      let proof: [Data]
    }

    let mediaType: String
    let digest: Digest
    let evidence: [Envelope]
    let records: [Entry]
    let checkpoint: String
    let logKey: String
    let evidenceKey: String
  }

  /// The file's bytes.
  package func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let document = Document(
      mediaType: Self.mediaType, digest: digest, evidence: evidence,
      records: entries.map {
        .init(index: $0.index, entry: Data($0.bytes), proof: $0.path.map { Data($0.bytes) })
      }, checkpoint: checkpoint, logKey: logKey, evidenceKey: evidenceKey)
    // Strings and numbers: there is nothing in it that could fail to encode.
    return Array(try! encoder.encode(document))
  }
}

extension Limits {
  /// Bytes of a bundle of evidence.
  package static let evidenceBundle = 256 << 20
}
