// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletGate
package import MartletRegistry

extension Lifecycle {
  /// What somebody may do to a version that exists.
  package enum StateChange: String, Sendable {
    /// It answers nobody until it is decided about again.
    case quarantine
    /// It never answers again.
    case revoke
    /// It is not needed any more, and can come back.
    case retire

    /// Where it leads.
    package var state: VersionState {
      switch self {
      case .quarantine: .quarantined
      case .revoke: .revoked
      case .retire: .retired
      }
    }

    var action: String { "version.\(rawValue)" }
  }

  /// Takes a version out of service. Servers notice within a second.
  ///
  /// Quarantine and revocation are about the bytes: they leave a signed decision, so that a row of the database alone brings
  /// nothing back, and a digest that is revoked cannot come in under another name. Retiring is about the name.
  ///
  /// - Throws: ``RegistryDoorError``, `RegistryError.transition` for what the life does not allow, before anything is written.
  package func change(
    _ name: VersionName, _ change: StateChange, reason: String, by principal: String = Record.localPrincipal
  ) throws -> ModelVersion {
    guard (1...1_000).contains(reason.utf8.count) else {
      throw RegistryDoorError.reason(bytes: reason.utf8.count)
    }
    let now = Date()
    let version = try version(name)
    var evidence: [StoredEvidence] = []
    if change != .retire {
      let decision = Decision(
        released: false,
        reasons: [.init(rule: change.rawValue, satisfied: false, text: reason)], policy: .standard,
        evidence: [])
      evidence = [
        store.evidence(
          DecisionFact(at: now, decision: decision), about: version.digest, named: version.model)
      ]
    }
    let record = Record(
      change.action, outcome: change.state.rawValue, by: principal, model: version.model,
      digest: version.digest, evidence: evidence.map(\.id), reason: reason, at: now)
    return try store.write(record) {
      let now = try store.registry.version(version.model, version.number)
      if let reason = now.state.objection(to: change.state) {
        throw RegistryError.transition(model: now.model, number: now.number, reason: reason)
      }
    } then: {
      try store.registry.change(version.model, version.number, to: change.state, evidence: evidence)
      return try store.registry.version(version.model, version.number)
    }
  }
}
