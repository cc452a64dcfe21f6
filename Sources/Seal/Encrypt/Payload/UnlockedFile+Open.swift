// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Dispatch
package import MartletFiles
import Synchronization

package import struct MartletEvidence.Digest

extension UnlockedFile {
  /// Opens the whole file in memory. Nothing is returned before every chunk is authenticated, and
  /// the plaintext exists once, in memory that is zeroed with it.
  ///
  /// - Parameter digest: When given, the plaintext must also have this SHA-256. It is computed meanwhile.
  /// - Throws: ``SealError``.
  package func open(expecting digest: Digest? = nil) throws(SealError) -> SecretBytes {
    let plaintext = try SecretBytes(zeros: layout.plainCount)
    let hasher = Mutex(SHA256())
    try unsafe plaintext.withUnsafeMutableBytes { (memory) throws(SealError) in
      // Shared between threads that write disjoint chunks; what is hashed was written before.
      nonisolated(unsafe) let memory = unsafe memory
      guard digest != nil else {
        return try unsafe ChunkWorkers.run(over: layout.chunks) { (batch, desk) throws(SealError) in
          try unsafe open(batch, in: desk.read, to: { unsafe Self.place(layout.plain($0), in: memory) })
        }
      }
      try unsafe ordered { chunk in
        unsafe Self.place(layout.plain(chunk), in: memory)
      } hash: { batch in
        let part = layout.plain(batch.lowerBound).lowerBound..<layout.plain(batch.upperBound - 1).upperBound
        hasher.withLock { unsafe $0.update(bufferPointer: UnsafeRawBufferPointer(rebasing: memory[part])) }
      } output: { (_, failure) throws(SealError) in
        if let failure { throw failure }
      }
    }
    if let digest {
      let found = Digest(hasher.withLock { $0.finalize() })
      guard found == digest else { throw .otherPlaintext(expected: digest, found: found) }
    }
    return plaintext
  }

  /// Writes the plaintext to its places in a file, on all cores and in constant memory. Each chunk is authenticated before any
  /// of it is written.
  /// - Throws: ``SealError``; the file then has parts of the plaintext, and must not be kept.
  package func write(
    to file: FilePlaces, progress: SealProgress = { _, _ in }
  ) throws(SealError) {
    let turn = WriteTurn(file)
    try unsafe ChunkWorkers.run(over: layout.chunks, progress: progress) {
      (batch, desk) throws(SealError) in
      let start = layout.plain(batch.lowerBound).lowerBound
      try unsafe open(
        batch, in: desk.read,
        to: { chunk in
          let range = layout.plain(chunk)
          return unsafe Self.place(range.lowerBound - start..<range.upperBound - start, in: desk.made)
        })
      let count = layout.plain(batch.upperBound - 1).upperBound - start
      try unsafe turn.write(UnsafeRawBufferPointer(rebasing: desk.made[..<count]), at: start)
    }
  }

  /// Gives the plaintext from front to back, about 2 MiB at a time, on the calling thread. Each chunk is authenticated
  /// before any of it is given; whether the file is whole is known at the end only, so that whoever acts on the
  /// plaintext waits until this returns.
  /// - Throws: ``SealError``, and what the sink throws.
  package func stream(into sink: (Span<UInt8>) throws -> Void) throws {
    let held = ChunkPipeline.held(of: layout.chunks)
    let staged = try SecretBytes(zeros: held * ChunkCipher.plainCount)
    try unsafe staged.withUnsafeMutableBytes { memory in
      nonisolated(unsafe) let memory = unsafe memory
      try unsafe ordered { chunk in
        let start = chunk % held * ChunkCipher.plainCount
        return unsafe Self.place(start..<start + layout.plain(chunk).count, in: memory)
      } hash: { _ in
      } output: { batch, failure in
        if let failure { throw failure }
        let start = batch.lowerBound % held * ChunkCipher.plainCount
        let count =
          layout.plain(batch.upperBound - 1).upperBound - layout.plain(batch.lowerBound).lowerBound
        let part = unsafe UnsafeRawBufferPointer(rebasing: memory[start..<start + count])
        try unsafe sink(Span(_unsafeElements: part.bindMemory(to: UInt8.self)))
      }
    }
  }

  private static func place(
    _ range: Range<Int>, in memory: UnsafeMutableRawBufferPointer
  ) -> UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(rebasing: memory[range])
  }

  /// Opens batches of chunks on all cores, each chunk to its place and each batch followed in order by `hash` and `output`,
  /// which is told what failed up to then.
  private func ordered<Failure: Error>(
    to place: @escaping @Sendable (Int) -> UnsafeMutableRawBufferPointer,
    hash: @escaping @Sendable (Range<Int>) -> Void,
    output: (Range<Int>, SealError?) throws(Failure) -> Void
  ) throws(Failure) {
    let failed = Mutex<(chunk: Int, error: SealError)?>(nil)
    try ChunkPipeline.run(over: layout.chunks) { chunk in
      let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: ChunkCipher.sealedCount, alignment: 16)
      defer { unsafe memory.deallocate() }
      do throws(SealError) {
        try unsafe open(chunk..<chunk + 1, in: memory, to: { unsafe place($0) })
      } catch {
        failed.withLock { if $0 == nil || chunk < $0!.chunk { $0 = (chunk, error) } }
      }
    } hash: {
      hash($0)
    } output: { (batch) throws(Failure) in
      // The first of the chunks that failed, whichever thread was faster.
      try output(batch, failed.withLock { $0?.error })
    }
  }
}
