// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// A zip archive (PKWARE APPNOTE 6.3.10), with zip64, as every reader might see it: the entries of the
/// directory, the local headers where they say something else, the members that no directory lists, and a list
/// of all disagreements.
///
///     let archive = try ZipArchive(bytes)
///     for entry in archive.entries { let data = try archive.contents(of: entry) }
package struct ZipArchive: Sendable {
  package let bytes: Bytes
  /// The directory's entries in its order, each followed by its local header's view where that differs; then
  /// members that the directory does not list.
  package let entries: [ZipEntry]
  package let disagreements: [ZipDisagreement]

  /// - Throws: ``ZipError/notAnArchive``, ``ZipError/malformed(offset:reason:)`` and
  ///   ``ZipError/tooManyMembers(limit:)``.
  package init(_ bytes: Bytes) throws(ZipError) {
    var reader = ZipReader(bytes: bytes)
    try reader.read()
    self.bytes = bytes
    entries = reader.entries
    disagreements = reader.disagreements
  }

  /// The first entry of the directory with this name.
  package func entry(_ name: String) -> ZipEntry? { entries.first { $0.name == name } }

  /// The data of a member, inflated where needed, with its size and CRC-32 checked.
  ///
  /// - Throws: every case of ``ZipError`` that names a member, and ``ZipError/malformed(offset:reason:)`` when
  ///   the data lies outside of the archive.
  package func contents(
    of entry: ZipEntry, limit: Int = Limits.inflatedMember
  ) throws(ZipError) -> Bytes {
    guard !entry.isEncrypted else { throw .encrypted(member: entry.name) }
    let stored: Bytes
    do {
      stored = try bytes.checkedSlice(at: entry.dataOffset, count: entry.compressedSize)
    } catch {
      throw .malformed(
        offset: entry.headerOffset, reason: "the data of \(entry.name) lies outside of the file")
    }
    let data: Bytes
    switch entry.method {
    case 0: data = stored
    case 8:
      let result: (bytes: Bytes, consumed: Int)
      do {
        result = try Inflate.raw(stored, limit: min(limit, max(entry.uncompressedSize, 1) + 1))
      } catch .tooLarge where entry.uncompressedSize < limit {
        throw .sizeMismatch(
          member: entry.name, stated: entry.uncompressedSize, found: entry.uncompressedSize + 1)
      } catch .tooLarge {
        throw .tooLarge(member: entry.name, limit: limit)
      } catch {
        throw .badData(member: entry.name)
      }
      guard result.consumed == stored.count else { throw .badData(member: entry.name) }
      data = result.bytes
    default: throw .unsupportedMethod(member: entry.name, method: entry.method)
    }
    guard data.count == entry.uncompressedSize else {
      throw .sizeMismatch(member: entry.name, stated: entry.uncompressedSize, found: data.count)
    }
    let sum = Inflate.crc32(data)
    guard sum == entry.crc32 else {
      throw .checksum(member: entry.name, stated: entry.crc32, found: sum)
    }
    return data
  }
}
