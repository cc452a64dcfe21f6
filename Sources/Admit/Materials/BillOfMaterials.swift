// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletEvidence
package import MartletScan

/// What a model is made of, as its own bytes say it: files, formats, tensors, licences, and the packages that its pickles
/// import, in a CycloneDX 1.6 document. The same bytes under the same name always make the same document: there is no time
/// in it, no path, and nothing that was looked up.
///
/// It has no opinion: whether what is in the model does harm is for `Scanner` to say. What could not be read is a property
/// that says so, and an `incomplete` composition; no file makes this fail.
///
///     let bill = BillOfMaterials(of: try Artifact(opening: "model/"), named: "model", by: "1.0.0")
///     try output.write(bill.encoded())
package struct BillOfMaterials: Sendable {
  let document: CycloneDX

  /// The type of an in-toto statement with such a document as its predicate.
  package static let predicateType = "https://cyclonedx.org/bom"

  /// - Parameters:
  ///   - name: what the document calls the model.
  ///   - version: of the tool that makes it.
  package init(of artifact: Artifact, named name: String, by version: String) {
    self = Self.scan(artifact, named: name, by: version).bill
  }

  /// The bill and the verdict from one look at the model, as ``init(of:named:by:)`` and `Scanner` each give.
  package static func scan(
    _ artifact: Artifact, named name: String, by version: String
  ) -> (bill: BillOfMaterials, report: ScanReport) {
    var contents: [String: FileContents] = [:]
    for resource in artifact.manifest.resources { contents[resource.name] = FileContents(resource) }
    let report = Scanner().scan(artifact) { file, sight in contents[file]?.add(sight) }
    for scanned in report.artifacts {
      contents[scanned.path]?.format = scanned.format
      for finding in scanned.findings where finding.meansUnread {
        contents[scanned.path]?.miss(finding.member, finding.message)
      }
    }
    let files = artifact.manifest.resources.compactMap { contents[$0.name] }
    let writer = BillWriter(files, root: artifact.manifest.root, name: name, tool: version)
    return (BillOfMaterials(document: writer.document), report)
  }

  private init(document: CycloneDX) { self.document = document }

  /// UTF-8, with sorted keys and a line break at the end.
  package func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(document)) + [0x0A]
  }
}
