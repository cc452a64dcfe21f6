// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import MartletBytes
package import MartletEvidence
import MartletMerkle

/// Shows that a row is in a sealed dataset, to somebody who has neither: the row, the hashes beside its way to the root, and the
/// signed manifest.
package struct RowProof: Codable, Sendable {
  package let row: Int
  /// The canonical form of the row, in base64.
  package let cells: Data
  /// In base64, from below.
  package let path: [Data]
  package let manifest: Envelope

  /// A proof of one row of a dataset that is at hand.
  /// - Parameter rows: the file of row digests.
  /// - Throws: ``DataError``, also where the row is not what it was.
  package init(
    of row: Int, in path: String, _ sealed: SealedDataset, rows file: String, options: ReadingOptions
  ) throws(DataError) {
    guard row >= 0, row < sealed.manifest.rows else { throw .noSuchRow(row, count: sealed.manifest.rows) }
    let rows = try RowsFile(try bytes { () throws(BytesError) in try Bytes(contentsOf: file) })
    guard rows.records.count == sealed.manifest.rows else {
      throw .otherFile(
        what: "a file of row digests for", expected: "\(sealed.manifest.rows) rows",
        found: "\(rows.records.count)")
    }
    var options = options
    options.sealed = sealed.manifest.columns
    let block = try DataFile(path, options).source.row(row)
    let proof = rows.proof(of: row)
    self.row = row
    cells = Data(block.canonical(row: 0))
    self.path = proof.path.map { Data($0.bytes) }
    manifest = sealed.envelope
    _ = try verify(sealed)
  }

  /// Reads a proof from outside.
  /// - Throws: ``DataError/malformed(what:reason:)``.
  package init(_ bytes: [UInt8]) throws(DataError) {
    do { self = try JSONDecoder().decode(RowProof.self, from: Data(bytes)) } catch {
      throw .malformed(what: "a proof for a row", reason: "it is no such JSON")
    }
  }

  package var unverifiedManifest: UnverifiedManifest {
    get throws(DataError) { try UnverifiedManifest(manifest.encoded()) }
  }

  /// Returns the row's cells when the proof leads from them to the root.
  /// - Throws: ``DataError/proof(_:)``, ``DataError/malformed(what:reason:)``.
  package func verify(_ sealed: SealedDataset) throws(DataError) -> [(column: Column, cell: Cell)] {
    var hashes: [TreeHash] = []
    for bytes in path {
      guard let hash = TreeHash(bytes) else {
        throw .malformed(what: "a proof for a row", reason: "a hash of its way has \(bytes.count) bytes")
      }
      hashes.append(hash)
    }
    guard row >= 0, let root = TreeHash(sealed.manifest.root.bytes) else { throw .proof(.outOfRange) }
    let proof = InclusionProof(index: UInt64(row), size: UInt64(max(0, sealed.manifest.rows)), path: hashes)
    do throws(ProofFlaw) { try proof.verify(entry: Array(cells).span, root: root) } catch {
      throw .proof(error)
    }
    // Whoever signed the root had rows in canonical form in mind, so that this reads what they say.
    return try CanonicalRow.cells(Bytes(cells), sealed.manifest.columns)
  }

  package func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Numbers and texts: there is nothing in it that could fail to encode.
    return Array(try! encoder.encode(self))
  }
}

/// Reads the cells of a row again, from bytes that may be anything.
enum CanonicalRow {
  static func cells(_ bytes: Bytes, _ columns: [Column]) throws(DataError) -> [(column: Column, cell: Cell)] {
    var cells: [(column: Column, cell: Cell)] = []
    var at = 0
    for column in columns {
      let length = try length(of: column, bytes, at)
      guard length <= bytes.count - at else { throw refused }
      cells.append((column, Cell(bytes.slice(at..<at + length), of: column)))
      at += length
    }
    guard at == bytes.count else { throw refused }
    return cells
  }

  private static var refused: DataError {
    .malformed(what: "a row of the sealed columns", reason: "its bytes are not such a row")
  }

  private static func length(of column: Column, _ bytes: Bytes, _ at: Int) throws(DataError) -> Int {
    if let width = column.kind.width {
      let (size, overflow) = width.multipliedReportingOverflow(by: column.elements)
      guard !overflow, size > 0 else { throw refused }
      return size
    }
    guard at < bytes.count, let tag = CellWriter.Tag(rawValue: bytes[at]) else { throw refused }
    switch tag {
    case .number, .whole: return 9
    case .no, .yes: return 1
    case .file: return 41
    case .missing, .text, .json:
      guard bytes.count - at >= 5 else { throw refused }
      return 5 + Int(Cell.integer(bytes.span, at + 1, 4))
    }
  }
}
