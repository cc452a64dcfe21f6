// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletMerkle

/// The digests and tags of rows, one record behind the other: 32 bytes, and two for each tag.
struct RowRecords: Sendable {
  private let bytes: Bytes
  let count: Int
  let tagCount: Int

  var recordSize: Int { TreeHash.byteCount + 2 * tagCount }

  /// - Precondition: as many bytes as the records need.
  init(_ bytes: Bytes, count: Int, tagCount: Int) {
    precondition(bytes.count == count * (TreeHash.byteCount + 2 * tagCount), "whole records")
    (self.bytes, self.count, self.tagCount) = (bytes, count, tagCount)
  }

  func digest(_ row: Int) -> TreeHash { TreeHash(bytes.span, at: row * recordSize) }

  func tags(_ row: Int) -> [UInt16] {
    let span = bytes.span
    let start = row * recordSize + TreeHash.byteCount
    return (0..<tagCount).map { UInt16(span[start + 2 * $0]) | UInt16(span[start + 2 * $0 + 1]) << 8 }
  }

  /// The places of the tags that differ between two rows.
  func differing(_ row: Int, _ other: RowRecords, _ otherRow: Int) -> [Int] {
    zip(tags(row), other.tags(otherRow)).enumerated().filter { $0.element.0 != $0.element.1 }.map(\.offset)
  }

  /// The records of some rows.
  static func encoded(_ digests: [TreeHash], _ tags: [UInt16]) -> [UInt8] {
    let each = digests.isEmpty ? 0 : tags.count / digests.count
    let size = TreeHash.byteCount + 2 * each
    return unsafe [UInt8](unsafeUninitializedCapacity: digests.count * size) { buffer, count in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      for (row, digest) in digests.enumerated() {
        unsafe digest.store(in: raw, at: row * size)
        for tag in 0..<each {
          unsafe raw.storeBytes(
            of: tags[row * each + tag].littleEndian, toByteOffset: row * size + TreeHash.byteCount + 2 * tag,
            as: UInt16.self)
        }
      }
      count = digests.count * size
    }
  }
}

/// Collects records; many of them in a temporary file that has no name.
final class RowRecordsSpool {
  private let spool = BytesSpool()
  private var count = 0
  private let tagCount: Int

  init(tagCount: Int) { self.tagCount = tagCount }

  func append(_ digests: [TreeHash], _ tags: [UInt16]) throws(DataError) {
    count += digests.count
    let encoded = RowRecords.encoded(digests, tags)
    var failure: BytesError?
    unsafe encoded.withUnsafeBytes { raw in
      do throws(BytesError) { try unsafe spool.append(raw) } catch { failure = error }
    }
    if let failure { throw .bytes(failure) }
  }

  func finish() throws(DataError) -> RowRecords {
    let all = try bytes { () throws(BytesError) in try spool.finish() }
    return RowRecords(all, count: count, tagCount: tagCount)
  }
}
