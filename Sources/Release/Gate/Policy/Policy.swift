// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence

/// What must be true of a version's evidence before it may move on.
///
///     name: default
///     release:
///       - require: scan.verdict == safe
///         because: a file that is not proved harmless can run code where it is loaded
///         maximumAge: 90d
///
/// Unknown keys are refused: a rule that is misspelt would otherwise be a rule that is not there. `docs/policy.md` has every
/// key, `docs/policy.schema.json` the same for editors.
package struct Policy: Sendable, Equatable {
  /// A step of a version's life that the gate is asked about.
  package enum Transition: String, Codable, CaseIterable, Sendable {
    /// The artifact enters the store.
    case admit
    /// The version becomes one that may answer.
    case release
    /// The released version goes on answering.
    case serve
  }

  package let name: String
  /// The environments it can be asked for; when there are none, it is the same everywhere.
  package let environments: [String]
  /// Whose evidence rules may ask for, beside the store's own, by the names that rules use.
  package let signers: [String: Signer]
  package let admit: [Rule]
  package let release: [Rule]
  package let serve: [Rule]
  package let approvals: ApprovalRule?
  package let exceptions: [Exemption]
  package let onViolation: ViolationRule
  /// SHA-256 of ``text``: a decision names the very policy it followed.
  package let digest: Digest
  /// What it was read from.
  package let text: String

  /// The rules that decide about a step. What may not be served is not released either; a policy without rules for
  /// serving asks of a released version what it asked at its release.
  package func rules(for transition: Transition) -> [Rule] {
    switch transition {
    case .admit: admit
    case .release: release + serve
    case .serve: serve.isEmpty ? release : serve
    }
  }

  /// Every rule, in the order of a life.
  package var allRules: [Rule] { admit + release + serve }
}

/// Why a text is not a policy.
package enum PolicyError: Error, Equatable, Sendable {
  case malformed(String)
}

extension PolicyError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let what): "the policy cannot be used: \(what)"
    }
  }
}
