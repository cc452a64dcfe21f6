// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import MartletBytes
package import MartletFiles

package import struct MartletEvidence.Digest

extension BlobStore {
  /// Removes blobs that nothing refers to, unless they are so new that whoever sealed them may not have said yet what they
  /// are for. The caller keeps writers from saying so meanwhile.
  /// - Parameters:
  ///   - candidates: those that nothing refers to.
  ///   - time: in seconds since 1970.
  ///   - onlyLooking: removes nothing.
  /// - Returns: what was, or would be, removed, with its size on disk in bytes.
  package func remove(
    _ candidates: [Digest], olderThan time: Int, onlyLooking: Bool
  ) throws(FilesError) -> [(digest: Digest, bytes: Int)] {
    var removed: [(digest: Digest, bytes: Int)] = []
    for digest in candidates {
      var facts = stat()
      guard unsafe lstat(path(of: digest), &facts) == 0, facts.st_mtim.tv_sec < time else { continue }
      if !onlyLooking { try Disk.removeFile(path(of: digest)) }
      removed.append((digest, Int(facts.st_size)))
    }
    return removed
  }

  /// Names in the folder that no blob has.
  package func strays() throws(FilesError) -> [String] {
    var strays: [String] = []
    for start in try Directory.names(in: directory) where !start.hasPrefix(DurableFile.temporaryPrefix) {
      guard try Directory.kind(of: directory + "/" + start) == .directory, start.utf8.count == 2 else {
        strays.append(start)
        continue
      }
      // Beside a blob, a journal while its recipients change.
      let names = try Directory.names(in: directory + "/" + start)
      strays += names.filter { Digest(hex: start + $0) == nil && Digest(hex: start + $0.prefix(62)) == nil }
        .map { start + "/" + $0 }
    }
    return strays
  }

  /// Whether a blob has a header of age and the length of such a plaintext: nothing is opened.
  /// - Throws: ``BlobError/missing(_:)``, ``SealError``, `BytesError`.
  package func looksLike(_ digest: Digest, bytes: Int) throws -> Bool {
    guard try contains(digest) else { throw BlobError.missing(digest) }
    return try SealedFacts(path(of: digest)).plainCount == bytes
  }
}
