// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
package import MartletFiles
import Synchronization

package import struct MartletEvidence.Digest

/// The key and the header of a file that is about to be sealed. It seals one file and is gone: a second file under the same
/// key would give both away.
package struct FileSealer: ~Copyable, Sendable {
  /// The header and the payload's nonce.
  private let head: [UInt8]
  private let cipher: ChunkCipher
  /// What ``MemberName`` is made of.
  let fileKey: SymmetricKey

  /// For recipients, each named once.
  /// - Throws: ``SealError/noRecipient``, ``SealError/tooManyRecipients(limit:)``, ``SealError/weakRecipient(_:)``,
  ///   ``SealError/mixedRecipients``.
  package init(for recipients: [SealingRecipient]) throws(SealError) {
    let fileKey = SymmetricKey(size: .bits128)
    self.init(fileKey, try AgeHeader.aligned(fileKey, for: recipients))
  }

  /// For whoever knows a passphrase, and nobody else. The format has a passphrase stand alone, so that the header is not
  /// aligned.
  /// - Throws: ``SealError/noMemory(bytes:reason:)``.
  package init(passphrase: borrowing Passphrase) throws(SealError) {
    let fileKey = SymmetricKey(size: .bits128)
    self.init(fileKey, AgeHeader([try passphrase.wrap(fileKey)], fileKey: fileKey))
  }

  private init(_ fileKey: SymmetricKey, _ header: AgeHeader) {
    let nonce = SystemRandom.bytes(ChunkCipher.nonceCount)
    self.fileKey = fileKey
    head = header.text + nonce
    cipher = ChunkCipher(fileKey: fileKey, nonce: nonce)
  }

  /// Bytes of the sealed file for so many bytes of plaintext.
  package func sealedCount(of plainCount: Int) -> Int {
    head.count + ChunkLayout(plainCount: plainCount).sealedCount
  }

  /// Seals `plaintext` to its places in a file, on all cores and in constant memory.
  /// - Throws: ``SealError/file(_:)``.
  package consuming func write(
    _ plaintext: some SealedSource, to file: FilePlaces, progress: SealProgress = { _, _ in }
  ) throws(SealError) {
    let layout = ChunkLayout(plainCount: plaintext.count)
    let start = head.count
    let cipher = cipher
    try Self.put(head, to: file)
    let turn = WriteTurn(file)
    try unsafe ChunkWorkers.run(over: layout.chunks, progress: progress) {
      (batch, desk) throws(SealError) in
      let range =
        layout.plain(batch.lowerBound).lowerBound..<layout.plain(batch.upperBound - 1).upperBound
      try unsafe plaintext.copy(
        into: UnsafeMutableRawBufferPointer(rebasing: desk.read[..<range.count]), from: range.lowerBound)
      let sealed = layout.sealed(batch.lowerBound).lowerBound..<layout.sealed(batch.upperBound - 1).upperBound
      for chunk in batch {
        let from = layout.plain(chunk)
        let to = layout.sealed(chunk)
        unsafe cipher.seal(
          UnsafeRawBufferPointer(
            rebasing: desk.read[from.lowerBound - range.lowerBound..<from.upperBound - range.lowerBound]),
          index: chunk, isLast: layout.isLast(chunk),
          into: UnsafeMutableRawBufferPointer(
            rebasing: desk.made[to.lowerBound - sealed.lowerBound..<to.upperBound - sealed.lowerBound]))
      }
      try unsafe turn.write(
        UnsafeRawBufferPointer(rebasing: desk.made[..<sealed.count]), at: start + sealed.lowerBound)
    }
  }

  private static func put(_ head: [UInt8], to file: FilePlaces) throws(SealError) {
    do throws(FilesError) {
      try unsafe head.span.withUnsafeBytes { (bytes) throws(FilesError) in try unsafe file.write(bytes, at: 0)
      }
    } catch { throw .file(error) }
  }

  /// Seals `plaintext` from front to back, and returns the SHA-256 of the plaintext.
  ///
  /// Each byte of the plaintext is read once, into memory of our own, and that copy is both sealed and
  /// hashed. While somebody writes to a mapped file, the digest is still the digest of what was sealed.
  ///
  /// - Parameter sink: Gets the sealed file, about 2 MiB at a time, on the calling thread.
  /// - Throws: ``SealError/noMemory(bytes:reason:)``, ``SealError/file(_:)``, and whatever the sink throws.
  package consuming func seal(
    _ plaintext: some SealedSource, into sink: (Span<UInt8>) throws -> Void
  ) throws -> Digest {
    let hasher = Mutex(SHA256())
    try unsafe stream(
      plaintext, hash: { part in hasher.withLock { unsafe $0.update(bufferPointer: part) } }, into: sink)
    return Digest(hasher.withLock { $0.finalize() })
  }

  /// As ``seal(_:into:)``, without the time that hashing takes.
  package consuming func stream(
    _ plaintext: some SealedSource, into sink: (Span<UInt8>) throws -> Void
  ) throws {
    try unsafe stream(plaintext, hash: { _ in }, into: sink)
  }

  private consuming func stream(
    _ plaintext: some SealedSource, hash: @escaping @Sendable (UnsafeRawBufferPointer) -> Void,
    into sink: (Span<UInt8>) throws -> Void
  ) throws {
    try sink(head.span)
    let cipher = cipher
    let layout = ChunkLayout(plainCount: plaintext.count)
    let held = ChunkPipeline.held(of: layout.chunks)
    let staged = try SecretBytes(zeros: held * ChunkCipher.plainCount)
    let sealed = UnsafeMutableRawBufferPointer.allocate(
      byteCount: held * ChunkCipher.sealedCount, alignment: 16)
    defer { unsafe sealed.deallocate() }
    let failed = Mutex<SealError?>(nil)

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
        let start = chunk % held * ChunkCipher.sealedCount
        do throws(SealError) {
          try unsafe plaintext.copy(into: plain, from: layout.plain(chunk).lowerBound)
          unsafe cipher.seal(
            UnsafeRawBufferPointer(plain), index: chunk, isLast: layout.isLast(chunk),
            into: UnsafeMutableRawBufferPointer(
              rebasing: sealed[start..<start + layout.sealed(chunk).count]))
        } catch {
          failed.withLock { $0 = error }
        }
      } hash: { batch in
        for chunk in batch { unsafe hash(UnsafeRawBufferPointer(plain(chunk))) }
      } output: { batch in
        if let error = failed.withLock({ $0 }) { throw error }
        // A batch never wraps around: two of them fill the memory exactly.
        let start = batch.lowerBound % held * ChunkCipher.sealedCount
        let count =
          layout.sealed(batch.upperBound - 1).upperBound - layout.sealed(batch.lowerBound).lowerBound
        let part = unsafe UnsafeRawBufferPointer(rebasing: sealed[start..<start + count])
        try unsafe sink(Span(_unsafeElements: part.bindMemory(to: UInt8.self)))
      }
    }
  }
}
