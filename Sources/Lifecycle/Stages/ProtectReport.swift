// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence
package import MartletGate

/// What happened to a model on its way: the document that `martlet protect --format json` prints.
package struct ProtectReport: Codable, Sendable {
  /// One stage of the life.
  package struct Stage: Codable, Sendable {
    package enum Name: String, Codable, Sendable { case admit, seal, assess, release }

    package enum Outcome: String, Codable, Sendable {
      case passed
      /// The stage found a reason to stop.
      case refused
      /// The stage could not say anything about this model; the gate decides what that means.
      case skipped
    }

    package let stage: Name
    package let outcome: Outcome
    /// A few sentences for people, the most important first.
    package let summary: [String]
    package let findings: [Finding]
    /// The statements it left.
    package let evidence: [Digest]
  }

  package let model: String
  package let digest: Digest
  /// The version's number, once it is in the registry.
  package internal(set) var version: Int?
  package let verdict: Verdict
  package internal(set) var stages: [Stage]
  package internal(set) var decision: Decision?

  enum CodingKeys: String, CodingKey {
    case model, digest, version, verdict, stages, decision
  }
}
