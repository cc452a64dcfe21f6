// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Glibc
import MartletBytes

/// A sealed file whose header has been read and authenticated with a key that opens it. Only
/// ``SealedFile/unlock(_:with:)`` makes one. No chunk has been looked at yet.
package struct UnlockedFile<Source: SealedSource>: Sendable {
  let source: Source
  let header: AgeHeader
  let fileKey: SymmetricKey
  /// Where the chunks begin.
  let payload: Int
  let layout: ChunkLayout
  let cipher: ChunkCipher

  /// Bytes of the plaintext, as the length of the file says. It is proved once the last chunk is opened.
  package var plainCount: Int { layout.plainCount }

  fileprivate init(_ source: Source, _ header: AgeHeader, _ fileKey: SymmetricKey) throws(SealError) {
    guard source.count - header.count >= ChunkCipher.nonceCount else {
      throw .headerTruncated(offset: source.count)
    }
    let payload = header.count + ChunkCipher.nonceCount
    let nonce = try source.array(header.count..<payload)
    let layout = try ChunkLayout(sealedCount: source.count - payload)
    self.source = source
    self.header = header
    self.fileKey = fileKey
    self.payload = payload
    self.layout = layout
    cipher = ChunkCipher(fileKey: fileKey, nonce: nonce)
  }
}

extension SealedFile {
  /// Reads and authenticates the header of a sealed file with keys of `store`.
  ///
  /// - Parameter replacing: stands for the header in the file, when a rewrite of that was interrupted.
  /// - Throws: ``SealError``: what parsing and the store throw, ``SealError/passphraseAmongOthers``,
  ///   ``SealError/notForThisIdentity(_:found:)``, ``SealError/headerChanged``.
  package static func unlock<Source: SealedSource>(
    _ source: Source, with store: borrowing some KeyStore & ~Copyable
  ) throws(SealError) -> UnlockedFile<Source> {
    try unlock(source, with: store, replacing: nil)
  }

  static func unlock<Source: SealedSource>(
    _ source: Source, with store: borrowing some KeyStore & ~Copyable, replacing: AgeHeader?
  ) throws(SealError) -> UnlockedFile<Source> {
    var header = replacing
    if header == nil { header = try AgeHeader(of: source) }
    guard let header else { throw .notSealed }
    let fileKey = try header.fileKey(from: store)
    guard header.isAuthentic(for: fileKey) else { throw .headerChanged }
    return try UnlockedFile(source, header, fileKey)
  }
}

extension AgeHeader {
  /// Reads the header at the start of a sealed file.
  init(of source: some SealedSource) throws(SealError) {
    // One byte more than the longest header, so that parsing can tell a file that ends from one that goes on.
    let start = try source.array(0..<min(source.count, Limits.sealedHeader + 1))
    try self.init(parsing: start.span)
  }

  /// The file key, from the first stanza that was made for a key in `store`.
  ///
  /// - Throws: ``SealError/passphraseAmongOthers``, ``SealError/stanza(index:_:)`` and
  ///   ``SealError/notForThisIdentity(_:found:)``.
  func fileKey(from store: borrowing some KeyStore & ~Copyable) throws(SealError) -> SymmetricKey {
    // A passphrase stanza promises that whoever sealed the file knew the passphrase. Another recipient
    // beside it breaks that promise, so the specification has the whole header refused.
    guard stanzas.count == 1 || !stanzas.contains(where: { $0.arguments[0] == Passphrase.kind }) else {
      throw .passphraseAmongOthers
    }
    if let fileKey = try store.unwrap(stanzas) { return fileKey }
    throw .notForThisIdentity(store.name, found: stanzas.map { $0.arguments[0] })
  }
}

extension UnlockedFile {
  /// Opens a batch of chunks where they are read, in `memory`, which has room for them, and hands `body` each plaintext, in order.
  /// - Throws: why the first chunk that is not authentic is not, and what `body` throws; nothing of that chunk was
  ///   handed out.
  func open(
    _ chunks: Range<Int>, in memory: UnsafeMutableRawBufferPointer,
    _ body: (Int, UnsafeRawBufferPointer) throws(SealError) -> Void
  ) throws(SealError) {
    try unsafe openEach(chunks, memory, to: { _ in nil }, body)
  }

  /// Opens a batch of chunks, which are read into `memory`, each to a place that is exactly as long as its plaintext.
  /// - Throws: why the first chunk that is not authentic is not; its place is zeroed.
  func open(
    _ chunks: Range<Int>, in memory: UnsafeMutableRawBufferPointer,
    to place: (Int) -> UnsafeMutableRawBufferPointer
  ) throws(SealError) {
    try unsafe openEach(chunks, memory, to: { unsafe place($0) }, { _, _ in })
  }

  private func openEach(
    _ chunks: Range<Int>, _ memory: UnsafeMutableRawBufferPointer,
    to place: (Int) -> UnsafeMutableRawBufferPointer?,
    _ body: (Int, UnsafeRawBufferPointer) throws(SealError) -> Void
  ) throws(SealError) {
    let start = layout.sealed(chunks.lowerBound).lowerBound
    let count = layout.sealed(chunks.upperBound - 1).upperBound - start
    try unsafe source.copy(
      into: UnsafeMutableRawBufferPointer(rebasing: memory[..<count]), from: payload + start)
    for chunk in chunks {
      let range = layout.sealed(chunk)
      let isLast = layout.isLast(chunk)
      guard !isLast || chunk == 0 || range.count != ChunkCipher.tagCount else {
        // Authentic or not, which the reason says: there is nothing in it.
        let fault = try reason(of: chunk, emptyLast: true)
        throw fault
      }
      let sealed = unsafe UnsafeMutableRawBufferPointer(
        rebasing: memory[range.lowerBound - start..<range.upperBound - start])
      guard let plain = unsafe open(sealed, chunk: chunk, isLast: isLast, to: place(chunk)) else {
        let fault = try reason(of: chunk, emptyLast: false)
        throw fault
      }
      try unsafe body(chunk, plain)
    }
  }

  /// - Returns: the plaintext, or nil when the chunk is not authentic.
  private func open(
    _ sealed: UnsafeMutableRawBufferPointer, chunk: Int, isLast: Bool,
    to place: UnsafeMutableRawBufferPointer? = nil
  ) -> UnsafeRawBufferPointer? {
    guard sealed.count >= ChunkCipher.tagCount else { return nil }
    let plain =
      unsafe place
      ?? UnsafeMutableRawBufferPointer(rebasing: sealed[..<(sealed.count - ChunkCipher.tagCount)])
    let isAuthentic = unsafe cipher.open(
      UnsafeRawBufferPointer(sealed), index: chunk, isLast: isLast, into: plain)
    return isAuthentic ? UnsafeRawBufferPointer(plain) : nil
  }

  /// Proves that the file is as long as it says: that the chunk at its end was sealed as the last one.
  /// - Throws: ``SealError``, why not.
  func proveLength() throws(SealError) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: ChunkCipher.sealedCount, alignment: 16)
    defer {
      unsafe explicit_bzero(memory.baseAddress!, memory.count)
      unsafe memory.deallocate()
    }
    try unsafe open(layout.chunks - 1..<layout.chunks, in: memory) { _, _ in }
  }

  /// Why a chunk is not authentic at its place: it may be authentic as the last chunk, or as one before.
  private func reason(of chunk: Int, emptyLast: Bool) throws(SealError) -> SealError {
    let range = layout.sealed(chunk)
    guard range.count >= ChunkCipher.tagCount else { return .chunkCut(chunk: chunk, found: range.count) }
    let isLast = layout.isLast(chunk)
    if emptyLast, try isAuthentic(chunk, isLast: true) { return .emptyLastChunk(chunk: chunk) }
    guard try isAuthentic(chunk, isLast: !isLast) else {
      return .chunkChanged(chunk: chunk, of: layout.chunks)
    }
    return isLast ? .lastChunkMissing(after: chunk) : .dataAfterLastChunk(chunk: chunk)
  }

  private func isAuthentic(_ chunk: Int, isLast: Bool) throws(SealError) -> Bool {
    let range = layout.sealed(chunk)
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: range.count, alignment: 16)
    defer {
      unsafe explicit_bzero(memory.baseAddress!, memory.count)
      unsafe memory.deallocate()
    }
    try unsafe source.copy(into: memory, from: payload + range.lowerBound)
    return unsafe open(memory, chunk: chunk, isLast: isLast) != nil
  }
}
