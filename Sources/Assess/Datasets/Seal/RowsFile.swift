// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFiles
import MartletMerkle

import struct Crypto.SHA256

/// The digests and tags of all rows of a sealed dataset, beside its manifest: what names the rows that changed, and proves one without
/// the others. The manifest has its SHA-256.
///
/// The records of the rows, behind them the hashes of the perfect subtrees of 256, 65,536 and so on rows, and 24 bytes: `MRTROWS1`,
/// the number of rows in 8 bytes, the number of tags of a row in 4, and the number of levels in 4. Numbers are little-endian.
struct RowsFile: Sendable {
  let records: RowRecords
  private let levels: [Bytes]

  static let magic = Array("MRTROWS1".utf8)
  static let footer = 24

  /// What the file of a manifest is called.
  static func path(of manifest: String) -> String { manifest + ".rows" }

  /// - Throws: ``DataError/malformed(what:reason:)``.
  init(_ bytes: Bytes) throws(DataError) {
    func refused(_ reason: String) -> DataError { .malformed(what: "a file of row digests", reason: reason) }
    guard bytes.count >= Self.footer else { throw refused("it ends too early") }
    let footer = bytes.slice(bytes.count - Self.footer..<bytes.count)
    guard footer.starts(with: Self.magic) else { throw refused("it does not end as one") }
    let span = footer.span
    let rows = Cell.integer(span, 8, 8)
    let (tags, levelCount) = (Int(Cell.integer(span, 16, 4)), Int(Cell.integer(span, 20, 4)))
    guard rows > 0, rows < 1 << 40, tags <= RowTags.most, levelCount <= 5 else {
      throw refused("it says that it has \(rows) rows with \(tags) tags")
    }
    var at = Int(rows) * (TreeHash.byteCount + 2 * tags)
    guard at <= bytes.count - Self.footer else { throw refused("it ends before the last of \(rows) rows") }
    records = RowRecords(bytes.slice(0..<at), count: Int(rows), tagCount: tags)
    var levels: [Bytes] = []
    var count = Int(rows) / 256
    for _ in 0..<levelCount {
      let size = count * TreeHash.byteCount
      guard count > 0, size <= bytes.count - Self.footer - at else {
        throw refused("it ends inside of its tree")
      }
      levels.append(bytes.slice(at..<at + size))
      at += size
      count /= 256
    }
    guard count == 0, at == bytes.count - Self.footer else { throw refused("it has more than its rows need") }
    self.levels = levels
  }

  /// The root over a range of rows that stands in the tree as a subtree does.
  private func root(of range: Range<UInt64>) -> TreeHash {
    TreeShape.root(of: range) { level, slots in
      slots.map { slot in
        guard level > 0 else { return records.digest(Int(slot)) }
        let hashes = levels[level - 1]
        return TreeHash(hashes.span, at: Int(slot) * TreeHash.byteCount)
      }[...]
    }
  }

  /// The proof for one row, from the hashes beside its way to the root alone.
  func proof(of row: Int) -> InclusionProof {
    InclusionProof(of: UInt64(row), size: UInt64(records.count)) { root(of: $0) }
  }
}

/// Writes a ``RowsFile`` while the rows go by. Nothing is there before it is committed.
struct RowsFileWriter: ~Copyable {
  private var writer: DurableFileWriter
  private var hash = SHA256()
  private let tagCount: Int

  init(in directory: String, tagCount: Int) throws(DataError) {
    self.tagCount = tagCount
    do throws(FilesError) { writer = try DurableFileWriter(in: directory) } catch { throw .files(error) }
  }

  mutating func append(_ digests: [TreeHash], _ tags: [UInt16]) throws(DataError) {
    try write(RowRecords.encoded(digests, tags))
  }

  private mutating func write(_ bytes: [UInt8]) throws(DataError) {
    hash.update(data: bytes)
    do throws(FilesError) { try writer.write(bytes.span) } catch { throw .files(error) }
  }

  /// Writes the tree behind the rows.
  /// - Returns: the digest of the file.
  mutating func finish(_ tree: TreeBuilder) throws(DataError) -> Digest {
    for level in tree.levels { try write(level.flatMap(\.bytes)) }
    var footer = RowsFile.magic
    for (value, count) in [(tree.count, 8), (UInt64(tagCount), 4), (UInt64(tree.levels.count), 4)] {
      for byte in 0..<count { footer.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))) }
    }
    try write(footer)
    return Digest(hash.finalize())
  }

  consuming func commit(as path: String) throws(DataError) {
    do throws(FilesError) { try writer.commit(as: path) } catch { throw .files(error) }
  }
}
