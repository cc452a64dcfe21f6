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
  static let tagCount = ChaChaKey.tagCount
  static let sealedCount = plainCount + tagCount

  private let key: ChaChaKey

  init(fileKey: SymmetricKey, nonce: [UInt8]) {
    precondition(nonce.count == Self.nonceCount, "a payload nonce has 16 bytes")
    key = ChaChaKey(
      HKDF<SHA256>.deriveKey(
        inputKeyMaterial: fileKey, salt: nonce, info: Data("payload".utf8), outputByteCount: 32))
  }

  /// Seals one chunk into memory elsewhere that has exactly the room for it and its tag.
  func seal(
    _ plain: UnsafeRawBufferPointer, index: Int, isLast: Bool, into sealed: UnsafeMutableRawBufferPointer
  ) {
    unsafe key.seal(plain, nonce: Self.nonce(index: index, isLast: isLast), into: sealed)
  }

  /// Opens one chunk into memory elsewhere, or into the front of its own, that has exactly the room for its plaintext.
  ///
  /// `sealed` must be the caller's own copy: what is decrypted is what was authenticated, even while somebody changes the
  /// file.
  /// - Returns: `false`, with no plaintext left, when the chunk is not authentic at this place.
  func open(
    _ sealed: UnsafeRawBufferPointer, index: Int, isLast: Bool, into plain: UnsafeMutableRawBufferPointer
  ) -> Bool {
    unsafe key.open(sealed, nonce: Self.nonce(index: index, isLast: isLast), into: plain)
  }

  /// Eleven bytes of counter, most significant first, and one that marks the last chunk.
  private static func nonce(index: Int, isLast: Bool) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: ChaChaKey.nonceCount)
    for place in 0..<8 { bytes[10 - place] = UInt8(truncatingIfNeeded: index >> (8 * place)) }
    bytes[11] = isLast ? 1 : 0
    return bytes
  }
}
