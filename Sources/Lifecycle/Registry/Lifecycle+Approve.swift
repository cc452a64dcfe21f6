// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletAccess
import MartletEvidence
import MartletGate
import MartletRegistry

extension Lifecycle {
  /// Records that somebody agrees to the release of a version, on the evidence that the policy rests on now. Any change of either
  /// makes it void.
  /// - Parameter environment: whose policy; nil for the store's.
  /// - Returns: the approval, and whether it is of whoever submitted the version: it is kept, and a policy may refuse to count it.
  /// - Throws: as ``version(_:)``; `RegistryError.transition` for a version that cannot be released any more.
  package func approve(
    _ name: VersionName, in environment: String? = nil, by principal: String = Record.localPrincipal
  ) throws -> (approval: Approval, isOwn: Bool) {
    let version = try version(name)
    let now = Date()
    let known = try believed(about: version.digest).evidence.map(\.id)
    let evidence = Gate(trusting: [store.evidenceVerifier]).evidenceSet(
      of: try policy(in: environment), about: version.digest,
      evidence: try store.registry.evidence(about: version.digest).map(\.envelope), at: now,
      try store.circumstances(
        .release, of: version.model, in: environment, submittedBy: version.submitter))
    let approval = Approval(
      principal: principal, model: version.model, digest: version.digest,
      evidence: evidence, at: now)
    let record = Record(
      "approve", outcome: "approved", by: principal, model: version.model, digest: version.digest,
      evidence: known, reason: "evidence set \(approval.evidence.hex)", at: now)
    return try store.write(record) {
      if let reason = version.state.objection(to: .released) {
        throw RegistryError.transition(model: version.model, number: version.number, reason: reason)
      }
    } then: {
      try store.registry.add(approval)
      return (approval, isOwn: version.submitter == principal)
    }
  }
}
