// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The public key of a log, with the name of the log (C2SP signed-note). Give its ``text`` to whoever shall be
/// able to check the log without trusting the machine that writes it.
package struct LogVerifierKey: Hashable, Sendable {
  private let key: NoteKey

  /// The name of the log.
  package var name: String { key.name }

  init(_ key: NoteKey) { self.key = key }

  /// Reads `name+hash+key`, the form of ``text``.
  /// - Throws: ``LogError/malformedKey(reason:)``, ``LogError/unusableName(_:)``.
  package init(_ text: String) throws(LogError) {
    key = try NoteKey(text, kind: .note)
  }

  /// `name+hash+base64`: what `golang.org/x/mod/sumdb/note` and other verifiers read.
  package var text: String { key.text }

  /// Reads a checkpoint file, and believes it only when this key has signed it.
  ///
  /// Refuses signatures of other keys beside it too: they could not be checked, so that anybody could change them.
  /// - Throws: ``LogError/malformedCheckpoint(_:)``, ``LogError/notSigned(expected:found:)``,
  ///   ``LogError/badSignature(signer:)``, ``LogError/wrongOrigin(expected:found:)``.
  package func checkpoint(from file: [UInt8]) throws(LogError) -> Checkpoint {
    let note = try Self.note(from: file)
    let checkpoint = try Self.checkpoint(in: note)
    try check(note, allowingOthers: false)
    guard checkpoint.origin == name else { throw .wrongOrigin(expected: name, found: checkpoint.origin) }
    return checkpoint
  }

  /// Reads a checkpoint that others may have cosigned. Signatures of keys that nobody asks about are ignored, as
  /// the specification demands; see ``WitnessPolicy/check(_:)``.
  /// - Throws: as ``checkpoint(from:)``.
  package func cosignedCheckpoint(from file: [UInt8]) throws(LogError) -> CosignedCheckpoint {
    let note = try Self.note(from: file)
    let checkpoint = try Self.checkpoint(in: note)
    guard checkpoint.origin == name else { throw .wrongOrigin(expected: name, found: checkpoint.origin) }
    try check(note, allowingOthers: true)
    return CosignedCheckpoint(checkpoint: checkpoint, note: note)
  }

  /// The text of a note of any kind that this key, and no other, has signed.
  /// - Throws: ``LogError/malformedCheckpoint(_:)``, ``LogError/notSigned(expected:found:)``,
  ///   ``LogError/badSignature(signer:)``.
  package func text(ofNote file: [UInt8]) throws(LogError) -> String {
    let note = try Self.note(from: file)
    try check(note, allowingOthers: false)
    return note.text
  }

  private static func note(from file: [UInt8]) throws(LogError) -> SignedNote {
    do throws(CheckpointFlaw) { return try SignedNote(parsing: file) } catch {
      throw .malformedCheckpoint(error)
    }
  }

  private static func checkpoint(in note: SignedNote) throws(LogError) -> Checkpoint {
    do throws(CheckpointFlaw) { return try Checkpoint(parsing: note.text) } catch {
      throw .malformedCheckpoint(error)
    }
  }

  private func check(_ note: SignedNote, allowingOthers: Bool) throws(LogError) {
    let mine = note.signatures.filter(key.claims)
    guard !mine.isEmpty, allowingOthers || note.signatures.count == 1 else {
      throw .notSigned(
        expected: key.label, found: note.signatures.map { "\($0.name)+\(hexadecimal($0.keyID))" })
    }
    guard mine.allSatisfy({ key.verifies($0.bytes, over: note.text) }) else {
      throw .badSignature(signer: key.label)
    }
  }
}
