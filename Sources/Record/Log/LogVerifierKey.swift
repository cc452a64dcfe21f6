// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto

/// The public key of a log, with the name of the log (C2SP signed-note). Give its ``text`` to whoever shall be
/// able to check the log without trusting the machine that writes it.
package struct LogVerifierKey: Hashable, Sendable {
  /// The signature type of Ed25519 in a key.
  static let ed25519: UInt8 = 1

  /// The name of the log.
  package let name: String
  private let publicKey: [UInt8]

  init(name: String, publicKey: [UInt8]) {
    self.name = name
    self.publicKey = publicKey
  }

  /// Reads `name+hash+key`, the form of ``text``.
  /// - Throws: ``LogError/malformedKey(reason:)``.
  package init(_ text: String) throws(LogError) {
    let (name, keyID, key) = try KeyText.parse(text, prefix: "")
    guard (try? Curve25519.Signing.PublicKey(rawRepresentation: key)) != nil else {
      throw .malformedKey(reason: "its 32 bytes are no Ed25519 public key")
    }
    self.init(name: name, publicKey: key)
    guard self.keyID == keyID else {
      throw .malformedKey(reason: "its hash \(hexadecimal(keyID)) is not that of its name and key")
    }
  }

  /// `name+hash+base64`: what `golang.org/x/mod/sumdb/note` and other verifiers read.
  package var text: String { KeyText.encode(name: name, keyID: keyID, key: publicKey, prefix: "") }

  /// The first four bytes of SHA-256 over name, newline, type and key.
  var keyID: [UInt8] {
    let digest = SHA256.hash(data: Array(name.utf8) + [0x0A, Self.ed25519] + publicKey)
    return Array(digest.prefix(4))
  }

  /// Reads a checkpoint file, and believes it only when this key has signed it.
  ///
  /// Refuses signatures of other keys beside it too: they could not be checked, so that anybody could change them.
  /// - Throws: ``LogError/malformedCheckpoint(_:)``, ``LogError/notSigned(expected:found:)``,
  ///   ``LogError/badSignature(signer:)``, ``LogError/wrongOrigin(expected:found:)``.
  package func checkpoint(from file: [UInt8]) throws(LogError) -> Checkpoint {
    let checkpoint: Checkpoint
    do throws(CheckpointFlaw) {
      checkpoint = try Checkpoint(parsing: SignedNote(parsing: file).text)
    } catch { throw .malformedCheckpoint(error) }
    _ = try text(ofNote: file)
    guard checkpoint.origin == name else { throw .wrongOrigin(expected: name, found: checkpoint.origin) }
    return checkpoint
  }

  /// The text of a note of any kind that this key, and no other, has signed.
  /// - Throws: ``LogError/malformedCheckpoint(_:)``, ``LogError/notSigned(expected:found:)``,
  ///   ``LogError/badSignature(signer:)``.
  package func text(ofNote file: [UInt8]) throws(LogError) -> String {
    let note: SignedNote
    do throws(CheckpointFlaw) {
      note = try SignedNote(parsing: file)
    } catch { throw .malformedCheckpoint(error) }
    guard note.signatures.count == 1, let signature = note.signatures.first,
      signature.name == name, signature.keyID == keyID
    else {
      throw .notSigned(expected: label, found: note.signatures.map { "\($0.name)+\(hexadecimal($0.keyID))" })
    }
    guard verifies(signature.bytes, over: note.text) else { throw .badSignature(signer: label) }
    return note.text
  }

  private var label: String { "\(name)+\(hexadecimal(keyID))" }

  private func verifies(_ signature: [UInt8], over text: String) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
    return key.isValidSignature(signature, for: Array(text.utf8))
  }
}

/// The text form of keys: `[prefix]name+hash+base64(type, key)`.
enum KeyText {
  static func encode(name: String, keyID: [UInt8], key: [UInt8], prefix: String) -> String {
    "\(prefix)\(name)+\(hexadecimal(keyID))+\(Base64.encode([LogVerifierKey.ed25519] + key))"
  }

  static func parse(
    _ text: String, prefix: String
  ) throws(LogError) -> (name: String, keyID: [UInt8], key: [UInt8]) {
    guard text.hasPrefix(prefix) else { throw .malformedKey(reason: "it does not begin with \(prefix)") }
    // Base64 may contain plus signs; the name may not.
    let parts = text.dropFirst(prefix.count).split(
      separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw .malformedKey(reason: "it is not of the form name+hash+key") }
    let name = String(parts[0])
    guard SignedNote.isUsable(name: name) else { throw .unusableName(name) }
    guard parts[1].utf8.count == 8, let id = UInt32(parts[1], radix: 16) else {
      throw .malformedKey(reason: "its hash is not eight hexadecimal digits")
    }
    guard let blob = Base64.decode(parts[2]), blob.count == 33, blob[0] == LogVerifierKey.ed25519 else {
      throw .malformedKey(reason: "it is not the base64 of an Ed25519 key of 32 bytes")
    }
    let keyID = (0..<4).map { UInt8(truncatingIfNeeded: id >> (24 - 8 * UInt32($0))) }
    return (name, keyID, Array(blob[1...]))
  }
}
