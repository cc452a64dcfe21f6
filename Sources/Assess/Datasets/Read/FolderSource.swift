// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFiles
import MartletFormats

/// A folder of pictures as rows: the path, the first folder on it as the label, and the file by its digest. What is no picture, and
/// a link, is refused: what is sealed must be what a training reads.
final class FolderSource: RowSource {
  let columns = [Column("path", .text), Column("label", .text), Column("picture", .file)]
  let attachments: [String: String] = [:]
  private let folder: String
  /// Relative to the folder, in the order of their bytes.
  private let paths: [String]
  private var position = 0

  private static let rowsOfBlock = 256
  private static let deepest = 32

  init(_ folder: String) throws(DataError) {
    self.folder = folder
    var found: [String] = []
    try Self.collect(folder, below: "", depth: 0, into: &found)
    guard !found.isEmpty else {
      throw .notData(reason: "expected a folder with pictures, found none in \(folder)")
    }
    paths = found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func collect(
    _ folder: String, below: String, depth: Int, into found: inout [String]
  ) throws(DataError) {
    guard depth < deepest else { throw .tooLarge(what: "folders in each other", limit: deepest) }
    for name in try files({ () throws(FilesError) in try Directory.names(in: folder) }) {
      let (path, relative) = (folder + "/" + name, below + name)
      switch try files({ () throws(FilesError) in try Directory.kind(of: path) }) {
      case .directory: try collect(path, below: relative + "/", depth: depth + 1, into: &found)
      case .file: found.append(relative)
      case .other, nil:
        throw .notData(
          reason:
            "expected pictures and folders in the folder, found a link or something else at \(path): move it away"
        )
      }
      guard found.count <= Limits.dataFiles else {
        throw .tooLarge(what: "pictures", limit: Limits.dataFiles)
      }
    }
  }

  func next() throws(DataError) -> RowBlock? {
    guard position < paths.count else { return nil }
    let rows = position..<min(paths.count, position + Self.rowsOfBlock)
    position = rows.upperBound
    return try block(rows)
  }

  func row(_ row: Int) throws(DataError) -> RowBlock {
    guard paths.indices.contains(row) else { throw .noSuchRow(row, count: paths.count) }
    return try block(row..<row + 1)
  }

  private func block(_ rows: Range<Int>) throws(DataError) -> RowBlock {
    var writer = CellWriter()
    for row in rows {
      let path = paths[row]
      let content = try bytes { () throws(BytesError) in try Bytes(contentsOf: folder + "/" + path) }
      guard Picture.allCases.contains(where: { $0.fits(content) }) else {
        throw .notData(
          reason:
            "row \(row), column 'picture': expected a picture, found another file at \(path): move it away")
      }
      writer.text(path.utf8)
      if let slash = path.firstIndex(of: "/") {
        writer.text(path[..<slash].utf8)
      } else {
        writer.missing([])
      }
      writer.file(digest: Digest.of(content).bytes, size: content.count)
    }
    let part = RowPart(
      Bytes(writer.bytes), .variable(cellEnds: writer.ends), columns: 0..<columns.count)
    return RowBlock(first: rows.lowerBound, count: rows.count, parts: [part])
  }
}
