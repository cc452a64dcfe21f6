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

  private let key: SymmetricKey

  init(fileKey: SymmetricKey, nonce: [UInt8]) {
    precondition(nonce.count == Self.nonceCount, "a payload nonce has 16 bytes")
    key = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: fileKey, salt: nonce, info: Data("payload".utf8), outputByteCount: 32)
  }

  /// Seals one chunk into `output`, which has room for it and its tag.
  func seal(
    _ plain: UnsafeRawBufferPointer, index: Int, isLast: Bool, into output: UnsafeMutableRawBufferPointer
  ) {
    // Sealing fails for keys and nonces of the wrong length only.
    let box = try! unsafe ChaChaPoly.seal(
      Memory.view(plain), using: key, nonce: Self.nonce(index: index, isLast: isLast))
    // Without the nonce, which the reader knows.
    unsafe output.copyBytes(from: box.combined.dropFirst(12))
  }

  /// Opens one chunk with its tag into `output`, which has room for the plaintext. Writes nothing and returns
  /// `false` when the chunk is not authentic at this place.
  func open(
    _ sealed: UnsafeRawBufferPointer, index: Int, isLast: Bool, into output: UnsafeMutableRawBufferPointer
  ) -> Bool {
    guard var plain = unsafe opened(sealed, index: index, isLast: isLast) else { return false }
    unsafe output.copyBytes(from: plain)
    Memory.erase(&plain)
    return true
  }

  /// Whether the chunk is authentic at this place.
  func isAuthentic(_ sealed: UnsafeRawBufferPointer, index: Int, isLast: Bool) -> Bool {
    guard var plain = unsafe opened(sealed, index: index, isLast: isLast) else { return false }
    Memory.erase(&plain)
    return true
  }

  private func opened(_ sealed: UnsafeRawBufferPointer, index: Int, isLast: Bool) -> Data? {
    guard sealed.count >= Self.tagCount else { return nil }
    // The box is a copy, so that what is decrypted is what was authenticated, even while somebody changes
    // the file under the mapping.
    let split = sealed.count - Self.tagCount
    guard
      let box = try? unsafe ChaChaPoly.SealedBox(
        nonce: Self.nonce(index: index, isLast: isLast),
        ciphertext: Memory.view(UnsafeRawBufferPointer(rebasing: sealed[..<split])),
        tag: Memory.view(UnsafeRawBufferPointer(rebasing: sealed[split...])))
    else { return nil }
    return try? ChaChaPoly.open(box, using: key)
  }

  /// Eleven bytes of counter, most significant first, and one that marks the last chunk.
  private static func nonce(index: Int, isLast: Bool) -> ChaChaPoly.Nonce {
    var bytes = [UInt8](repeating: 0, count: 12)
    for place in 0..<8 { bytes[10 - place] = UInt8(truncatingIfNeeded: index >> (8 * place)) }
    bytes[11] = isLast ? 1 : 0
    return try! ChaChaPoly.Nonce(data: bytes)
  }
}
