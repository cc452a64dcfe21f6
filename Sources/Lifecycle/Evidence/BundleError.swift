// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence
package import MartletFormats
package import MartletLog

/// Why there is no bundle of evidence, or why one is not believed.
package enum BundleError: Error, Equatable, Sendable {
  case notJSON(JSONError)
  case malformed(String)
  case tooLong(limit: Int)
  /// The log: its key, the signature on the checkpoint, or a proof.
  case log(LogError)
  /// A proof of one record.
  case notInLog(index: UInt64, LogError)
  /// The key, or the signature on one piece of evidence.
  case evidence(EvidenceError)
  /// A piece of evidence or a record speaks about another digest.
  case otherDigest(String)
  /// The log does not say that this piece of evidence was ever made.
  case unrecorded(Digest)
  /// The log says that there is more evidence than the bundle has.
  case withheld(Digest)
  /// The log says that there is more evidence than the store has.
  case lost(Digest)
  case nothingKnown(String)
  /// There is nobody to trust, and the bundle's own keys were not accepted.
  case nobodyToTrust(logKey: String, evidenceKey: String)

  /// Whether the answer is no. Otherwise there is none: the question could not be asked.
  package var isRefusal: Bool {
    switch self {
    case .lost, .nothingKnown, .nobodyToTrust: false
    case .evidence(.notAKey), .log(.malformedKey), .log(.files): false
    default: true
    }
  }
}

extension BundleError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notJSON(let error): "the file is not a bundle of evidence: \(error)"
    case .malformed(let what): "the bundle is malformed: \(what)"
    case .tooLong(let limit): "the bundle is longer than \(limit) bytes"
    case .log(let error): "\(error)"
    case .notInLog(let index, let error): "record \(index) is not in the log: \(error)"
    case .evidence(let error): "\(error)"
    case .otherDigest(let what): "\(what) is about another digest than the bundle"
    case .unrecorded(let id): "the log says nothing of the evidence \(id.short)…: it was made past Martlet"
    case .withheld(let id):
      "the log names the evidence \(id.short)…, which is not in the bundle: it was taken out"
    case .lost(let id):
      "the log names the evidence \(id.short)…, which the store no longer has: restore martlet.db from a copy"
    case .nothingKnown(let what): "the store knows nothing of \(what)"
    case .nobodyToTrust(let logKey, let evidenceKey):
      "expected the keys to trust with --log-key and --evidence-key; the bundle comes with the log's key \(logKey) and the "
        + "evidence key \(evidenceKey.prefix(12))…, which --trust-on-first-use accepts once you know them to be right"
    }
  }
}
