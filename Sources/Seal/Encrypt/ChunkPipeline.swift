// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import Synchronization

/// Runs over the chunks of a file in batches of 2 MiB. While the chunks of one batch are worked on by all cores,
/// the batch before, which is still in the cache, is hashed and written.
///
/// What is slow goes side by side, and everything that has an order keeps it: batches, digests and output
/// follow one another from front to back.
enum ChunkPipeline {
  static let batch = 32

  /// How many chunks are held at a time: those being worked on and those being hashed and written.
  static func held(of chunks: Int) -> Int { min(chunks, 2 * batch) }

  /// - Parameters:
  ///   - chunk: Works on one chunk, on any thread, while others are worked on. In memory for
  ///     ``held(of:)`` chunks, the place of chunk `i` is `i` modulo that.
  ///   - hash: Gets each batch, in order, one batch behind.
  ///   - output: Gets each batch, in order, one batch behind, beside `hash`. When it throws, nothing follows.
  static func run<Failure: Error>(
    over chunks: Int, chunk: @Sendable (Int) -> Void, hash: @Sendable (Range<Int>) -> Void,
    output: (Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    // Called by one thread at a time, each of which is done before the next batch begins.
    nonisolated(unsafe) let output = output
    let outcome = Mutex<Result<Void, Failure>>(.success(()))
    var done = 0..<0
    repeat {
      let previous = done
      let current = previous.upperBound..<min(previous.upperBound + batch, chunks)
      // The long pieces go first, and the chunks fill the time beside them.
      let behind = previous.isEmpty ? 0 : 2
      DispatchQueue.concurrentPerform(iterations: behind + current.count) { task in
        switch task - behind {
        case -2: hash(previous)
        case -1:
          let result = Result { () throws(Failure) in try unsafe output(previous) }
          outcome.withLock { $0 = result }
        case let index: chunk(current.lowerBound + index)
        }
      }
      try outcome.withLock { $0 }.get()
      done = current
    } while !done.isEmpty
  }
}
