// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A tar archive: v7, ustar (POSIX.1-1988), pax (POSIX.1-2001), and what GNU added: long names, sparse files and binary
/// numbers. Members behind the end, and those that only some readers see, are there too.
package struct TarArchive: Sendable {
  package let bytes: Bytes
  package let entries: [TarEntry]
  package let issues: [TarIssue]

  package init(_ bytes: Bytes) {
    var reader = TarReader(bytes: bytes)
    reader.read()
    self.bytes = bytes
    entries = reader.entries
    issues = reader.issues
  }

  /// A first header with a right checksum, or with the magic of one.
  package static func looksLikeOne(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 512 else { return false }
    let reader = TarReader(bytes: bytes)
    return reader.hasChecksum(0) || bytes.slice(257..<262).starts(with: Array("ustar".utf8))
  }

  /// The data of a member as it is unpacked. Holes of a sparse file are filled with zeros.
  /// - Returns: nil for a sparse file of more than `limit` bytes, or when there is no room for it.
  package func contents(of entry: TarEntry, limit: Int) -> Bytes? {
    let stored = bytes.slice(entry.data)
    guard let size = entry.sparseSize else { return stored }
    guard size <= limit else { return nil }
    let spool = BytesSpool()
    do throws(BytesError) {
      var at = 0
      for piece in entry.pieces {
        try spool.appendZeros(piece.offset - spool.count)
        try spool.append(try stored.checkedSlice(at: at, count: piece.count))
        at += piece.count
      }
      try spool.appendZeros(size - spool.count)
      return try spool.finish()
    } catch { return nil }
  }
}
