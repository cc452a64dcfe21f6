// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
package import MartletBytes
import Synchronization

package import struct MartletEvidence.Digest

extension SealedFile {
  /// Seals `plaintext` for all of `recipients`, in one pass and constant memory, and returns the SHA-256 of
  /// the plaintext.
  ///
  /// Each byte of the plaintext is read once, into memory of our own, and that copy is both sealed and
  /// hashed. While somebody writes to a mapped file, the digest is still the digest of what was sealed.
  ///
  /// - Parameter sink: Gets the sealed file from front to back, about 2 MiB at a time.
  /// - Throws: ``SealError/noRecipient``, ``SealError/tooManyRecipients(count:limit:)``,
  ///   ``SealError/weakRecipient(_:)``, ``SealError/noMemory(bytes:reason:)``, and whatever the sink throws.
  package static func seal(
    _ plaintext: Bytes, to recipients: [SealingRecipient], into sink: (Span<UInt8>) throws -> Void
  ) throws -> Digest {
    let fileKey = SymmetricKey(size: .bits128)
    let nonce = SystemRandom.bytes(ChunkCipher.nonceCount)
    let head = try AgeHeader.aligned(fileKey, for: recipients).text + nonce
    try sink(head.span)

    let cipher = ChunkCipher(fileKey: fileKey, nonce: nonce)
    let layout = ChunkLayout(plainCount: plaintext.count)
    let hasher = Mutex(SHA256())
    let held = ChunkPipeline.held(of: layout.chunks)
    let staged = try SecretBytes(zeros: held * ChunkCipher.plainCount)
    let sealed = UnsafeMutableRawBufferPointer.allocate(
      byteCount: held * ChunkCipher.sealedCount, alignment: 16)
    defer { unsafe sealed.deallocate() }

    try unsafe staged.withUnsafeMutableBytes { staged in
      // Shared between threads that write disjoint chunks; what is hashed and written was made a batch before.
      nonisolated(unsafe) let staged = unsafe staged
      nonisolated(unsafe) let sealed = unsafe sealed
      @Sendable func plain(_ chunk: Int) -> UnsafeMutableRawBufferPointer {
        let start = chunk % held * ChunkCipher.plainCount
        return unsafe UnsafeMutableRawBufferPointer(
          rebasing: staged[start..<start + layout.plain(chunk).count])
      }
      try ChunkPipeline.run(over: layout.chunks) { chunk in
        let plain = unsafe plain(chunk)
        unsafe plaintext.slice(layout.plain(chunk)).withUnsafeBytes { unsafe plain.copyMemory(from: $0) }
        let start = chunk % held * ChunkCipher.sealedCount
        unsafe cipher.seal(
          UnsafeRawBufferPointer(plain), index: chunk, isLast: layout.isLast(chunk),
          into: UnsafeMutableRawBufferPointer(rebasing: sealed[start...]))
      } hash: { batch in
        hasher.withLock { hasher in
          for chunk in batch { unsafe hasher.update(bufferPointer: UnsafeRawBufferPointer(plain(chunk))) }
        }
      } output: { batch in
        // A batch never wraps around: two of them fill the memory exactly.
        let start = batch.lowerBound % held * ChunkCipher.sealedCount
        let count =
          layout.sealed(batch.upperBound - 1).upperBound - layout.sealed(batch.lowerBound).lowerBound
        let part = unsafe UnsafeRawBufferPointer(rebasing: sealed[start..<start + count])
        try unsafe sink(Span(_unsafeElements: part.bindMemory(to: UInt8.self)))
      }
    }
    return Digest(hasher.withLock { $0.finalize() })
  }
}
