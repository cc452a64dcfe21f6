// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A zip archive (PKWARE APPNOTE 6.3.10), with zip64, as every reader might see it: the entries of the
/// directory, the local headers where they say something else, the members that no directory lists, and a list
/// of all disagreements. A directory that breaks off is one of those: what it does not reach is found by its local headers.
///
///     let archive = try ZipArchive(bytes)
///     for entry in archive.entries { let data = try archive.contents(of: entry) }
package struct ZipArchive: Sendable {
  package let bytes: Bytes
  /// The directory's entries in its order, each followed by its local header's view where that differs; then
  /// members that the directory does not list.
  package let entries: [ZipEntry]
  package let disagreements: [ZipDisagreement]
  private let byName: [String: Int]

  /// - Throws: ``ZipError/notAnArchive`` and ``ZipError/tooManyMembers(limit:)``.
  package init(_ bytes: Bytes) throws(ZipError) {
    var reader = ZipReader(bytes: bytes)
    try reader.read()
    self.bytes = bytes
    entries = reader.entries
    disagreements = reader.disagreements
    byName = Dictionary(zip(entries.map(\.name), entries.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The first entry of the directory with this name.
  package func entry(_ name: String) -> ZipEntry? { byName[name].map { entries[$0] } }

  /// The data of a member, inflated where needed, with its size and CRC-32 checked.
  ///
  /// - Throws: every case of ``ZipError`` that names a member, and ``ZipError/malformed(offset:reason:)`` when
  ///   the data lies outside of the archive.
  package func contents(
    of entry: ZipEntry, limit: Int = Limits.inflatedMember
  ) throws(ZipError) -> Bytes {
    let contents = read(entry, limit: limit)
    if let failure = contents.failure { throw failure }
    return contents.bytes
  }
}
