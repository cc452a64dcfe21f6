// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import Foundation
import Synchronization

/// Told how much is done, of how much.
package typealias SealProgress = @Sendable (Int, Int) -> Void

/// Runs over the chunks of a file on all cores, where each knows the place of its output and nothing has an order: a file
/// that becomes a file. For output that has an order see ``ChunkPipeline``.
///
/// Each core takes the next batch of 256 KiB, reads it, seals or opens it and writes it, so that also the copies into and out
/// of the system go side by side, and what is written is still in the cache.
enum ChunkWorkers {
  static let batch = 4

  /// What a core works in: room for a batch of sealed chunks as it is read, and for one as it is made.
  @unsafe struct Desk {
    let read: UnsafeMutableRawBufferPointer
    let made: UnsafeMutableRawBufferPointer

    fileprivate init() {
      unsafe read = .allocate(byteCount: batch * ChunkCipher.sealedCount, alignment: 4096)
      unsafe made = .allocate(byteCount: batch * ChunkCipher.sealedCount, alignment: 4096)
    }

    /// Leaves no plaintext behind.
    fileprivate func clear() {
      unsafe explicit_bzero(read.baseAddress!, read.count)
      unsafe explicit_bzero(made.baseAddress!, made.count)
      unsafe read.deallocate()
      unsafe made.deallocate()
    }
  }

  /// - Parameters:
  ///   - progress: is told how many chunks are done of how many, from any core.
  ///   - body: works on one batch at a desk of its core. When it throws, no new batch is begun.
  /// - Throws: the error of the first batch that failed, whichever core was faster.
  static func run(
    over chunks: Int, progress: SealProgress = { _, _ in },
    _ body: @Sendable (Range<Int>, Desk) throws(SealError) -> Void
  ) throws(SealError) {
    let next = Atomic(0)
    let done = Atomic(0)
    let failed = Mutex<(batch: Int, error: SealError)?>(nil)
    let batches = (chunks + batch - 1) / batch
    let cores = min(batches, ProcessInfo.processInfo.activeProcessorCount)
    DispatchQueue.concurrentPerform(iterations: cores) { _ in
      let desk = unsafe Desk()
      defer { unsafe desk.clear() }
      while failed.withLock({ $0 == nil }) {
        let taken = next.add(1, ordering: .relaxed).oldValue
        guard taken < batches else { return }
        do throws(SealError) {
          let range = taken * batch..<min(taken * batch + batch, chunks)
          try unsafe body(range, desk)
          progress(done.add(range.count, ordering: .relaxed).newValue, chunks)
        } catch {
          // Batches are taken in order, so that every one before this is done or under way and reports too.
          failed.withLock { if $0 == nil || taken < $0!.batch { $0 = (taken, error) } }
        }
      }
    }
    if let failure = failed.withLock({ $0 }) { throw failure.error }
  }
}
