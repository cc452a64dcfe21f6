// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The private key of a witness, with the witness's name. It states "I have seen no other history of this log": keep it
/// where the log's own operators cannot reach it.
package struct WitnessKey: ~Copyable, Sendable {
  private let key: NoteSigningKey

  /// The public half, to give to whoever shall believe the witness.
  package var verifier: WitnessVerifierKey { WitnessVerifierKey(key.verifier) }

  /// A new key from the system's random numbers.
  /// - Parameter name: the witness's name, such as `witness.example.org`: no spaces and no `+`.
  /// - Throws: ``LogError/unusableName(_:)``.
  package init(generatingFor name: String) throws(LogError) {
    key = try NoteSigningKey(generatingFor: name, kind: .cosignature)
  }

  /// Reads a key file that ``write(to:)`` made.
  /// - Throws: ``LogError/files(_:)`` when others could read it; ``LogError/malformedKey(reason:)``.
  package init(contentsOf path: String) throws(LogError) {
    key = try NoteSigningKey(contentsOf: path, kind: .cosignature)
  }

  /// Writes the key to a new file with mode 0600. Refuses a path that is taken.
  package borrowing func write(to path: String) throws(LogError) { try key.write(to: path) }

  /// The signature line that says that this checkpoint was seen at a time, in seconds since 1970.
  borrowing func cosign(_ checkpoint: Checkpoint, at time: UInt64) throws(LogError) -> SignedNote.Signature {
    let signature = try key.signature(over: WitnessVerifierKey.message(checkpoint.text, at: time))
    let stamp = (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * UInt64($0))) }
    return SignedNote.Signature(
      name: key.verifier.name, keyID: key.verifier.keyID, bytes: stamp + signature)
  }
}

/// The public key of a witness (C2SP tlog-cosignature, Ed25519, type 04).
package struct WitnessVerifierKey: Hashable, Sendable {
  private static let stampCount = 8

  let key: NoteKey

  package var name: String { key.name }

  init(_ key: NoteKey) { self.key = key }

  /// Reads `name+hash+key`, the form of ``text``.
  /// - Throws: ``LogError/malformedKey(reason:)``, ``LogError/unusableName(_:)``.
  package init(_ text: String) throws(LogError) {
    key = try NoteKey(text, kind: .cosignature)
  }

  package var text: String { key.text }

  /// What a witness signs: the time and the text of the checkpoint.
  static func message(_ text: String, at time: UInt64) -> String { "cosignature/v1\ntime \(time)\n\(text)" }

  /// What this witness says about a checkpoint; nil when it has not signed it.
  /// - Throws: ``LogError/badSignature(signer:)`` when a signature that claims to be this witness's is not.
  func cosignature(in signatures: [SignedNote.Signature], over text: String) throws(LogError) -> Cosignature?
  {
    var newest: Cosignature?
    for signature in signatures where key.claims(signature) {
      let stamp = signature.bytes.prefix(Self.stampCount)
      let time = stamp.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard stamp.count == Self.stampCount, (1...UInt64(Int64.max)).contains(time),
        key.verifies(signature.bytes.dropFirst(Self.stampCount), over: Self.message(text, at: time))
      else { throw .badSignature(signer: key.label) }
      newest = Cosignature(witness: name, time: max(time, newest?.time ?? 0))
    }
    return newest
  }
}

/// A witness's word that a checkpoint extends everything it has seen of the log before.
package struct Cosignature: Hashable, Sendable {
  /// The name of the witness.
  package let witness: String
  /// When it signed, in seconds since 1970, by its own clock.
  package let time: UInt64
}
