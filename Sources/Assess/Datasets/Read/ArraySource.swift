// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFormats

/// The rows of numpy arrays, out of the file as it is mapped: nothing is copied where the file has the canonical form already.
///
/// Arrays with one number of rows belong together. `x_train`, `y_train`, `x_test` and `y_test` are the columns x and y, first of the
/// rows of `train` and then of those of `test`, with a column `split`. An array of another length, such as `feature_names`, is
/// no row but counts with its digest.
final class ArraySource: RowSource {
  let columns: [Column]
  let attachments: [String: String]
  private let groups: [ArrayGroup]
  private let hasSplit: Bool
  private var position = 0

  /// Bytes of a block, about.
  private static let blockBytes = 1 << 20
  private static let mostRows = 8_192

  convenience init(archive bytes: Bytes, _ options: ReadingOptions) throws(DataError) {
    let archive: ZipArchive
    do throws(ZipError) { archive = try ZipArchive(bytes) } catch { throw .zip(error) }
    guard archive.disagreements.isEmpty else {
      throw .notData(
        reason:
          "expected an npz file whose parts agree, found one that two readers would see differently: run `martlet scan` on it"
      )
    }
    var arrays: [(name: String, array: NumpyArray)] = []
    for entry in archive.entries where !entry.isDirectory {
      guard entry.name.hasSuffix(".npy") else {
        throw .array(
          name: entry.name, reason: "expected arrays (.npy) alone in an npz file, found another file")
      }
      let content = try Self.content(of: entry, in: archive)
      arrays.append((String(entry.name.dropLast(4)), try Self.array(content, entry.name)))
    }
    try self.init(arrays)
  }

  convenience init(array bytes: Bytes, _ options: ReadingOptions) throws(DataError) {
    try self.init([("x", try Self.array(bytes, "x"))])
  }

  private static func content(of entry: ZipEntry, in archive: ZipArchive) throws(DataError) -> Bytes {
    // What is stored in plain sight may be larger than memory, and its rows are about to be hashed anyway.
    if entry.compressedSize > Limits.inflationRatioFrom, let stored = archive.stored(entry) { return stored }
    // What says of itself that it is too large need not be inflated to see it.
    let limit = DataFile.inflationLimit(entry.compressedSize)
    guard entry.uncompressedSize <= limit else {
      throw .tooLarge(
        what: "bytes in \(entry.name) from \(entry.compressedSize) compressed ones (it may be a bomb)",
        limit: limit)
    }
    do throws(ZipError) {
      return try archive.contents(of: entry, limit: limit)
    } catch { throw .zip(error) }
  }

  private static func array(_ bytes: Bytes, _ name: String) throws(DataError) -> NumpyArray {
    let array: NumpyArray
    do throws(NumpyError) { array = try NumpyArray(bytes) } catch {
      throw .array(name: name, reason: "\(error)")
    }
    if array.pickle != nil {
      throw .array(
        name: name, reason: "expected numbers or texts, found Python objects, which are never unpickled here")
    }
    guard array.trailing.isEmpty else {
      throw .array(
        name: name, reason: "expected its elements alone, found \(array.trailing.count) bytes behind them")
    }
    return array
  }

  private init(_ arrays: [(name: String, array: NumpyArray)]) throws(DataError) {
    let names = try Self.featureNames(arrays)
    let parted = try ArrayGroup.parted(arrays.filter { $0.name != "feature_names" })
    guard let first = parted.groups.first else {
      throw .notData(
        reason: "expected arrays with one number of rows, such as x and y, found "
          + (arrays.isEmpty ? "none" : arrays.map(\.name).joined(separator: ", ")))
    }
    for other in parted.groups.dropFirst() where other.signature != first.signature {
      throw .notData(
        reason:
          "expected the arrays of '\(first.split)' and '\(other.split)' to have the same names, types and shapes, found \(first.signature.joined(separator: ", ")) and \(other.signature.joined(separator: ", "))"
      )
    }
    groups = parted.groups
    hasSplit = groups.count > 1 || !first.split.isEmpty
    var columns: [Column] = []
    for member in first.members { columns += try member.columns(names) }
    if hasSplit { columns.append(Column("split", .text)) }
    var seen: Set<String> = []
    for column in columns where !seen.insert(column.name).inserted { throw .repeatedColumn(column.name) }
    guard columns.count <= Limits.dataColumns else {
      throw .tooLarge(what: "columns", limit: Limits.dataColumns)
    }
    self.columns = columns
    var attachments: [String: String] = [:]
    for (name, array) in parted.others + arrays.filter({ $0.name == "feature_names" }) {
      attachments[name] = "\(array.descr.text) \(array.shape) \(Digest.of(array.data).hex)"
    }
    self.attachments = attachments
  }

  private static func featureNames(
    _ arrays: [(name: String, array: NumpyArray)]
  ) throws(DataError) -> [String]? {
    guard let found = arrays.first(where: { $0.name == "feature_names" }) else { return nil }
    do throws(NumpyError) { return try found.array.texts() } catch {
      throw .array(name: "feature_names", reason: "\(error)")
    }
  }

  private var rowCount: Int { groups.reduce(0) { $0 + $1.count } }

  func next() throws(DataError) -> RowBlock? {
    var start = 0
    for group in groups {
      let local = position - start
      if local < group.count {
        let rows = max(1, min(Self.mostRows, Self.blockBytes / max(1, group.stride)))
        let block = try block(of: group, local..<min(group.count, local + rows), at: position)
        position += block.count
        return block
      }
      start += group.count
    }
    return nil
  }

  func row(_ row: Int) throws(DataError) -> RowBlock {
    var start = 0
    for group in groups {
      if row >= start, row < start + group.count {
        return try block(of: group, row - start..<row - start + 1, at: row)
      }
      start += group.count
    }
    throw .noSuchRow(row, count: rowCount)
  }

  private func block(
    of group: ArrayGroup, _ rows: Range<Int>, at first: Int
  ) throws(DataError) -> RowBlock {
    var parts: [RowPart] = []
    var column = 0
    for member in group.members {
      parts.append(try member.part(rows, from: column))
      column += member.columnCount
    }
    if hasSplit {
      var writer = CellWriter()
      for _ in rows { writer.text(group.split.utf8) }
      parts.append(
        RowPart(Bytes(writer.bytes), .variable(cellEnds: writer.ends), columns: column..<column + 1))
    }
    return RowBlock(first: first, count: rows.count, parts: parts)
  }
}
