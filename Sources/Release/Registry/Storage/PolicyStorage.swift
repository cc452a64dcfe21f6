// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletEvidence

/// Policies that hold, and how far the store had come when something was decided.
package protocol PolicyStorage: Sendable {
  /// Keeps the text of a policy, by which a decision can be made again.
  func keepPolicy(_ text: String, digest: Digest) throws(RegistryError)

  /// The text of a policy; whoever reads it compares its digest.
  func policyText(_ digest: Digest) throws(RegistryError) -> String?

  /// Enters that a policy, whose text is kept already, holds from now on.
  func add(_ setting: StoredPolicySetting) throws(RegistryError)

  /// What was set last for an environment.
  func policySetting(in environment: String) throws(RegistryError) -> StoredPolicySetting?

  /// How far the store has come with a digest. Verifies nothing, and costs three look-ups.
  func decisionMark(about subject: Digest) throws(RegistryError) -> DecisionMark
}
