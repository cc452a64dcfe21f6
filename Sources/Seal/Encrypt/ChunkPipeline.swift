// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch

/// Runs over the chunks of a file in batches of 2 MiB: the chunks of a batch in parallel on all cores, and
/// at the same time, on one of them, a digest over the batch before, which is still in the cache.
///
/// What is slow goes side by side, and everything that has an order keeps it: batches, digests and output
/// follow one another from front to back.
enum ChunkPipeline {
  static let batch = 32

  /// - Parameters:
  ///   - chunk: Works on one chunk, on any thread, while others of its batch are worked on.
  ///   - trail: Gets each batch, in order, one batch behind.
  ///   - output: Gets each batch, in order, on the calling thread, after all its chunks.
  static func run<Failure: Error>(
    over chunks: Int, chunk: @Sendable (Int) -> Void, trail: @Sendable (Range<Int>) -> Void,
    output: (Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    var done = 0..<0
    repeat {
      let previous = done
      let current = previous.upperBound..<min(previous.upperBound + batch, chunks)
      DispatchQueue.concurrentPerform(iterations: current.count + 1) { task in
        // The digest goes first: it is one long piece, and the chunks fill the time beside it.
        if task == 0 {
          if !previous.isEmpty { trail(previous) }
        } else {
          chunk(current.lowerBound + task - 1)
        }
      }
      if !current.isEmpty { try output(current) }
      done = current
    } while !done.isEmpty
  }
}
