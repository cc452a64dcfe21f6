// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Reads the structure of an archive; ``ZipArchive`` is what remains of it.
struct ZipReader {
  let bytes: Bytes
  var entries: [ZipEntry] = []
  var disagreements: [ZipDisagreement] = []
  /// The parts of the file that something claims.
  var claims: [(range: Range<Int>, member: String)] = []
  /// What to add to every offset in the file.
  var base = 0

  static let localSignature: UInt32 = 0x0403_4B50
  static let centralSignature: UInt32 = 0x0201_4B50
  static let endSignature: UInt32 = 0x0605_4B50
  static let end64Signature: UInt32 = 0x0606_4B50
  static let locatorSignature: UInt32 = 0x0706_4B50

  init(bytes: Bytes) { self.bytes = bytes }

  mutating func read() throws(ZipError) {
    if let directory = try findDirectory() {
      try readDirectory(directory)
      for index in entries.indices.reversed() { try readLocal(of: index) }
      var names = Set<String>()
      for entry in entries where entry.origin == .central {
        if !names.insert(entry.name).inserted {
          disagreements.append(.duplicate(member: entry.name, offset: entry.headerOffset))
        }
      }
    } else {
      guard u32(0) == Self.localSignature else { throw .notAnArchive }
      disagreements.append(.noDirectory)
      try walkMembers(0..<bytes.count)
    }
    try compareClaims()
  }

  /// Finds bytes that nothing claims and members that hide there.
  private mutating func compareClaims() throws(ZipError) {
    claims.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    var gaps: [Range<Int>] = []
    var at = 0
    for claim in claims {
      if claim.range.lowerBound > at { gaps.append(at..<claim.range.lowerBound) }
      if claim.range.lowerBound < at, !claim.range.isEmpty {
        disagreements.append(.overlap(member: claim.member, offset: claim.range.lowerBound))
      }
      at = max(at, claim.range.upperBound)
    }
    if at < bytes.count { gaps.append(at..<bytes.count) }
    for gap in gaps {
      if u32(gap.lowerBound) == Self.localSignature {
        try walkMembers(gap)
      } else {
        disagreements.append(.unclaimed(range: gap))
      }
    }
  }

  /// Members one after the other, by their local headers alone.
  private mutating func walkMembers(_ range: Range<Int>) throws(ZipError) {
    let hasDirectory = !disagreements.contains(.noDirectory)
    var at = range.lowerBound
    while at < range.upperBound, u32(at) == Self.localSignature, var entry = localEntry(at) {
      guard entries.count < Limits.archiveMembers else { throw .tooManyMembers(limit: Limits.archiveMembers) }
      if entry.hasDescriptor, entry.compressedSize == 0 {
        // Only the stream itself knows where it ends.
        let rest = bytes.slice(entry.dataOffset..<range.upperBound)
        if entry.method == 8, let inflated = try? Inflate.raw(rest, limit: Limits.inflatedMember) {
          entry.compressedSize = inflated.consumed
          entry.uncompressedSize = inflated.bytes.count
          entry.crc32 = Inflate.crc32(inflated.bytes)
        } else {
          entry.compressedSize = rest.count
          entry.uncompressedSize = rest.count
          entry.crc32 = entry.method == 0 ? Inflate.crc32(rest) : 0
        }
      }
      entries.append(entry)
      if hasDirectory { disagreements.append(.unlisted(member: entry.name, offset: at)) }
      let end = entry.dataOffset.addingReportingOverflow(entry.compressedSize)
      guard !end.overflow, end.partialValue <= range.upperBound else { return }
      at = end.partialValue
      if entry.hasDescriptor { at += descriptorLength(at, entry) }
    }
    if at < range.upperBound { disagreements.append(.unclaimed(range: at..<range.upperBound)) }
  }

  /// The length of the descriptor after the data of an entry, 0 where there is none.
  func descriptorLength(_ at: Int, _ entry: ZipEntry) -> Int {
    let signed = u32(at) == 0x0807_4B50 ? 4 : 0
    for width in [4, 8] {
      let sizes = at + signed + 4
      guard sizes + 2 * width <= bytes.count else { continue }
      let compressed = width == 4 ? UInt64(u32(sizes)!) : u64(sizes)!
      let uncompressed = width == 4 ? UInt64(u32(sizes + 4)!) : u64(sizes + 8)!
      if compressed == UInt64(entry.compressedSize), uncompressed == UInt64(entry.uncompressedSize) {
        return signed + 4 + 2 * width
      }
    }
    return 0
  }

  func u16(_ at: Int) -> UInt16? {
    guard at >= 0, at <= bytes.count - 2 else { return nil }
    let span = bytes.span
    return UInt16(span[at]) | UInt16(span[at + 1]) << 8
  }

  func u32(_ at: Int) -> UInt32? {
    guard let low = u16(at), let high = u16(at + 2) else { return nil }
    return UInt32(low) | UInt32(high) << 16
  }

  func u64(_ at: Int) -> UInt64? {
    guard let low = u32(at), let high = u32(at + 4) else { return nil }
    return UInt64(low) | UInt64(high) << 32
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes.slice(range).array(), as: UTF8.self) }
}
