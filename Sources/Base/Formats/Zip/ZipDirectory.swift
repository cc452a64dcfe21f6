// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// The directory alone, for an archive of which not all bytes are there yet. It is found and read by the same code as
/// the archive's, so that nobody sees another one.
package struct ZipDirectory: Sendable {
  /// Where the directory lies.
  package let range: Range<Int>
  private let reader: ZipReader
  private let directory: ZipReader.Directory

  /// Nil when the end of the bytes names no directory inside of them.
  package init?(_ bytes: Bytes) {
    var reader = ZipReader(bytes: bytes)
    guard let directory = try? reader.findDirectory(), directory.size > 0 else { return nil }
    let start = directory.offset + reader.base
    guard start >= 0, start <= bytes.count - directory.size else { return nil }
    range = start..<start + directory.size
    self.reader = reader
    self.directory = directory
  }

  /// The members in the order in which they lie, or nil when the directory cannot be read whole.
  package var entries: [ZipEntry]? {
    var reader = reader
    guard (try? reader.readDirectory(directory)) != nil else { return nil }
    return reader.entries.sorted { $0.headerOffset < $1.headerOffset }
  }
}
