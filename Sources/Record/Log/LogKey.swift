// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import MartletFiles

/// The private key that signs a log's checkpoints, with the log's name. Whoever has it can write another
/// history of the log, so that it is kept in a file that only its owner can open.
package struct LogKey: ~Copyable, Sendable {
  private static let prefix = "PRIVATE+KEY+"

  /// The public half, to publish.
  package let verifier: LogVerifierKey
  private let key: Curve25519.Signing.PrivateKey

  /// The name of the log.
  package var name: String { verifier.name }

  /// A new key from the system's random numbers.
  /// - Parameter name: the log's name and origin, such as `martlet.example.org/log`: no spaces and no `+`.
  /// - Throws: ``LogError/unusableName(_:)``.
  package init(generatingFor name: String) throws(LogError) {
    guard SignedNote.isUsable(name: name) else { throw .unusableName(name) }
    let key = Curve25519.Signing.PrivateKey()
    let verifier = LogVerifierKey(name: name, publicKey: [UInt8](key.publicKey.rawRepresentation))
    self.init(key: key, verifier: verifier)
  }

  private init(key: Curve25519.Signing.PrivateKey, verifier: LogVerifierKey) {
    self.key = key
    self.verifier = verifier
  }

  /// Reads a key file that ``write(to:)`` made.
  /// - Throws: ``LogError/files(_:)`` when others could read it; ``LogError/malformedKey(reason:)``.
  package init(contentsOf path: String) throws(LogError) {
    guard let bytes = try files({ () throws(FilesError) in try OwnerOnly.read(path) }) else {
      throw .malformedKey(reason: "there is no file at \(path)")
    }
    guard var text = String(validating: bytes, as: UTF8.self) else {
      throw .malformedKey(reason: "\(path) is not text")
    }
    if text.hasSuffix("\n") { text.removeLast() }
    let (name, keyID, seed) = try KeyText.parse(text, prefix: Self.prefix)
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw .malformedKey(reason: "\(path) holds no Ed25519 key")
    }
    let verifier = LogVerifierKey(name: name, publicKey: [UInt8](key.publicKey.rawRepresentation))
    guard verifier.keyID == keyID else {
      throw .malformedKey(reason: "the hash in \(path) is not that of its name and key")
    }
    self.init(key: key, verifier: verifier)
  }

  /// Writes the key to a new file with mode 0600. Refuses a path that is taken.
  package borrowing func write(to path: String) throws(LogError) {
    let text = KeyText.encode(
      name: name, keyID: verifier.keyID, key: [UInt8](key.rawRepresentation), prefix: Self.prefix)
    let bytes = Array((text + "\n").utf8)
    try files { () throws(FilesError) in try OwnerOnly.create(path, with: bytes.span) }
  }

  /// The checkpoint file for a state of the log.
  borrowing func sign(_ checkpoint: Checkpoint) throws(LogError) -> [UInt8] {
    guard let signature = try? key.signature(for: Array(checkpoint.text.utf8)) else {
      throw .malformedKey(reason: "it cannot sign")
    }
    let line = SignedNote.Signature(name: name, keyID: verifier.keyID, bytes: [UInt8](signature))
    return SignedNote(text: checkpoint.text, signatures: [line]).encoded
  }
}

/// Turns the errors of ``MartletFiles`` into this module's.
func files<Result: ~Copyable>(_ body: () throws(FilesError) -> Result) throws(LogError) -> Result {
  do throws(FilesError) { return try body() } catch { throw .files(error) }
}
