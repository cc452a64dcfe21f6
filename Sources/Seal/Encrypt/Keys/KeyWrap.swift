// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes

/// How a stanza's body holds the file key: under ChaCha20-Poly1305, with a key that is used this once and therefore with the
/// nonce zero.
enum KeyWrap {
  /// Bytes of a file key.
  static let fileKeyCount = 16
  static let wrappedCount = fileKeyCount + 16

  static func wrap(_ fileKey: SymmetricKey, with key: SymmetricKey) -> [UInt8] {
    unsafe fileKey.withUnsafeBytes { plain in
      // Sealing fails for keys and nonces of the wrong length only.
      let box = unsafe try! ChaChaPoly.seal(Memory.view(plain), using: key, nonce: zeroNonce)
      return Array(box.ciphertext + box.tag)
    }
  }

  /// Before any decryption: a body of another length could be made to open under several keys (a partitioning
  /// oracle).
  /// - Throws: ``SealError/stanza(index:_:)``.
  static func check(_ stanza: AgeStanza, at index: Int) throws(SealError) {
    guard stanza.body.count == wrappedCount else {
      throw .stanza(index: index, .bodyLength(expected: wrappedCount, found: stanza.body.count))
    }
  }

  /// The file key, or `nil` when it was not wrapped with `key`.
  static func unwrap(_ body: [UInt8], with key: SymmetricKey) -> SymmetricKey? {
    guard let box = try? ChaChaPoly.SealedBox(combined: Data(zeroNonce) + body),
      var plain = try? ChaChaPoly.open(box, using: key)
    else { return nil }
    defer { Memory.erase(&plain) }
    return SymmetricKey(data: plain)
  }

  private static var zeroNonce: ChaChaPoly.Nonce {
    // A nonce of 12 bytes is always accepted.
    try! ChaChaPoly.Nonce(data: [UInt8](repeating: 0, count: 12))
  }
}

extension AgeStanza {
  /// The bytes that argument `place` encodes.
  /// - Throws: ``SealError/stanza(index:_:)`` unless there are `arguments` arguments and it encodes `count` bytes.
  func share(
    _ place: Int, of arguments: Int, count: Int, at index: Int
  ) throws(SealError) -> [UInt8] {
    guard self.arguments.count == arguments else {
      throw .stanza(index: index, .argumentCount(expected: arguments, found: self.arguments.count))
    }
    guard let share = Base64.standard.decode(self.arguments[place].utf8), share.count == count else {
      throw .stanza(index: index, .badShare(count: count))
    }
    return share
  }
}
