// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation

extension Policy {
  /// One thing that must hold.
  package struct Rule: Sendable, Equatable {
    package enum Demand: Sendable, Equatable {
      /// A value in evidence is as it should be.
      case value(Requirement)
      /// There is evidence of this kind, whatever it says.
      case presence(kind: String)
    }

    /// What a rule that does not hold leads to.
    package enum Failure: String, CaseIterable, Sendable { case refuse, warn }

    /// What exceptions and people may call it.
    package let id: String?
    package let demand: Demand
    /// Why the rule is there, for whoever is told no.
    package let because: String?
    /// Seconds. Older evidence counts as missing.
    package let maximumAge: Double?
    /// The names of those whose evidence counts; the store's own when there are none.
    package let signers: [String]
    /// The environments it holds in; all when there are none.
    package let environments: [String]
    package let references: [FrameworkReference]
    package let onFailure: Failure

    /// The kind of evidence it looks at.
    package var kind: String {
      switch demand {
      case .value(let requirement): requirement.evidence
      case .presence(let kind): kind
      }
    }

    /// The requirement as it was written, or that there be evidence.
    package var text: String {
      switch demand {
      case .value(let requirement): requirement.text
      case .presence(let kind): "evidence \(kind)"
      }
    }

    /// How people speak of it.
    package var label: String { id ?? text }

    package func holds(in environment: String?) -> Bool {
      environments.isEmpty || environment.map(environments.contains) == true
    }
  }

  /// Somebody whose evidence rules may ask for.
  package struct Signer: Sendable, Equatable {
    package enum Key: Sendable, Equatable {
      /// An SPKI PEM key.
      case pem(String)
      /// The id of a key that the store trusts already: SHA-256 hex of its SPKI DER.
      case id(String)
    }

    package let key: Key
    /// SHA-256 hex of the key's SPKI DER.
    package let keyID: String
    /// What is dated later is not believed: the key was put away.
    package let notAfter: Date?
    /// From then on nothing of it is believed, whatever date it bears: whoever has the key also chooses the date.
    package let revoked: Date?

    package func isRevoked(at time: Date) -> Bool { revoked.map { time >= $0 } ?? false }
  }

  /// How many must agree, and who.
  package struct ApprovalRule: Sendable, Equatable {
    package let count: Int
    /// One of these an approver must have; anybody may approve when there are none.
    package let roles: [String]
    /// Whether the one who brought the model may approve it himself.
    package let notSubmitter: Bool
    /// Seconds. Older approvals do not count.
    package let maximumAge: Double?
  }

  /// A rule that need not hold for some models until a day.
  package struct Exemption: Sendable, Equatable {
    /// A rule's id or text.
    package let rule: String
    /// A name or a pattern with `*`.
    package let model: String
    /// Of one version only.
    package let digest: String?
    /// Who answers for it.
    package let owner: String
    package let reason: String
    /// From then on it counts not at all.
    package let expires: Date

    package func isExpired(at time: Date) -> Bool { time >= expires }
  }

  /// What becomes of a released version that no longer satisfies.
  package struct ViolationRule: Sendable, Equatable {
    package enum Action: String, CaseIterable, Sendable { case quarantine, warn }

    package let action: Action
    /// Seconds. How long it goes on answering when nothing but time has passed; any other violation has no grace.
    package let grace: Double?

    package static let strict = ViolationRule(action: .quarantine, grace: nil)
  }
}
