// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// What came out of a member.
package struct ZipContents: Sendable {
  /// Everything that came out, also where `failure` says that it is not what it should be: some readers do not look.
  package let bytes: Bytes
  package let failure: ZipError?
}

extension ZipArchive {
  /// A member that is stored in plain sight, without a look at its checksum: for numbers of any size.
  package func stored(_ entry: ZipEntry) -> Bytes? {
    guard entry.method == 0, !entry.isEncrypted, entry.compressedSize == entry.uncompressedSize else {
      return nil
    }
    return try? bytes.checkedSlice(at: entry.dataOffset, count: entry.compressedSize)
  }

  /// Reads a member as far as it goes, whatever its headers say about encryption, sizes and checksums.
  package func read(_ entry: ZipEntry, limit: Int) -> ZipContents {
    guard let source = try? bytes.checkedSlice(at: entry.dataOffset, count: entry.compressedSize) else {
      let rest = bytes.slice(min(max(0, entry.dataOffset), bytes.count)..<bytes.count)
      return ZipContents(
        bytes: rest,
        failure: .malformed(
          offset: entry.headerOffset, reason: "the data of \(entry.name) lies outside of the file"))
    }
    if entry.method == 0 { return readStored(entry, source) }
    guard let (coder, data) = Self.coder(of: entry, source) else {
      return ZipContents(
        bytes: source,
        failure: entry.isEncrypted
          ? .encrypted(member: entry.name) : .unsupportedMethod(member: entry.name, method: entry.method))
    }
    let spool = BytesSpool()
    let outcome = Decompressor.run(coder, data, into: spool, limit: limit, checking: true)
    guard let made = try? spool.finish() else {
      return ZipContents(
        bytes: source, failure: .noRoom(member: entry.name, reason: "a temporary file cannot be mapped"))
    }
    return ZipContents(
      bytes: entry.isEncrypted && made.isEmpty ? source : made,
      failure: failure(of: entry, outcome, of: data.count, limit: limit))
  }

  private func readStored(_ entry: ZipEntry, _ source: Bytes) -> ZipContents {
    if entry.isEncrypted { return ZipContents(bytes: source, failure: .encrypted(member: entry.name)) }
    guard source.count == entry.uncompressedSize else {
      // Some readers take one size and some the other.
      let end = min(bytes.count - entry.dataOffset, max(source.count, entry.uncompressedSize))
      return ZipContents(
        bytes: bytes.slice(entry.dataOffset..<entry.dataOffset + end),
        failure: .sizeMismatch(member: entry.name, stated: entry.uncompressedSize, found: source.count))
    }
    let sum = Inflate.crc32(source)
    return ZipContents(
      bytes: source,
      failure: sum == entry.crc32
        ? nil : .checksum(member: entry.name, stated: entry.crc32, found: sum))
  }

  private func failure(
    of entry: ZipEntry, _ outcome: Decompressor.Outcome, of size: Int, limit: Int
  ) -> ZipError? {
    if entry.isEncrypted { return .encrypted(member: entry.name) }
    switch outcome.failure {
    case nil: break
    case .tooLarge: return .tooLarge(member: entry.name, limit: limit)
    case .noRoom(let reason): return .noRoom(member: entry.name, reason: reason)
    default: return .badData(member: entry.name)
    }
    guard outcome.consumed == size else { return .badData(member: entry.name) }
    guard outcome.made == entry.uncompressedSize else {
      return .sizeMismatch(member: entry.name, stated: entry.uncompressedSize, found: outcome.made)
    }
    guard outcome.crc32 == entry.crc32 else {
      return .checksum(member: entry.name, stated: entry.crc32, found: outcome.crc32)
    }
    return nil
  }

  /// The decompressor of a method (APPNOTE 4.4.5), and the data after the header that method 14 has.
  private static func coder(of entry: ZipEntry, _ source: Bytes) -> (Coder, Bytes)? {
    switch entry.method {
    case 8: return (.deflate, source)
    case 12: return (.bzip2, source)
    case 14:
      guard source.count >= 9, source[2] == 5, source[3] == 0 else { return nil }
      return (
        .lzma(properties: source.slice(4..<9).array(), size: entry.uncompressedSize),
        source.slice(9..<source.count)
      )
    case 93: return (.zstd, source)
    case 95: return (.xz, source)
    default: return nil
    }
  }
}
