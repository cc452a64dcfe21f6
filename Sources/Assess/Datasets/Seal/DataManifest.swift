// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence

/// What a dataset was when it was sealed. Signed as an in-toto statement, whose subject is the dataset's digest.
package struct DataManifest: EvidencePredicate, Equatable {
  package static let name = "dataset"

  /// The file with the digests of the rows.
  package struct Rows: Codable, Equatable, Sendable {
    package let digest: Digest
  }

  /// The dataset that this one was made from by leaving rows out.
  package struct Parent: Codable, Equatable, Sendable {
    package let digest: Digest
    package let rows: Int
    /// The rows of the parent that are not here, counted from 0.
    package let removed: [Int]

    package init(digest: Digest, rows: Int, removed: [Int]) {
      (self.digest, self.rows, self.removed) = (digest, rows, removed)
    }
  }

  package let at: Date
  package let format: DataFormat
  package let rows: Int
  /// Of the tree over the rows (RFC 6962).
  package let root: Digest
  package let columns: [Column]
  /// What is in the files beside the rows.
  package let attachments: [String: String]
  package let nanIsMissing: Bool
  package let rowFile: Rows?
  package let statistics: [ColumnSummary]
  package let parent: Parent?

  /// The dataset's digest: whatever the file is called and whenever it was sealed, the same rows with the same columns have the
  /// same. SHA-256 of a text with the rows' number and root and a line for each column and attachment, the names as JSON strings.
  package var digest: Digest {
    var text = "martlet dataset v1\nrows \(rows)\nroot \(root.hex)\n"
    for column in columns { text += "column \(Self.quoted(column.name)) \(column.typeText)\n" }
    for (name, content) in attachments.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      text += "attachment \(Self.quoted(name)) \(Self.quoted(content))\n"
    }
    return .of(Array(text.utf8))
  }

  private static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    // A string always has a JSON form.
    return String(decoding: try! encoder.encode(text), as: UTF8.self)
  }

  /// The statement to be signed.
  package func payload(named name: String) -> [UInt8] {
    Statement(about: digest, named: name, self).payload()
  }
}

/// A manifest that somebody gave us. It says nothing until its signature was looked at.
package struct UnverifiedManifest: Sendable {
  private let envelope: Envelope

  /// - Throws: ``DataError/malformed(what:reason:)``.
  package init(_ bytes: [UInt8]) throws(DataError) {
    do { envelope = try JSONDecoder().decode(Envelope.self, from: Data(bytes)) } catch {
      throw .malformed(what: "a signed manifest (a DSSE envelope)", reason: "it is no such JSON")
    }
  }

  /// - Parameter accepts: whether a DER signature of these bytes is by the key that is trusted.
  /// - Throws: ``DataError/malformed(what:reason:)``.
  package func open(
    _ accepts: (_ signature: Data, _ signed: [UInt8]) -> Bool
  ) throws(DataError) -> SealedDataset {
    func refused(_ reason: String) -> DataError {
      .malformed(what: "a manifest that is signed by the key", reason: reason)
    }
    guard envelope.payloadType == Envelope.inTotoType, let payload = Data(base64Encoded: envelope.payload)
    else {
      throw refused("its payload is no in-toto statement")
    }
    let signed = Envelope.preAuthentication(type: envelope.payloadType, payload: Array(payload))
    guard
      envelope.signatures.contains(where: { signature in
        Data(base64Encoded: signature.sig).map { accepts($0, signed) } ?? false
      })
    else { throw refused("no signature on it is by that key") }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    let statement: Statement<DataManifest>
    do { statement = try decoder.decode(Statement<DataManifest>.self, from: payload) } catch {
      throw refused("what is signed is about something else than a dataset")
    }
    guard statement.type == statementType, statement.predicateType == DataManifest.type,
      let subject = statement.subject.first, statement.subject.count == 1
    else { throw refused("what is signed is about something else than a dataset") }
    guard subject.digest["sha256"] == statement.predicate.digest.hex else {
      throw refused("its digest is not that of its rows and columns")
    }
    return SealedDataset(manifest: statement.predicate, name: subject.name, envelope: envelope)
  }
}

/// A manifest whose signature is by a key that is trusted. Only ``UnverifiedManifest`` makes one.
package struct SealedDataset: Sendable {
  package let manifest: DataManifest
  package let name: String
  package let envelope: Envelope

  fileprivate init(manifest: DataManifest, name: String, envelope: Envelope) {
    (self.manifest, self.name, self.envelope) = (manifest, name, envelope)
  }
}
