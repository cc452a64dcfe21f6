// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
package import MartletEvidence
import MartletMerkle

/// Whether a dataset is what was sealed, and if not, what became of it.
package struct DataVerification: Sendable {
  /// The digest that was signed.
  package let digest: Digest
  package let rows: Int
  package let byteCount: Int
  package let changes: DataChanges

  package var isIntact: Bool { changes.isEmpty }

  /// Reads a dataset and holds it against its manifest.
  /// - Parameter rows: the file of row digests; nil where there is none.
  /// - Throws: ``DataError``: for what cannot be read as rows, and for a file of row digests that is not the manifest's.
  package init(
    _ path: String, _ sealed: SealedDataset, rows file: String?, progress: (Int) -> Void = { _ in }
  ) throws(DataError) {
    let manifest = sealed.manifest
    var options = ReadingOptions()
    options.sealed = manifest.columns
    options.nanIsMissing = true
    let source = try DataFile(path, options).source
    var wants = DataPass.Options()
    wants.describes = false
    let pass = try DataPass(source, wants, progress: progress)
    (digest, rows, byteCount) = (manifest.digest, pass.rowCount, pass.byteCount)
    var changes = DataChanges()
    // A column of nothing may have got values, and then has a type.
    let types = pass.columns.map { column in
      let sealed = manifest.columns.first { $0.name == column.name }
      return sealed?.kind == .empty ? Column(column.name, .empty) : column
    }
    changes.compare(manifest.columns, types)
    changes.compare(manifest.attachments, source.attachments)
    if changes.columns.isEmpty, manifest.columns.map(\.name) != pass.columns.map(\.name) {
      changes.note = "the columns stand in another order"
    } else if pass.tree.root.bytes != manifest.root.bytes || pass.rowCount != manifest.rows {
      if !changes.columns.isEmpty {
        changes.note =
          "rows with other columns are not compared; `martlet data diff` compares them with the original"
      } else if let file {
        let old = try Self.records(file, manifest)
        let tags = RowTags(columns: source.columns.count)
        let new = try Self.records(of: path, options, tags, progress)
        try changes.take(RowAlignment(old, new)) { (before, now) throws(DataError) in
          let groups = old.differing(before, new, now).flatMap { tags.groups[$0] }
          let block = try source.row(now)
          return groups.map { column in
            .init(
              column: manifest.columns[column].name, before: nil,
              now: Cell(block.cell(row: 0, column: column), of: source.columns[column]).text)
          }
        }
      } else {
        changes.note =
          "rows have changed; which, is known with the file of row digests that `martlet data seal` writes beside the manifest"
      }
    }
    self.changes = changes
  }

  /// The digests and tags of the rows as they are now: another pass, as most datasets are what was sealed.
  private static func records(
    of path: String, _ options: ReadingOptions, _ tags: RowTags, _ progress: (Int) -> Void
  ) throws(DataError) -> RowRecords {
    var wants = DataPass.Options()
    (wants.describes, wants.tags) = (false, true)
    let spool = RowRecordsSpool(tagCount: tags.groups.count)
    _ = try DataPass(DataFile(path, options).source, wants, progress: progress) {
      (digests, tags) throws(DataError) in
      try spool.append(digests, tags)
    }
    return try spool.finish()
  }

  private static func records(_ file: String, _ manifest: DataManifest) throws(DataError) -> RowRecords {
    let content = try bytes { () throws(BytesError) in try Bytes(contentsOf: file) }
    guard let expected = manifest.rowFile?.digest else {
      throw .otherFile(what: "no file of row digests, as the manifest has none,", expected: "", found: file)
    }
    let found = Digest.of(content)
    guard found == expected else {
      throw .otherFile(
        what: "row digests with the SHA-256", expected: expected.hex, found: found.hex + " in " + file)
    }
    return try RowsFile(content).records
  }
}
