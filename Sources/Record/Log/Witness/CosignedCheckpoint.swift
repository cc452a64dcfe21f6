// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A checkpoint that its log has signed, and beside it the signatures of others, which are not believed before a
/// ``WitnessPolicy`` has checked them.
package struct CosignedCheckpoint: Equatable, Sendable {
  package let checkpoint: Checkpoint
  let note: SignedNote

  /// The file.
  package var encoded: [UInt8] { note.encoded }

  /// Whether anybody beside the log has signed it.
  package var hasOthers: Bool { note.signatures.contains { $0.name != checkpoint.origin } }

  /// What a witness says about the checkpoint, or nil.
  /// - Throws: ``LogError/badSignature(signer:)``.
  package func cosignature(by witness: WitnessVerifierKey) throws(LogError) -> Cosignature? {
    try witness.cosignature(in: note.signatures, over: note.text)
  }

  /// Without the signatures of others.
  var onlyOrigin: CosignedCheckpoint {
    let mine = note.signatures.filter { $0.name == checkpoint.origin }
    return CosignedCheckpoint(
      checkpoint: checkpoint, note: SignedNote(text: note.text, signatures: mine))
  }

  /// With signature lines added that are not there yet; a newer one of a key replaces the older.
  func adding(_ lines: [SignedNote.Signature]) -> CosignedCheckpoint {
    var signatures = note.signatures
    for line in lines {
      signatures.removeAll { $0.name == line.name && $0.keyID == line.keyID }
      signatures.append(line)
    }
    return CosignedCheckpoint(
      checkpoint: checkpoint, note: SignedNote(text: note.text, signatures: signatures))
  }
}

/// Whose word a reader of the log asks for, beside the log's own: `quorum` of the witnesses.
package struct WitnessPolicy: Sendable {
  package let witnesses: [WitnessVerifierKey]
  package let quorum: Int

  /// - Parameter quorum: how many of the witnesses must have signed; all when left out.
  /// - Throws: ``LogError/unusablePolicy(reason:)`` for a key that stands there twice, under whatever names (C2SP
  ///   tlog-policy), and for a quorum that cannot be met.
  package init(_ witnesses: [WitnessVerifierKey] = [], quorum: Int? = nil) throws(LogError) {
    let quorum = quorum ?? witnesses.count
    guard Set(witnesses.map(\.key.bytes)).count == witnesses.count else {
      throw .unusablePolicy(reason: "one key stands there twice, and one witness would count as two")
    }
    guard (0...witnesses.count).contains(quorum) else {
      throw .unusablePolicy(
        reason: "\(quorum) signatures are asked for and \(witnesses.count) witnesses are named")
    }
    self.witnesses = witnesses
    self.quorum = quorum
  }

  /// Returns what the witnesses say, when enough of them have signed.
  /// - Throws: ``LogError/tooFewCosignatures(wanted:found:)``; ``LogError/badSignature(signer:)`` when a signature of a named
  ///   witness does not fit, even if the others suffice.
  @discardableResult
  package func check(_ cosigned: CosignedCheckpoint) throws(LogError) -> [Cosignature] {
    var found: [Cosignature] = []
    for witness in witnesses {
      if let cosignature = try cosigned.cosignature(by: witness) { found.append(cosignature) }
    }
    guard found.count >= quorum else {
      throw .tooFewCosignatures(wanted: quorum, found: found.map(\.witness))
    }
    return found
  }
}
