// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletEvidence
import MartletFiles
import MartletLog
import MartletMerkle
import MartletRegistry

extension UnverifiedEvidenceBundle {
  /// Collects from a store what it knows about a model. Needs no key and no lock.
  /// - Parameter model: a model's name, for its newest version, or a digest in hex.
  /// - Throws: ``BundleError/nothingKnown(_:)``, ``StoreError``, `LogError`, `RegistryError`.
  package init(of model: String, in home: Home) throws {
    let registry = try Store.reading(home)
    let digest: Digest
    if let given = Digest(hex: model) {
      digest = given
    } else if let version = try registry.versions(of: model).first {
      digest = version.digest
    } else {
      throw BundleError.nothingKnown("a model \(model)")
    }
    try self.init(about: digest, registry, home)
  }

  /// As ``init(of:in:)``, about a digest.
  package init(about digest: Digest, in home: Home) throws {
    try self.init(about: digest, Store.reading(home), home)
  }

  private init(about digest: Digest, _ registry: any Registry, _ home: Home) throws {
    // The record is written before the evidence: the log that is read afterwards knows all of it.
    let stored = try registry.evidence(about: digest)
    guard !stored.isEmpty else { throw BundleError.nothingKnown("the digest \(digest.hex)") }
    let evidenceKey = try Self.text(home.evidenceVerifierKey)
    let logKey = try Self.text(home.logVerifierKey).trimmingCharacters(in: .whitespacesAndNewlines)
    let key = try LogVerifierKey(logKey)
    let reader = LogReader(directory: home.log, key: key)
    let note = try reader.signedCheckpoint()
    let checkpoint = try key.checkpoint(from: note)
    var snapshot = try reader.snapshot()
    let wanted = Array(digest.hex.utf8)
    var found: [(index: UInt64, bytes: [UInt8])] = []
    var named: Set<Digest> = []
    try snapshot.forEachEntry(in: 0..<checkpoint.size) { index, bytes in
      guard bytes.contains(wanted), let record = try? Record(entry: bytes), record.digest == digest else {
        return
      }
      found.append((index, bytes))
      named.formUnion(record.evidence ?? [])
    }
    if let lost = named.subtracting(stored.map(\.id)).min(by: { $0.hex < $1.hex }) {
      throw BundleError.lost(lost)
    }
    var entries: [LogEntry] = []
    for (index, bytes) in found {
      let proof = try snapshot.inclusionProof(of: index, size: checkpoint.size)
      entries.append(LogEntry(index: index, bytes: bytes, path: proof.path))
    }
    // What the log does not know was written past Martlet, and is no evidence.
    self.init(
      digest: digest, evidence: stored.map(\.envelope).filter { named.contains($0.digest) }, entries: entries,
      checkpoint: String(decoding: note, as: UTF8.self), logKey: logKey, evidenceKey: evidenceKey)
  }

  private static func text(_ path: String) throws -> String {
    guard let bytes = try WholeFile.read(path, atMost: 1 << 16) else { throw StoreError.missingKey(path) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
