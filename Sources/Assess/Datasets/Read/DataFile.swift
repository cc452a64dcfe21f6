// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFiles
import MartletFormats

/// The forms in which datasets come.
package enum DataFormat: String, Codable, Sendable, CaseIterable { case npz, npy, csv, tsv, jsonl, folder }

/// A dataset at a path, ready to be read.
package struct DataFile {
  package let format: DataFormat
  /// The last part of the path.
  package let name: String
  package let source: any RowSource

  /// Opens a file by its first bytes and its name, or a folder of pictures.
  /// - Throws: ``DataError``.
  package init(_ path: String, _ options: ReadingOptions = .init()) throws(DataError) {
    name = path.split(separator: "/").last.map(String.init) ?? path
    if try files({ () throws(FilesError) in try Directory.kind(of: path, followingLinks: true) })
      == .directory
    {
      format = .folder
      source = try FolderSource(path)
      return
    }
    var content = try bytes { () throws(BytesError) in try Bytes(contentsOf: path) }
    var lower = name.lowercased()
    if content.starts(with: [0x1F, 0x8B]) {
      content = try Self.unpacked(content)
      if lower.hasSuffix(".gz") { lower.removeLast(3) }
    }
    if content.starts(with: [0x50, 0x4B]) || lower.hasSuffix(".npz") {
      format = .npz
      source = try ArraySource(archive: content, options)
    } else if content.starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) || lower.hasSuffix(".npy") {
      format = .npy
      source = try ArraySource(array: content, options)
    } else if lower.hasSuffix(".jsonl") || lower.hasSuffix(".ndjson") {
      format = .jsonl
      source = try JSONLinesSource(content, options)
    } else if lower.hasSuffix(".tsv") || lower.hasSuffix(".tab") {
      format = .tsv
      source = try DelimitedSource(content, delimiter: 0x09, options)
    } else if lower.hasSuffix(".csv") || lower.hasSuffix(".txt") || lower.hasSuffix(".data") {
      format = .csv
      source = try DelimitedSource(content, delimiter: nil, options)
    } else {
      throw .notData(
        reason:
          "expected a dataset that is called .npz, .npy, .csv, .tsv or .jsonl, or a folder of pictures, found \(path)"
      )
    }
  }

  /// A gzip file, as far as it is no bomb.
  private static func unpacked(_ packed: Bytes) throws(DataError) -> Bytes {
    let limit = inflationLimit(packed.count)
    let spool = BytesSpool()
    let outcome = Decompressor.run(.gzip, packed, into: spool, limit: limit)
    switch outcome.failure {
    case nil: break
    case .tooLarge:
      throw .tooLarge(what: "bytes from a gzip file of \(packed.count) (it may be a bomb)", limit: limit)
    case .some(let failure): throw .notData(reason: "\(failure)")
    }
    guard outcome.consumed == packed.count else {
      throw .notData(
        reason: "expected one gzip stream, found \(packed.count - outcome.consumed) bytes behind it")
    }
    return try bytes { () throws(BytesError) in try spool.finish() }
  }

  /// What compressed bytes may become.
  static func inflationLimit(_ packed: Int) -> Int {
    min(Limits.dataMember, max(Limits.inflationRatioFrom, Limits.inflationRatio * packed))
  }
}
