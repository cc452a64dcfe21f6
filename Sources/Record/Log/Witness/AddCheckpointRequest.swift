// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletMerkle

/// What a log asks of a witness: to sign its newest checkpoint, with the proof that it extends the one that the witness
/// has signed before (C2SP tlog-witness, `add-checkpoint`).
///
///     old 20852014
///     PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
///
///     the checkpoint
package struct AddCheckpointRequest: Equatable, Sendable {
  /// A consistency proof between sizes below 2^63 is never longer.
  static let mostHashes = 63
  /// No request is longer.
  package static let longest = SignedNote.longest + 64 * 46

  /// The size that the witness has signed before.
  package let old: UInt64
  package let proof: [TreeHash]
  /// The signed checkpoint; not believed yet.
  package let checkpoint: [UInt8]

  package init(old: UInt64, proof: [TreeHash], checkpoint: [UInt8]) {
    self.old = old
    self.proof = proof
    self.checkpoint = checkpoint
  }

  /// Parses a request from outside. Accepts nothing that ``encoded`` would write otherwise.
  /// - Throws: ``WitnessRefusal/malformed(_:)``.
  package init(parsing body: [UInt8]) throws(WitnessRefusal) {
    guard body.count <= Self.longest else { throw .malformed("it is longer than \(Self.longest) bytes") }
    var lines = HashLines(body)
    guard let first = lines.next(), let old = HashLines.number(first, after: "old ") else {
      throw .malformed("its first line is not `old` and a decimal size")
    }
    guard let proof = lines.hashes(atMost: Self.mostHashes) else {
      throw .malformed(
        "its proof is not at most \(Self.mostHashes) lines of base64 with 32 bytes each, and an empty line")
    }
    self.init(old: old, proof: proof, checkpoint: lines.rest)
  }

  package var encoded: [UInt8] {
    Array("old \(old)\n".utf8) + HashLines.encode(proof) + checkpoint
  }
}
