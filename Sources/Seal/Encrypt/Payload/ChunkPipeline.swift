// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch

/// Runs over the chunks of a file in batches of 2 MiB. The chunks of a batch are worked on by all cores; then,
/// while the next batch is under way, the batch is written and beside that hashed, still in the cache.
///
/// What is slow goes side by side, and everything that has an order keeps it: batches, digests and output
/// follow one another from front to back.
enum ChunkPipeline {
  static let batch = 32

  /// How many chunks are held at a time: those being worked on and those being hashed.
  static func held(of chunks: Int) -> Int { min(chunks, 2 * batch) }

  /// - Parameters:
  ///   - chunk: Works on one chunk, on any thread, while others are worked on. In memory for
  ///     ``held(of:)`` chunks, the place of chunk `i` is `i` modulo that.
  ///   - output: Gets each finished batch, in order, on the calling thread, because the caller's code may be
  ///     bound to it. When it throws, nothing follows.
  ///   - hash: Gets each finished batch, in order, on a thread of its own, beside `output` and the next batch.
  static func run<Failure: Error>(
    over chunks: Int, chunk: @Sendable (Int) -> Void, hash: @Sendable (Range<Int>) -> Void,
    output: (Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    let hashing = DispatchQueue(label: "martlet.chunk-pipeline.hash")
    try withoutActuallyEscaping(hash) { hash throws(Failure) in
      var done = 0..<0
      repeat {
        let previous = done
        let current = previous.upperBound..<min(previous.upperBound + batch, chunks)
        defer { hashing.sync {} }
        if !previous.isEmpty {
          hashing.async { hash(previous) }
          try output(previous)
        }
        DispatchQueue.concurrentPerform(iterations: current.count) { chunk(current.lowerBound + $0) }
        done = current
      } while !done.isEmpty
    }
  }
}
