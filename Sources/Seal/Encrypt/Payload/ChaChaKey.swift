// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import CCryptoBoringSSL
import Crypto

/// ChaCha20-Poly1305 (RFC 8439) with one key, from memory of ours to memory of ours.
///
/// It is the cipher that swift-crypto carries, called without swift-crypto's own interface: that gives each message in an
/// allocation of its own, from which it must be copied, which takes a third of the time and spreads plaintext over the heap.
@safe final class ChaChaKey: @unchecked Sendable {
  static let nonceCount = 12
  static let tagCount = 16

  // Sendable although it is a pointer: sealing and opening only read from it.
  private let context: UnsafeMutablePointer<EVP_AEAD_CTX>

  /// - Parameter key: 32 bytes.
  init(_ key: SymmetricKey) {
    unsafe context = key.withUnsafeBytes { bytes in
      // Nil for keys of another length only, and when there is no memory at all.
      unsafe CCryptoBoringSSL_EVP_AEAD_CTX_new(
        CCryptoBoringSSL_EVP_aead_chacha20_poly1305(), bytes.baseAddress, bytes.count, Self.tagCount)!
    }
  }

  // Zeroes the key.
  deinit { unsafe CCryptoBoringSSL_EVP_AEAD_CTX_free(context) }

  /// Seals `plain` with a tag behind it into `sealed`, which has room for exactly that. The two do not overlap, or they
  /// begin at one place.
  func seal(_ plain: UnsafeRawBufferPointer, nonce: [UInt8], into sealed: UnsafeMutableRawBufferPointer) {
    precondition(
      sealed.count == plain.count + Self.tagCount, "a sealed message is as long as its plaintext and a tag")
    var count = 0
    let done = unsafe CCryptoBoringSSL_EVP_AEAD_CTX_seal(
      context, sealed.baseAddress, &count, sealed.count, nonce, nonce.count, plain.baseAddress, plain.count,
      nil, 0)
    precondition(done == 1, "sealing fails for nonces and memory of the wrong length only")
  }

  /// Opens `sealed` into `plain`, which has room for all but the tag. The two do not overlap, or they begin at one place.
  /// - Returns: `false`, with `plain` zeroed, when the message is not authentic.
  func open(_ sealed: UnsafeRawBufferPointer, nonce: [UInt8], into plain: UnsafeMutableRawBufferPointer)
    -> Bool
  {
    precondition(
      sealed.count == plain.count + Self.tagCount, "a sealed message is as long as its plaintext and a tag")
    var count = 0
    return unsafe CCryptoBoringSSL_EVP_AEAD_CTX_open(
      context, plain.baseAddress, &count, plain.count, nonce, nonce.count, sealed.baseAddress, sealed.count,
      nil, 0) == 1
  }
}
