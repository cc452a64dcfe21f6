// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation

/// The payload of an age file: chunks of 64 KiB, each under ChaCha20-Poly1305 with its place in the file and
/// whether it is the last as the nonce, so that none can be moved, dropped or added
/// (C2SP age specification, "Payload").
struct ChunkCipher: Sendable {
  static let nonceCount = 16
  static let plainCount = 64 << 10
  static let tagCount = 16
  static let sealedCount = plainCount + tagCount
  /// Bytes before a sealed chunk that ``open(_:index:isLast:_:)`` writes the chunk's nonce to.
  static let margin = 12

  private let key: SymmetricKey

  init(fileKey: SymmetricKey, nonce: [UInt8]) {
    precondition(nonce.count == Self.nonceCount, "a payload nonce has 16 bytes")
    key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: fileKey, salt: nonce, info: Data("payload".utf8), outputByteCount: 32)
  }

  /// Seals one chunk and hands `body` the ciphertext with its tag.
  func seal(
    _ plain: UnsafeRawBufferPointer, index: Int, isLast: Bool,
    _ body: (UnsafeRawBufferPointer) throws(SealError) -> Void
  ) throws(SealError) {
    // Sealing fails for keys and nonces of the wrong length only.
    let box = try! unsafe ChaChaPoly.seal(
      Memory.view(plain), using: key, nonce: Self.nonce(index: index, isLast: isLast))
    // Behind the nonce, which the reader knows.
    try unsafe Memory.lend(box.combined) { (sealed) throws(SealError) in
      try unsafe body(UnsafeRawBufferPointer(rebasing: sealed[Self.margin...]))
    }
  }

  /// Opens one chunk in `memory`, whose first ``margin`` bytes are free and are overwritten, and hands `body` the plaintext. It is
  /// zeroed afterwards.
  ///
  /// What is in `memory` must be the caller's own copy: what is decrypted is what was authenticated, even while
  /// somebody changes the file.
  /// - Returns: `false`, without a call of `body`, when the chunk is not authentic at this place.
  func open(
    _ memory: UnsafeMutableRawBufferPointer, index: Int, isLast: Bool,
    _ body: (UnsafeRawBufferPointer) throws(SealError) -> Void
  ) throws(SealError) -> Bool {
    guard memory.count >= Self.margin + Self.tagCount else { return false }
    unsafe memory.copyBytes(from: Self.nonceBytes(index: index, isLast: isLast))
    guard
      let box = try? unsafe ChaChaPoly.SealedBox(combined: Memory.view(UnsafeRawBufferPointer(memory))),
      var plain = try? ChaChaPoly.open(box, using: key)
    else { return false }
    defer { Memory.erase(&plain) }
    try unsafe Memory.lend(plain, body)
    return true
  }

  private static func nonce(index: Int, isLast: Bool) -> ChaChaPoly.Nonce {
    // Twelve bytes are always accepted.
    try! ChaChaPoly.Nonce(data: nonceBytes(index: index, isLast: isLast))
  }

  /// Eleven bytes of counter, most significant first, and one that marks the last chunk.
  private static func nonceBytes(index: Int, isLast: Bool) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 12)
    for place in 0..<8 { bytes[10 - place] = UInt8(truncatingIfNeeded: index >> (8 * place)) }
    bytes[11] = isLast ? 1 : 0
    return bytes
  }
}
