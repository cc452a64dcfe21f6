// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletDatasets
import MartletEvidence
package import MartletRegistry

extension Lifecycle {
  /// Records that a version was trained on a sealed dataset, which the caller has just found to be as it was sealed: as its lineage,
  /// and as evidence.
  /// - Parameters:
  ///   - signer: how the key is named whose signature on the manifest was believed.
  ///   - name: the version in the store.
  package func keep(
    _ sealed: SealedDataset, signer: String, trained name: VersionName,
    by principal: String = Record.localPrincipal
  ) throws -> StoredEvidence {
    let version = try version(name)
    let known = try store.registry.lineage(of: version.model, version.number)
    let manifest = sealed.manifest
    _ = try setLineage(Lineage(data: manifest.digest, parent: known?.parent), of: name, by: principal)
    let fact = DataFact(
      at: Date(), digest: manifest.digest, name: sealed.name, rows: manifest.rows,
      columns: manifest.columns.count,
      root: manifest.root, sealed: manifest.at, signer: signer, manifest: sealed.envelope.digest)
    let evidence = store.evidence(fact, about: version.digest, named: version.model)
    let record = Record(
      "data", outcome: "intact", by: principal, model: version.model, digest: version.digest,
      evidence: [evidence.id], at: fact.at)
    try store.write(record) { try store.registry.keep([evidence]) }
    return evidence
  }
}
