// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletEvidence
import MartletRegistry

extension Lifecycle {
  /// Keeps what an assessment found as evidence about a model, and in the log, where the store has the model.
  /// - Parameters:
  ///   - action: what the log calls it.
  ///   - outcome: how the log says it ended.
  /// - Returns: the evidence, or nil for a digest that the store does not know.
  func keep(
    _ fact: some EvidencePredicate, about digest: Digest, as action: String = "assess",
    outcome: String = "passed", by principal: String
  ) throws -> StoredEvidence? {
    let version = try store.registry.versions().first { $0.digest == digest }
    guard let version else { return nil }
    let evidence = store.evidence(fact, about: digest, named: version.model)
    let record = Record(
      action, outcome: outcome, by: principal, model: version.model, digest: digest,
      evidence: [evidence.id], at: fact.at)
    try store.write(record) { try store.registry.keep([evidence]) }
    return evidence
  }
}
