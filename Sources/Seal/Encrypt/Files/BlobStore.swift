// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Glibc
package import MartletBytes
package import MartletFiles

package import struct MartletEvidence.Digest

/// A folder of sealed files, each named by the SHA-256 of its plaintext: `ab/cdef…`, the digest in hex, split after
/// two digits. Files have mode 0600 and directories 0700.
///
/// The name comes from the plaintext, not from the bytes in the file, because changing the recipients
/// rewrites the header in place: the blob stays the same and every reference to it stays good. It is
/// also the digest that signatures and evidence speak of.
///
/// Many processes may use one folder. A blob appears whole or not at all, and never changes what it opens to.
package struct BlobStore: Sendable {
  package let directory: String

  /// Opens the folder, making it if it is not there, and removes what crashed processes left half written.
  /// - Throws: ``FilesError``, also when others than the owner may enter the folder.
  package init(directory: String) throws(FilesError) {
    self.directory = directory
    try OwnerOnly.createDirectory(directory)
    try DurableFile.sweep(directory)
  }

  /// Seals `plaintext` into the store. When this returns, the blob is durable.
  ///
  /// A blob that is already there stays as it is, with the recipients it has; the plaintext is hashed all the
  /// same. It counts as new from now on: see ``remove(_:olderThan:)``.
  /// - Parameter digest: What the plaintext must hash to, for example because it was scanned under that digest.
  /// - Returns: The name of the blob.
  /// - Throws: ``BlobError/sourceChanged(expected:found:)`` when the plaintext read now is another one, and then the
  ///   store is as it was; ``SealError`` as ``SealedFile/seal(_:to:into:)`` does; ``FilesError``.
  package func put(
    plaintext: Bytes, expecting digest: Digest? = nil, to recipients: [SealingRecipient]
  ) throws -> Digest {
    if let digest, try contains(digest) {
      try check(Digest.of(plaintext), against: digest)
      touch(digest)
      return digest
    }
    var writer = try DurableFileWriter(in: directory, mode: 0o600)
    let found = try SealedFile.seal(plaintext, to: recipients) { try writer.write($0) }
    try check(found, against: digest)
    try OwnerOnly.createDirectory(folder(of: found))
    do throws(FilesError) {
      try writer.commit(asNew: path(of: found))
    } catch {
      // Somebody put the same plaintext meanwhile. Theirs is as good.
      guard error.code == EEXIST else { throw error }
      touch(found)
    }
    return found
  }

  /// Opens a blob in memory, and verifies that it holds what its name says.
  /// - Throws: ``BlobError/missing(_:)``; ``SealError`` as ``SealedFile/open(_:with:expecting:)`` does; ``BytesError``
  ///   and ``FilesError`` when it cannot be read.
  package func open(_ digest: Digest, with identity: borrowing SealingIdentity) throws -> SecretBytes {
    guard try contains(digest) else { throw BlobError.missing(digest) }
    return try SealedFile.open(Bytes(contentsOf: path(of: digest)), with: identity, expecting: digest)
  }

  package func contains(_ digest: Digest) throws(FilesError) -> Bool {
    try Directory.kind(of: path(of: digest)) == .file
  }

  /// The blobs in the store, by name. What is not named like a blob is none.
  package func list() throws(FilesError) -> [Digest] {
    var digests: [Digest] = []
    for start in try Directory.names(in: directory) where start.utf8.count == 2 {
      guard try Directory.kind(of: directory + "/" + start) == .directory else { continue }
      digests += try Directory.names(in: directory + "/" + start).compactMap { Digest(hex: start + $0) }
    }
    return digests
  }

  /// Without this, a blob that was left over long ago could be cleared away under whoever just found it.
  private func touch(_ digest: Digest) { unsafe utimensat(AT_FDCWD, path(of: digest), nil, 0) }

  private func check(_ found: Digest, against expected: Digest?) throws(BlobError) {
    if let expected, found != expected { throw .sourceChanged(expected: expected, found: found) }
  }

  private func folder(of digest: Digest) -> String {
    directory + "/" + digest.description.prefix(2)
  }

  /// Where a blob is, or would be.
  package func path(of digest: Digest) -> String {
    folder(of: digest) + "/" + digest.description.dropFirst(2)
  }
}

/// Why the store would not take or give a blob.
package enum BlobError: Error, Equatable, Sendable {
  case missing(Digest)
  /// The plaintext is not the one that was decided about.
  case sourceChanged(expected: Digest, found: Digest)
}

extension BlobError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let digest):
      "expected a sealed blob \(digest), found none: it was never sealed into this store, or was removed from it"
    case .sourceChanged(let expected, let found):
      "expected plaintext with SHA-256 \(expected), found \(found): the file was changed after it was examined; "
        + "examine it again"
    }
  }
}
