// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletEvidence
package import MartletGate
package import MartletLog
import MartletMerkle

/// Whose log and whose evidence are believed.
package struct BundleTrust: Sendable {
  let log: LogVerifierKey
  let evidence: EvidenceVerifier
  /// The keys came with what they are to vouch for.
  let isFirstUse: Bool

  /// - Parameters:
  ///   - log: a verifier key as the file `log.pub` of a store has it.
  ///   - evidence: PEM, as in `evidence.pub`.
  /// - Throws: ``BundleError``: `log`, `evidence`.
  package init(log: String, evidence: String) throws(BundleError) {
    try self.init(log: log, evidence: evidence, isFirstUse: false)
  }

  /// Trusts the keys that the bundle itself has: what it says hangs together, and who says it is anybody's guess.
  package init(onFirstUse bundle: UnverifiedEvidenceBundle) throws(BundleError) {
    try self.init(log: bundle.logKey, evidence: bundle.evidenceKey, isFirstUse: true)
  }

  private init(log: String, evidence: String, isFirstUse: Bool) throws(BundleError) {
    do throws(LogError) {
      self.log = try LogVerifierKey(log.trimmingCharacters(in: .whitespacesAndNewlines))
    } catch {
      throw .log(error)
    }
    do throws(EvidenceError) { self.evidence = try EvidenceVerifier(pem: evidence) } catch {
      throw .evidence(error)
    }
    self.isFirstUse = isFirstUse
  }
}

/// Evidence of one digest that is signed, is in the log, and is all that the records in the bundle name. Made only by
/// ``UnverifiedEvidenceBundle/verify(trusting:)``.
package struct VerifiedEvidenceBundle: Sendable {
  package struct Piece: Sendable {
    package let evidence: BelievedEvidence
    /// Of the record that names it first.
    package let index: UInt64
  }

  package let digest: Digest
  /// In the order of the log.
  package let pieces: [Piece]
  package let records: [(index: UInt64, record: Record)]
  package let checkpoint: Checkpoint
  package let evidenceKey: String
  /// The keys came with the bundle.
  package let isFirstUse: Bool
}

extension UnverifiedEvidenceBundle {
  /// Checks everything without asking anybody: the log's signature on the checkpoint, the way from every record to its root,
  /// the signature on every piece of evidence, that each speaks about the digest, and that records and evidence name each
  /// other.
  ///
  /// What it cannot tell is whether the log has more records about the digest, or has grown since: for that, compare the
  /// checkpoint with the log itself.
  /// - Throws: ``BundleError``.
  package func verify(trusting trust: BundleTrust) throws(BundleError) -> VerifiedEvidenceBundle {
    let checkpoint: Checkpoint
    do throws(LogError) { checkpoint = try trust.log.checkpoint(from: Array(self.checkpoint.utf8)) } catch {
      throw .log(error)
    }
    var records: [(index: UInt64, record: Record)] = []
    var places: [Digest: UInt64] = [:]
    for entry in entries {
      let proof = InclusionProof(index: entry.index, size: checkpoint.size, path: entry.path)
      do throws(ProofFlaw) { try proof.verify(entry: entry.bytes.span, root: checkpoint.root) } catch {
        throw .notInLog(index: entry.index, .proofRefused(error))
      }
      guard let record = try? Record(entry: entry.bytes) else {
        throw .malformed("record \(entry.index) is not Martlet's")
      }
      guard record.digest == digest else { throw .otherDigest("record \(entry.index)") }
      records.append((entry.index, record))
      for id in record.evidence ?? [] where places[id] == nil { places[id] = entry.index }
    }
    let gate = Gate(trusting: [trust.evidence])
    var pieces: [VerifiedEvidenceBundle.Piece] = []
    var seen: Set<Digest> = []
    for envelope in evidence {
      do throws(EvidenceError) { _ = try trust.evidence.open(envelope) } catch { throw .evidence(error) }
      guard let believed = gate.believe(envelope, about: digest) else {
        throw .otherDigest("the evidence \(envelope.digest.short)…")
      }
      guard let place = places[believed.id] else { throw .unrecorded(believed.id) }
      guard seen.insert(believed.id).inserted else {
        throw .malformed("a piece of evidence stands in it twice")
      }
      pieces.append(.init(evidence: believed, index: place))
    }
    if let missing = places.keys.filter({ !seen.contains($0) }).min(by: { places[$0]! < places[$1]! }) {
      throw .withheld(missing)
    }
    // Pieces that one record names keep the order they have in the bundle.
    let ordered = pieces.enumerated().sorted { ($0.element.index, $0.offset) < ($1.element.index, $1.offset) }
    return VerifiedEvidenceBundle(
      digest: digest, pieces: ordered.map(\.element), records: records, checkpoint: checkpoint,
      evidenceKey: trust.evidence.keyID, isFirstUse: trust.isFirstUse)
  }
}
