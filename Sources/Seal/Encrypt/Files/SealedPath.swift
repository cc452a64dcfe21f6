// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Glibc
import MartletBytes
import MartletFiles

/// A sealed file on disk: opens it, and changes its recipients.
package struct SealedPath: Sendable {
  package let path: String

  /// - Parameter path: links are followed: a journal stands beside the file itself.
  package init(_ path: String) {
    let real = unsafe realpath(path, nil)
    defer { unsafe free(real) }
    self.path = unsafe real.map { unsafe String(cString: $0) } ?? path
  }

  /// Reads and authenticates the header with keys of `store`, also when somebody was interrupted while changing it or is
  /// changing it now.
  /// - Throws: ``SealError``, `BytesError`.
  package func unlock(with store: borrowing some KeyStore & ~Copyable) throws -> UnlockedFile<SealedInput> {
    let input = try SealedInput(path)
    do {
      return try SealedFile.unlock(input, with: store, replacing: pendingHeader(of: input))
    } catch {
      // Somebody may just be writing the header; whoever does has left a journal before.
      guard let header = try pendingHeader(of: input) else { throw error }
      return try SealedFile.unlock(input, with: store, replacing: header)
    }
  }

  /// The header, without any key, and therefore unproved.
  func header() throws -> AgeHeader {
    let input = try SealedInput(path)
    return try pendingHeader(of: input) ?? AgeHeader(of: input)
  }

  /// The header in the journal of an interrupted change of this very file, which has the file's own nonce behind it.
  func pendingHeader(of input: SealedInput) throws(SealError) -> AgeHeader? {
    try pendingStart(of: input).map { (start) throws(SealError) in try AgeHeader(parsing: start.span) }
  }

  /// What a journal says the file must begin with: header and nonce.
  func pendingStart(of input: some SealedSource) throws(SealError) -> [UInt8]? {
    let start: [UInt8]?
    do throws(FilesError) {
      start = try InPlaceFile.pending(path, atMost: Limits.sealedHeader)
    } catch {
      throw .file(error)
    }
    let nonce = ChunkCipher.nonceCount
    guard let start, start.count % AgeHeader.page == 0, (AgeHeader.page...input.count).contains(start.count),
      try input.array(start.count - nonce..<start.count) == Array(start.suffix(nonce)),
      let header = try? AgeHeader(parsing: start.span), header.count == start.count - nonce
    else { return nil }
    return start
  }
}
