// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import MartletBytes

/// What an Ed25519 key signs; a part of its id, so that a key of one kind is never taken for one of the other
/// (C2SP signed-note, "Signature types").
enum NoteKeyKind: UInt8, Sendable {
  /// The text of a note, as a log does.
  case note = 1
  /// A checkpoint at a time, as a witness does (C2SP tlog-cosignature).
  case cosignature = 4
}

/// A public Ed25519 key with a name, as notes are signed with (C2SP signed-note). Its ``text`` is `name+hash+base64`: what
/// `golang.org/x/mod/sumdb/note` and other verifiers read.
struct NoteKey: Hashable, Sendable {
  let kind: NoteKeyKind
  let name: String
  /// 32 bytes.
  let bytes: [UInt8]

  init(kind: NoteKeyKind, name: String, bytes: [UInt8]) {
    self.kind = kind
    self.name = name
    self.bytes = bytes
  }

  /// Reads `name+hash+base64`.
  /// - Throws: ``LogError/malformedKey(reason:)``, ``LogError/unusableName(_:)``.
  init(_ text: String, kind: NoteKeyKind) throws(LogError) {
    let (name, keyID, key) = try KeyText.parse(text, kind: kind, prefix: "")
    guard (try? Curve25519.Signing.PublicKey(rawRepresentation: key)) != nil else {
      throw .malformedKey(reason: "its 32 bytes are no Ed25519 public key")
    }
    self.init(kind: kind, name: name, bytes: key)
    guard self.keyID == keyID else {
      throw .malformedKey(reason: "its hash \(hexadecimal(keyID)) is not that of its name and key")
    }
  }

  var text: String { KeyText.encode(kind: kind, name: name, keyID: keyID, key: bytes, prefix: "") }

  /// The first four bytes of SHA-256 over name, newline, type and key.
  var keyID: [UInt8] {
    let digest = SHA256.hash(data: Array(name.utf8) + [0x0A, kind.rawValue] + bytes)
    return Array(digest.prefix(4))
  }

  /// The name and the id, as messages name a key.
  var label: String { "\(name)+\(hexadecimal(keyID))" }

  /// Whether a signature line says that it is by this key.
  func claims(_ signature: SignedNote.Signature) -> Bool {
    signature.name == name && signature.keyID == keyID
  }

  func verifies(_ signature: some Collection<UInt8>, over message: String) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
    return key.isValidSignature(Array(signature), for: Array(message.utf8))
  }
}

/// The text form of keys: `[prefix]name+hash+base64(type, key)`.
enum KeyText {
  static func encode(kind: NoteKeyKind, name: String, keyID: [UInt8], key: [UInt8], prefix: String) -> String
  {
    "\(prefix)\(name)+\(hexadecimal(keyID))+\(Base64.standard.paddedText([kind.rawValue] + key))"
  }

  static func parse(
    _ text: String, kind: NoteKeyKind, prefix: String
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
    guard let blob = Base64.standard.decodePadded(parts[2]), blob.count == 33,
      let found = NoteKeyKind(rawValue: blob[0])
    else { throw .malformedKey(reason: "it is not the base64 of an Ed25519 key of 32 bytes") }
    guard found == kind else {
      throw .malformedKey(
        reason: kind == .note
          ? "it is the key of a witness, not of a log" : "it is the key of a log, not of a witness")
    }
    let keyID = (0..<4).map { UInt8(truncatingIfNeeded: id >> (24 - 8 * UInt32($0))) }
    return (name, keyID, Array(blob[1...]))
  }
}
