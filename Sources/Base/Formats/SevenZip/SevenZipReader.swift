// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Reads the directory of a 7z archive; ``SevenZipArchive`` is what remains of it.
struct SevenZipReader {
  let bytes: Bytes
  var entries: [SevenZipEntry] = []
  var folders: [SevenZipFolder] = []
  private var claims: [Range<Int>] = []

  init(bytes: Bytes) { self.bytes = bytes }

  mutating func read() throws(SevenZipError) {
    guard bytes.count >= 32, bytes.starts(with: SevenZipArchive.magic) else {
      throw .malformed(reason: "expected a header of 32 bytes")
    }
    var start = SevenZipCursor(bytes.slice(8..<32))
    let sum = UInt32(try start.little(4))
    guard Inflate.crc32(bytes.slice(12..<32)) == sum else {
      throw .malformed(reason: "the checksum of the header is wrong")
    }
    guard let offset = Int(exactly: try start.little(8)), let size = Int(exactly: try start.little(8)),
      offset <= bytes.count - 32, size <= bytes.count - 32 - offset
    else { throw .malformed(reason: "the directory lies outside of the file") }
    let stated = UInt32(try start.little(4))
    guard size <= Limits.sevenZipHeader else {
      throw .tooLarge(what: "bytes of directory", limit: Limits.sevenZipHeader)
    }
    claims = [0..<32, 32 + offset..<32 + offset + size]
    guard size > 0 else { return }
    var header = bytes.slice(32 + offset..<32 + offset + size)
    guard Inflate.crc32(header) == stated else {
      throw .malformed(reason: "the checksum of the directory is wrong")
    }
    for _ in 0..<4 {
      var cursor = SevenZipCursor(header)
      switch try cursor.u8() {
      case 0x01: return try readHeader(&cursor)
      case 0x17:
        var streams = SevenZipStreams()
        try streams.read(&cursor, in: bytes.count)
        guard let folder = streams.folders.first, streams.folders.count == 1 else {
          throw .malformed(reason: "expected one packed directory")
        }
        claims.append(folder.packed)
        header = try unpackHeader(folder)
      default: throw .malformed(reason: "expected a directory")
      }
    }
    throw .malformed(reason: "the directory is packed more than four times")
  }

  private func unpackHeader(_ folder: SevenZipFolder) throws(SevenZipError) -> Bytes {
    guard folder.size <= Limits.sevenZipHeader else {
      throw .tooLarge(what: "bytes of directory", limit: Limits.sevenZipHeader)
    }
    guard let (header, outcome) = Self.unpack(folder, of: bytes, limit: folder.size) else {
      throw .unsupported(method: folder.methodNames)
    }
    guard outcome.failure == nil, header.count == folder.size,
      folder.crc32 == nil || folder.crc32 == outcome.crc32
    else { throw .malformed(reason: "the packed directory is damaged") }
    return header
  }

  static func unpack(
    _ folder: SevenZipFolder, of bytes: Bytes, limit: Int
  ) -> (bytes: Bytes, outcome: Decompressor.Outcome)? {
    let packed = bytes.slice(folder.packed)
    if folder.methods.map(\.id) == [0] {
      var outcome = Decompressor.Outcome()
      outcome.made = packed.count
      outcome.consumed = packed.count
      outcome.crc32 = folder.crc32 == nil ? 0 : Inflate.crc32(packed)
      return (packed, outcome)
    }
    guard let coder = folder.coder else { return nil }
    let spool = BytesSpool()
    let outcome = Decompressor.run(coder, packed, into: spool, limit: limit, checking: folder.crc32 != nil)
    if outcome.failure == .unsupported { return nil }
    guard let made = try? spool.finish() else { return nil }
    return (made, outcome)
  }

  private mutating func readHeader(_ cursor: inout SevenZipCursor) throws(SevenZipError) {
    var streams = SevenZipStreams()
    while true {
      switch try cursor.u8() {
      case 0x00:
        folders = streams.folders
        claims += folders.map(\.packed)
        return
      case 0x02:
        while try cursor.u8() != 0 { _ = try cursor.take(try cursor.number()) }
      case 0x03:
        var other = SevenZipStreams()
        try other.read(&cursor, in: bytes.count)
        claims += other.folders.map(\.packed)
      case 0x04: try streams.read(&cursor, in: bytes.count)
      case 0x05: entries = try SevenZipFiles.read(&cursor, streams)
      case let type: throw .malformed(reason: "the directory has a part of type \(type)")
      }
    }
  }

  /// Bytes between, behind or in front of everything that the directory names.
  func unclaimed() -> [Range<Int>] {
    var gaps: [Range<Int>] = []
    var at = 0
    for claim in claims.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      if claim.lowerBound > at { gaps.append(at..<claim.lowerBound) }
      at = max(at, claim.upperBound)
    }
    if at < bytes.count { gaps.append(at..<bytes.count) }
    return gaps
  }
}
