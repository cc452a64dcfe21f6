// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence
import MartletFiles
import MartletMerkle

/// Makes the manifest of a dataset. What is written, is written when everything was read.
package enum DataSeal {
  /// Reads a dataset, and writes its signed manifest with the file of row digests beside it.
  /// - Parameters:
  ///   - output: where the manifest goes.
  ///   - keepsRows: whether the file of row digests is written.
  ///   - sign: makes the envelope for a statement.
  /// - Throws: ``DataError``, and what `sign` throws.
  package static func seal(
    _ path: String, into output: String, options: ReadingOptions, keepsRows: Bool,
    parent: DataManifest.Parent? = nil, at time: Date, progress: (Int) -> Void = { _ in },
    sign: (_ payload: [UInt8]) throws -> Envelope
  ) throws -> (manifest: DataManifest, byteCount: Int) {
    let file = try DataFile(path, options)
    var wants = DataPass.Options()
    wants.nanIsMissing = options.nanIsMissing
    wants.tags = keepsRows
    let tags = RowTags(columns: file.source.columns.count)
    var writer: RowsFileWriter? = nil
    if keepsRows {
      writer = try RowsFileWriter(in: FilePath.parent(of: output), tagCount: tags.groups.count)
    }
    let pass = try DataPass(file.source, wants, progress: progress) { (digests, tags) throws(DataError) in
      try writer?.append(digests, tags)
    }
    let rowFile = try writer?.finish(pass.tree)
    let manifest = DataManifest(
      at: time, format: file.format, rows: pass.rowCount, root: Digest(bytes: pass.tree.root.bytes),
      columns: pass.columns, attachments: file.source.attachments, nanIsMissing: options.nanIsMissing,
      rowFile: rowFile.map { .init(digest: $0) }, statistics: pass.summaries, parent: parent)
    let envelope = try sign(manifest.payload(named: file.name))
    // First the digests: a manifest never names a file that is not there.
    try writer.take()?.commit(as: RowsFile.path(of: output))
    try DurableFile.replace(output, with: envelope.encoded().span)
    return (manifest, pass.byteCount)
  }
}
