// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import MartletFiles

/// A private Ed25519 key with a name, kept in a file that only its owner can open.
struct NoteSigningKey: ~Copyable, Sendable {
  private static let prefix = "PRIVATE+KEY+"

  let verifier: NoteKey
  private let key: Curve25519.Signing.PrivateKey

  /// A new key from the system's random numbers.
  /// - Throws: ``LogError/unusableName(_:)``.
  init(generatingFor name: String, kind: NoteKeyKind) throws(LogError) {
    guard SignedNote.isUsable(name: name) else { throw .unusableName(name) }
    let key = Curve25519.Signing.PrivateKey()
    let verifier = NoteKey(kind: kind, name: name, bytes: [UInt8](key.publicKey.rawRepresentation))
    self.init(key: key, verifier: verifier)
  }

  private init(key: Curve25519.Signing.PrivateKey, verifier: NoteKey) {
    self.key = key
    self.verifier = verifier
  }

  /// Reads a key file that ``write(to:)`` made.
  /// - Throws: ``LogError/files(_:)`` when others could read it; ``LogError/malformedKey(reason:)``.
  init(contentsOf path: String, kind: NoteKeyKind) throws(LogError) {
    guard let bytes = try files({ () throws(FilesError) in try OwnerOnly.read(path) }) else {
      throw .malformedKey(reason: "there is no file at \(path)")
    }
    guard var text = String(validating: bytes, as: UTF8.self) else {
      throw .malformedKey(reason: "\(path) is not text")
    }
    if text.hasSuffix("\n") { text.removeLast() }
    let (name, keyID, seed) = try KeyText.parse(text, kind: kind, prefix: Self.prefix)
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
      throw .malformedKey(reason: "\(path) holds no Ed25519 key")
    }
    let verifier = NoteKey(kind: kind, name: name, bytes: [UInt8](key.publicKey.rawRepresentation))
    guard verifier.keyID == keyID else {
      throw .malformedKey(reason: "the hash in \(path) is not that of its name and key")
    }
    self.init(key: key, verifier: verifier)
  }

  /// Writes the key to a new file with mode 0600. Refuses a path that is taken.
  borrowing func write(to path: String) throws(LogError) {
    let text = KeyText.encode(
      kind: verifier.kind, name: verifier.name, keyID: verifier.keyID, key: [UInt8](key.rawRepresentation),
      prefix: Self.prefix)
    let bytes = Array((text + "\n").utf8)
    try files { () throws(FilesError) in try OwnerOnly.create(path, with: bytes.span) }
  }

  /// The Ed25519 signature (RFC 8032) over a message: 64 bytes.
  borrowing func signature(over message: String) throws(LogError) -> [UInt8] {
    guard let signature = try? key.signature(for: Array(message.utf8)) else {
      throw .malformedKey(reason: "it cannot sign")
    }
    return [UInt8](signature)
  }
}

/// Turns the errors of ``MartletFiles`` into this module's.
func files<Result: ~Copyable>(_ body: () throws(FilesError) -> Result) throws(LogError) -> Result {
  do throws(FilesError) { return try body() } catch { throw .files(error) }
}
