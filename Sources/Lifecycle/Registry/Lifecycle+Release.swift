// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletGate
import MartletRegistry

extension Lifecycle {
  /// Asks the gate about a version on the evidence there is, without measuring anything anew, and does what it says. This is how a
  /// version comes to be released that waited for approvals: new evidence would make them void.
  /// - Parameter environment: whose policy; nil for the store's.
  /// - Throws: ``RegistryDoorError``, `RegistryError.transition` for a version that cannot be released any more.
  package func release(
    _ name: VersionName, in environment: String? = nil, by principal: String = Record.localPrincipal
  ) throws -> Decision {
    let version = try version(name)
    let policy = try policy(in: environment)
    let now = Date()
    let decision = Gate(trusting: [store.evidenceVerifier]).decide(
      policy, about: version.digest,
      evidence: try store.registry.evidence(about: version.digest).map(\.envelope), at: now,
      try store.circumstances(
        .release, of: version.model, in: environment, submittedBy: version.submitter))
    let evidence = store.evidence(
      DecisionFact(at: now, decision: decision), about: version.digest, named: version.model)
    let record = Record(
      "release", outcome: decision.released ? "passed" : "refused", by: principal, model: version.model,
      digest: version.digest, evidence: [evidence.id], reason: decision.refusal, at: now)
    return try store.write(record) {
      let now = try store.registry.version(version.model, version.number)
      if let reason = now.state.objection(to: .released) {
        throw RegistryError.transition(model: now.model, number: now.number, reason: reason)
      }
    } then: {
      try store.registry.keepPolicy(policy.text, digest: policy.digest)
      try store.registry.move(
        model: version.model, digest: version.digest, to: decision.released ? .released : .assessed,
        evidence: [evidence])
      return decision
    }
  }
}
