// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The private key that signs a log's checkpoints, with the log's name. Whoever has it can write another
/// history of the log, so that it is kept in a file that only its owner can open.
package struct LogKey: ~Copyable, Sendable {
  private let key: NoteSigningKey

  /// The public half, to publish.
  package var verifier: LogVerifierKey { LogVerifierKey(key.verifier) }

  /// The name of the log.
  package var name: String { key.verifier.name }

  /// A new key from the system's random numbers.
  /// - Parameter name: the log's name and origin, such as `martlet.example.org/log`: no spaces and no `+`.
  /// - Throws: ``LogError/unusableName(_:)``.
  package init(generatingFor name: String) throws(LogError) {
    key = try NoteSigningKey(generatingFor: name, kind: .note)
  }

  /// Reads a key file that ``write(to:)`` made.
  /// - Throws: ``LogError/files(_:)`` when others could read it; ``LogError/malformedKey(reason:)``.
  package init(contentsOf path: String) throws(LogError) {
    key = try NoteSigningKey(contentsOf: path, kind: .note)
  }

  /// Writes the key to a new file with mode 0600. Refuses a path that is taken.
  package borrowing func write(to path: String) throws(LogError) { try key.write(to: path) }

  /// The checkpoint file for a state of the log.
  borrowing func sign(_ checkpoint: Checkpoint) throws(LogError) -> [UInt8] {
    let line = SignedNote.Signature(
      name: name, keyID: key.verifier.keyID, bytes: try key.signature(over: checkpoint.text))
    return SignedNote(text: checkpoint.text, signatures: [line]).encoded
  }
}
