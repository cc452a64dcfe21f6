// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
package import MartletBytes
import Synchronization

package import struct MartletEvidence.Digest

extension SealedFile {
  /// Opens a sealed file in memory. Nothing is returned before the header and every chunk are authenticated, and
  /// the plaintext exists once, in memory that is zeroed with it.
  ///
  /// - Parameter digest: When given, the plaintext must also have this SHA-256. It is computed meanwhile.
  /// - Throws: ``SealError``, whose cases tell apart a header that cannot be read, a file sealed for others,
  ///   a file that was changed, cut or extended, with the place, and a file with another plaintext.
  package static func open(
    _ sealed: Bytes, with identity: borrowing SealingIdentity, expecting digest: Digest? = nil
  ) throws(SealError) -> SecretBytes {
    let header = try AgeHeader(parsing: sealed.span)
    let fileKey = try header.fileKey(for: identity)
    guard header.isAuthentic(for: fileKey) else { throw .headerChanged }
    guard sealed.count - header.count >= ChunkCipher.nonceCount else {
      throw .headerTruncated(offset: sealed.count)
    }
    let payload = header.count + ChunkCipher.nonceCount
    let nonce = sealed.slice(header.count..<payload).array()
    let chunks = SealedChunks(
      bytes: sealed.slice(payload..<sealed.count),
      layout: try ChunkLayout(sealedCount: sealed.count - payload),
      cipher: ChunkCipher(fileKey: fileKey, nonce: nonce))
    return try chunks.open(expecting: digest)
  }
}

extension AgeHeader {
  /// The file key, from the first stanza that was made for `identity`.
  ///
  /// - Throws: ``SealError/passphraseAmongOthers``, ``SealError/stanza(index:_:)`` and
  ///   ``SealError/notForThisIdentity(_:found:)``.
  func fileKey(for identity: borrowing SealingIdentity) throws(SealError) -> SymmetricKey {
    // A passphrase stanza promises that whoever sealed the file knew the passphrase. Another recipient
    // beside it breaks that promise, so the specification has the whole header refused.
    guard stanzas.count == 1 || !stanzas.contains(where: { $0.arguments[0] == "scrypt" }) else {
      throw .passphraseAmongOthers
    }
    for (index, stanza) in stanzas.enumerated() where stanza.arguments[0] == X25519.kind {
      if let fileKey = try X25519.unwrap(stanza, at: index, with: identity) { return fileKey }
    }
    throw .notForThisIdentity(identity.recipient.description, found: stanzas.map { $0.arguments[0] })
  }
}

/// The payload of a file that is being opened.
private struct SealedChunks {
  let bytes: Bytes
  let layout: ChunkLayout
  let cipher: ChunkCipher

  func open(expecting digest: Digest?) throws(SealError) -> SecretBytes {
    let plaintext = try SecretBytes(zeros: layout.plainCount)
    let failed = Mutex<Int?>(nil)
    let hasher = Mutex(SHA256())
    try unsafe plaintext.withUnsafeMutableBytes { (memory) throws(SealError) in
      // Shared between threads that write disjoint chunks; what is read was written in the batch before.
      nonisolated(unsafe) let memory = unsafe memory
      try ChunkPipeline.run(over: layout.chunks) { chunk in
        let opened = unsafe bytes.slice(layout.sealed(chunk)).withUnsafeBytes { sealed in
          unsafe cipher.open(
            sealed, index: chunk, isLast: layout.isLast(chunk),
            into: UnsafeMutableRawBufferPointer(rebasing: memory[layout.plain(chunk)]))
        }
        if !opened { failed.withLock { $0 = min($0 ?? chunk, chunk) } }
      } hash: { batch in
        guard digest != nil else { return }
        let part = layout.plain(batch.lowerBound).lowerBound..<layout.plain(batch.upperBound - 1).upperBound
        hasher.withLock { unsafe $0.update(bufferPointer: UnsafeRawBufferPointer(rebasing: memory[part])) }
      } output: { _ throws(SealError) in
        // The first of the chunks that failed, whichever thread was faster.
        if let chunk = failed.withLock({ $0 }) { throw reason(of: chunk) }
      }
    }
    let last = layout.chunks - 1
    guard last == 0 || !layout.plain(last).isEmpty else { throw .emptyLastChunk(chunk: last) }
    if let digest {
      let found = Digest(hasher.withLock { $0.finalize() })
      guard found == digest else { throw .otherPlaintext(expected: digest, found: found) }
    }
    return plaintext
  }

  /// Why a chunk is not authentic at its place: it may be authentic as the last chunk, or as one before.
  private func reason(of chunk: Int) -> SealError {
    let range = layout.sealed(chunk)
    guard range.count >= ChunkCipher.tagCount else { return .chunkCut(chunk: chunk, found: range.count) }
    let isLast = layout.isLast(chunk)
    let inOtherRole = unsafe bytes.slice(range).withUnsafeBytes { sealed in
      unsafe cipher.isAuthentic(sealed, index: chunk, isLast: !isLast)
    }
    guard inOtherRole else { return .chunkChanged(chunk: chunk, of: layout.chunks) }
    return isLast ? .lastChunkMissing(after: chunk) : .dataAfterLastChunk(chunk: chunk)
  }
}
