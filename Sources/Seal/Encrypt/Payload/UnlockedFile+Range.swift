// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension UnlockedFile {
  /// Opens only the bytes in `range` of the plaintext, and the last chunk, which proves that the file is as long as it says.
  /// - Throws: ``SealError/range(_:of:)`` and otherwise as ``open(expecting:)`` does, for the chunks it looks at.
  package func read(_ range: Range<Int>) throws(SealError) -> SecretBytes {
    guard range.lowerBound >= 0, range.upperBound <= plainCount else { throw .range(range, of: plainCount) }
    try proveLength()
    let plaintext = try SecretBytes(zeros: range.count)
    guard !range.isEmpty else { return plaintext }
    let first = range.lowerBound / ChunkCipher.plainCount
    let chunks = (range.upperBound - 1) / ChunkCipher.plainCount + 1 - first
    try unsafe plaintext.withUnsafeMutableBytes { (memory) throws(SealError) in
      // Shared between threads that write disjoint chunks.
      nonisolated(unsafe) let memory = unsafe memory
      try unsafe ChunkWorkers.run(over: chunks) { (batch, desk) throws(SealError) in
        try unsafe open(batch.lowerBound + first..<batch.upperBound + first, in: desk.read) { chunk, plain in
          let place = layout.plain(chunk)
          let part = place.clamped(to: range)
          let from = part.lowerBound - place.lowerBound
          let to = part.lowerBound - range.lowerBound
          unsafe UnsafeMutableRawBufferPointer(rebasing: memory[to..<to + part.count])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: plain[from..<from + part.count]))
        }
      }
    }
    return plaintext
  }
}
