// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
package import MartletMerkle

/// Shows offline that an entry is in a log: its place, the hashes beside its way to the root, and the checkpoint with the
/// signatures of log and witnesses (C2SP tlog-proof, `c2sp.org/tlog-proof@v1`).
package struct TlogProof: Equatable, Sendable {
  private static let header = "c2sp.org/tlog-proof@v1"
  private static let mostHashes = 63
  /// An entry in base64, hashes, a checkpoint: no proof that Martlet writes is longer.
  package static let longest = 256 << 10

  /// What the writer gives along, such as the entry itself. It proves nothing by being here: see ``verify(entry:key:policy:)``.
  package let extra: [UInt8]?
  package let index: UInt64
  package let path: [TreeHash]
  /// The signed checkpoint; not believed yet.
  package let checkpoint: [UInt8]

  package init(extra: [UInt8]?, index: UInt64, path: [TreeHash], checkpoint: [UInt8]) {
    self.extra = extra
    self.index = index
    self.path = path
    self.checkpoint = checkpoint
  }

  /// Parses a proof from outside. Accepts nothing that ``encoded`` would write otherwise.
  /// - Throws: ``LogError/malformedProof(reason:)``.
  package init(parsing bytes: [UInt8]) throws(LogError) {
    guard bytes.count <= Self.longest else {
      throw .malformedProof(reason: "it is longer than \(Self.longest) bytes")
    }
    var lines = HashLines(bytes)
    guard lines.next() == Self.header else {
      throw .malformedProof(reason: "its first line is not \(Self.header)")
    }
    var line = lines.next()
    var extra: [UInt8]?
    if let text = line, text.hasPrefix("extra ") {
      guard let decoded = Base64.standard.decodePadded(text.dropFirst(6)) else {
        throw .malformedProof(reason: "its extra data is not base64")
      }
      extra = decoded
      line = lines.next()
    }
    guard let text = line, let index = HashLines.number(text, after: "index ") else {
      throw .malformedProof(reason: "it has no line `index` with a decimal number")
    }
    guard let path = lines.hashes(atMost: Self.mostHashes) else {
      throw .malformedProof(
        reason:
          "its hashes are not at most \(Self.mostHashes) lines of base64 with 32 bytes each, and an empty line"
      )
    }
    self.init(extra: extra, index: index, path: path, checkpoint: lines.rest)
  }

  package var encoded: [UInt8] {
    let extra = extra.map { "extra \(Base64.standard.paddedText($0))\n" } ?? ""
    return Array("\(Self.header)\n\(extra)index \(index)\n".utf8) + HashLines.encode(path) + checkpoint
  }

  /// Returns what the log and the witnesses have signed, when the entry is at its place in it.
  /// - Throws: ``LogError/proofRefused(_:)``; what ``LogVerifierKey/cosignedCheckpoint(from:)`` and
  ///   ``WitnessPolicy/check(_:)`` throw.
  package func verify(
    entry: Span<UInt8>, key: LogVerifierKey, policy: WitnessPolicy
  ) throws(LogError) -> (checkpoint: Checkpoint, cosignatures: [Cosignature]) {
    let cosigned = try key.cosignedCheckpoint(from: checkpoint)
    let cosignatures = try policy.check(cosigned)
    do throws(ProofFlaw) {
      try InclusionProof(index: index, size: cosigned.checkpoint.size, path: path).verify(
        entry: entry, root: cosigned.checkpoint.root)
    } catch { throw .proofRefused(error) }
    return (cosigned.checkpoint, cosignatures)
  }
}
