// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Where the chunks of a payload stand, in the plaintext and in the file. There is always at least one chunk.
struct ChunkLayout: Equatable, Sendable {
  let chunks: Int
  /// Bytes of the whole plaintext.
  let plainCount: Int
  /// Bytes of the whole payload after its nonce.
  let sealedCount: Int

  init(plainCount: Int) {
    chunks = max(1, (plainCount + ChunkCipher.plainCount - 1) / ChunkCipher.plainCount)
    self.plainCount = plainCount
    sealedCount = plainCount + chunks * ChunkCipher.tagCount
  }

  /// The layout of a payload found in a file. Its last chunk may turn out to be shorter than a tag, and is then
  /// not authentic.
  /// - Throws: ``SealError/noChunk`` when there is nothing.
  init(sealedCount: Int) throws(SealError) {
    guard sealedCount > 0 else { throw .noChunk }
    chunks = (sealedCount - 1) / ChunkCipher.sealedCount + 1
    let last = sealedCount - (chunks - 1) * ChunkCipher.sealedCount
    plainCount = (chunks - 1) * ChunkCipher.plainCount + max(0, last - ChunkCipher.tagCount)
    self.sealedCount = sealedCount
  }

  func isLast(_ chunk: Int) -> Bool { chunk == chunks - 1 }

  func plain(_ chunk: Int) -> Range<Int> {
    let start = chunk * ChunkCipher.plainCount
    return start..<min(start + ChunkCipher.plainCount, plainCount)
  }

  func sealed(_ chunk: Int) -> Range<Int> {
    let start = chunk * ChunkCipher.sealedCount
    return start..<min(start + ChunkCipher.sealedCount, sealedCount)
  }
}
