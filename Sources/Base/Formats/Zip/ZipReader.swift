// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
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
  /// Bytes that may still be inflated to find out how long members are.
  private var measurable = Limits.inflatedTotal

  static let localSignature: UInt32 = 0x0403_4B50
  static let centralSignature: UInt32 = 0x0201_4B50
  static let endSignature: UInt32 = 0x0605_4B50
  static let end64Signature: UInt32 = 0x0606_4B50
  static let locatorSignature: UInt32 = 0x0706_4B50

  init(bytes: Bytes) { self.bytes = bytes }

  mutating func note(_ disagreement: ZipDisagreement) {
    if disagreements.count < Limits.archiveMembers { disagreements.append(disagreement) }
  }

  mutating func read() throws(ZipError) {
    var directory: Directory?
    var isBroken = false
    do {
      directory = try findDirectory()
      if let directory { try readDirectory(directory) }
    } catch {
      guard case .malformed(let offset, let reason) = error else { throw error }
      isBroken = true
      note(.broken(offset: offset, reason: reason))
    }
    if directory == nil, !isBroken {
      guard Self.find(Self.localSignature, in: bytes, 0..<bytes.count) != nil else { throw .notAnArchive }
      note(.noDirectory)
    }
    try readLocals()
    forgetInnerDirectories()
    compareNames()
    try compareClaims()
  }

  /// Puts the local header's view behind every entry of the directory that it differs from.
  private mutating func readLocals() throws(ZipError) {
    let listed = entries
    entries = []
    entries.reserveCapacity(listed.count)
    for entry in listed {
      do {
        entries += try readLocal(of: entry)
      } catch {
        guard case .malformed(let offset, let reason) = error else { throw error }
        note(.broken(offset: offset, reason: reason))
      }
    }
  }

  /// An archive that is stored in this one ends with a directory of its own, which is that member's.
  private mutating func forgetInnerDirectories() {
    guard disagreements.contains(where: { if case .secondDirectory = $0 { true } else { false } }) else {
      return
    }
    let stored = entries.filter { $0.origin == .central && $0.method == 0 && !$0.isEncrypted }
    disagreements.removeAll {
      guard case .secondDirectory(let at) = $0 else { return false }
      return stored.contains {
        $0.dataOffset <= at && at + 22 <= $0.dataOffset + min($0.compressedSize, 1 << 62)
      }
    }
  }

  private mutating func compareNames() {
    var names = Set<String>()
    var folded = Set<String>()
    for entry in entries where entry.origin == .central {
      let parts = entry.name.lowercased().split { $0 == "/" || $0 == "\\" }
      let isNew = folded.insert(parts.filter { $0 != "." }.joined(separator: "/")).inserted
      if !names.insert(entry.name).inserted {
        note(.duplicate(member: entry.name, offset: entry.headerOffset))
      } else if !isNew {
        note(.nearDuplicate(member: entry.name, offset: entry.headerOffset))
      }
    }
  }

  /// Finds bytes that nothing claims and members that hide there.
  private mutating func compareClaims() throws(ZipError) {
    claims.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    var gaps: [Range<Int>] = []
    var at = 0
    for claim in claims {
      if claim.range.lowerBound > at { gaps.append(at..<claim.range.lowerBound) }
      if claim.range.lowerBound < at, !claim.range.isEmpty {
        note(.overlap(member: claim.member, offset: claim.range.lowerBound))
      }
      at = max(at, claim.range.upperBound)
    }
    if at < bytes.count { gaps.append(at..<bytes.count) }
    for gap in gaps {
      var at = gap.lowerBound
      while at < gap.upperBound {
        let next = Self.find(Self.localSignature, in: bytes, at..<gap.upperBound) ?? gap.upperBound
        if next > at { note(.unclaimed(range: at..<next)) }
        at = next < gap.upperBound ? try walkMembers(next..<gap.upperBound) : next
      }
    }
  }

  /// Members one after the other, by their local headers alone.
  /// - Returns: where they end.
  private mutating func walkMembers(_ range: Range<Int>) throws(ZipError) -> Int {
    let hasDirectory = !disagreements.contains(.noDirectory)
    var at = range.lowerBound
    while at < range.upperBound, u32(at) == Self.localSignature, var entry = localEntry(at) {
      guard entries.count < Limits.archiveMembers else { throw .tooManyMembers(limit: Limits.archiveMembers) }
      guard entry.dataOffset <= range.upperBound else { break }
      if entry.hasDescriptor, entry.compressedSize == 0 {
        measure(&entry, bytes.slice(entry.dataOffset..<range.upperBound))
      }
      entries.append(entry)
      if hasDirectory { note(.unlisted(member: entry.name, offset: at)) }
      let end = entry.dataOffset.addingReportingOverflow(entry.compressedSize)
      guard !end.overflow, end.partialValue <= range.upperBound else { return entry.dataOffset }
      at = end.partialValue
      if entry.hasDescriptor { at = min(range.upperBound, at + descriptorLength(at, entry)) }
    }
    guard at == range.lowerBound else { return at }
    // A signature without a header behind it.
    note(.unclaimed(range: at..<min(at + 4, range.upperBound)))
    return min(at + 4, range.upperBound)
  }

  /// Finds out how long a member is whose header leaves that to a descriptor behind it.
  private mutating func measure(_ entry: inout ZipEntry, _ rest: Bytes) {
    if entry.method == 8 {
      let outcome = Decompressor.run(.deflate, rest, into: nil, limit: measurable, checking: true)
      measurable -= outcome.made
      if outcome.failure == nil {
        entry.compressedSize = outcome.consumed
        entry.uncompressedSize = outcome.made
        entry.crc32 = outcome.crc32
        return
      }
    }
    var end = rest.count
    var at = 0
    while let next = Self.find(0x0807_4B50, in: rest, at..<rest.count) {
      if u32(entry.dataOffset + next + 8) == UInt32(truncatingIfNeeded: next) {
        end = next
        break
      }
      at = next + 4
    }
    entry.compressedSize = end
    entry.uncompressedSize = end
    entry.crc32 = entry.method == 0 ? Inflate.crc32(rest.slice(0..<end)) : 0
  }

  /// Where a signature stands first in a part of the bytes.
  static func find(_ signature: UInt32, in bytes: Bytes, _ range: Range<Int>) -> Int? {
    var at = range.lowerBound
    while at < range.upperBound {
      let end = min(range.upperBound, at + (4 << 20))
      let piece = bytes.slice(at..<min(range.upperBound, end + 3))
      let found: Int? = unsafe piece.withUnsafeBytes { raw in
        var from = 0
        while raw.count - from >= 4, let start = raw.baseAddress,
          let hit = unsafe memchr(start + from, Int32(signature & 0xFF), raw.count - from - 3)
        {
          from = unsafe UnsafeRawPointer(hit) - start
          if unsafe raw.loadUnaligned(fromByteOffset: from, as: UInt32.self).littleEndian == signature {
            return from
          }
          from += 1
        }
        return nil
      }
      if let found { return at + found }
      if bytes.count > 16 << 20 { piece.releasePages(0..<piece.count) }
      at = end
    }
    return nil
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
