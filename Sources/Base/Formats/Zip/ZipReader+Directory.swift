// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

extension ZipReader {
  /// What the end-of-directory records say.
  struct Directory {
    var offset: Int
    var size: Int
    var count: Int
  }

  /// Finds the end of the directory, as far back from the end of the file as a comment can reach.
  mutating func findDirectory() throws(ZipError) -> Directory? {
    guard bytes.count >= 22 else { return nil }
    var found: [Int] = []
    var at = bytes.count - 22
    let floor = max(0, bytes.count - 22 - 0xFFFF)
    while at >= floor {
      if u32(at) == Self.endSignature { found.append(at) }
      at -= 1
    }
    // Readers take the last record; one whose comment ends with the file is preferred by those that check.
    guard let end = found.first(where: { $0 + 22 + Int(u16($0 + 20)!) == bytes.count }) ?? found.first
    else { return nil }
    // A comment of plain words is part of the archive; anything else is bytes that nobody claims.
    let comment = end + 22..<min(bytes.count, end + 22 + Int(u16(end + 20)!))
    let isText =
      comment.upperBound == bytes.count && !comment.isEmpty && bytes[comment.lowerBound] < 0x80
      && PlainText.utf8(of: bytes.slice(comment)) != nil
    claims.append((end..<(isText ? comment.upperBound : end + 22), "end of directory"))
    for other in found where other != end && isDirectoryEnd(other) {
      note(.secondDirectory(offset: other))
    }
    var directory = Directory(
      offset: Int(u32(end + 16)!), size: Int(u32(end + 12)!), count: Int(u16(end + 10)!))
    var directoryEnd = end
    if let locator = u32(end - 20), locator == Self.locatorSignature {
      try readZip64(&directory, end: end, directoryEnd: &directoryEnd)
    }
    let (sum, overflow) = directory.offset.addingReportingOverflow(directory.size)
    guard !overflow, sum <= directoryEnd else {
      throw .malformed(offset: end, reason: "the directory lies outside of the file")
    }
    base = directoryEnd - sum
    if base != 0 { note(.shifted(by: base)) }
    if u16(end + 4) != 0 || u16(end + 6) != 0, u16(end + 4) != 0xFFFF {
      throw .malformed(offset: end, reason: "it is one disk of several")
    }
    return directory
  }

  /// Whether a record found in the tail could be believed: a directory, or nothing, lies where it says.
  private func isDirectoryEnd(_ at: Int) -> Bool {
    let size = Int(u32(at + 12)!)
    let offset = Int(u32(at + 16)!)
    guard size <= at else { return false }
    return size == 0
      ? offset <= at : u32(at - size) == Self.centralSignature || u32(offset) == Self.centralSignature
  }

  private mutating func readZip64(
    _ directory: inout Directory, end: Int, directoryEnd: inout Int
  ) throws(ZipError) {
    claims.append((end - 20..<end, "zip64 locator"))
    guard let stated = u64(end - 12).flatMap({ Int(exactly: $0) }) else {
      throw .malformed(offset: end - 20, reason: "the zip64 record lies outside of the file")
    }
    // With bytes in front of the archive the record stands just before its locator.
    let at = u32(stated) == Self.end64Signature ? stated : end - 20 - 56
    guard at >= 0, at <= end - 76, u32(at) == Self.end64Signature, let size = u64(at + 4), size >= 44,
      size <= UInt64(end - 20 - at - 12), let count = u64(at + 32).flatMap({ Int(exactly: $0) }),
      let length = u64(at + 40).flatMap({ Int(exactly: $0) }),
      let offset = u64(at + 48).flatMap({ Int(exactly: $0) })
    else { throw .malformed(offset: end - 20, reason: "the zip64 record is not where its locator points") }
    claims.append((at..<at + 12 + Int(size), "zip64 end of directory"))
    if directory.count != 0xFFFF, directory.count != count {
      note(.zip64(field: "count", offset: at))
    }
    if directory.size != 0xFFFF_FFFF, directory.size != length {
      note(.zip64(field: "size", offset: at))
    }
    if directory.offset != 0xFFFF_FFFF, directory.offset != offset {
      note(.zip64(field: "offset", offset: at))
    }
    directory = Directory(offset: offset, size: length, count: count)
    directoryEnd = at
  }

  mutating func readDirectory(_ directory: Directory) throws(ZipError) {
    let start = directory.offset + base
    let end = start + directory.size
    claims.append((start..<end, "directory"))
    var at = start
    while at < end {
      guard entries.count < Limits.archiveMembers else { throw .tooManyMembers(limit: Limits.archiveMembers) }
      guard end - at >= 46, u32(at) == Self.centralSignature else {
        throw .malformed(offset: at, reason: "expected an entry of the directory")
      }
      let name = Int(u16(at + 28)!)
      let extra = Int(u16(at + 30)!)
      let length = 46 + name + extra + Int(u16(at + 32)!)
      guard length <= end - at else {
        throw .malformed(offset: at, reason: "an entry is longer than its directory")
      }
      var entry = ZipEntry(
        origin: .central, name: text(at + 46..<at + 46 + name), flags: u16(at + 8)!, method: u16(at + 10)!,
        crc32: u32(at + 16)!, compressedSize: Int(u32(at + 20)!), uncompressedSize: Int(u32(at + 24)!),
        headerOffset: Int(u32(at + 42)!), dataOffset: 0,
        unixMode: UInt16(u32(at + 38)! >> 16))
      applyExtra(at + 46 + name..<at + 46 + name + extra, to: &entry, withOffset: true)
      let (offset, overflow) = entry.headerOffset.addingReportingOverflow(base)
      guard !overflow, offset <= bytes.count else {
        throw .malformed(offset: at, reason: "\(entry.name) lies outside of the file")
      }
      entry.headerOffset = offset
      entries.append(entry)
      at += length
    }
    if entries.count != directory.count, entries.count & 0xFFFF != directory.count {
      note(.entryCount(stated: directory.count, found: entries.count))
    }
  }
}
