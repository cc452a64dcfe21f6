// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAccess
package import MartletEvidence

/// Who agreed to what.
package protocol ApprovalStorage: Sendable {
  /// Keeps somebody's agreement. The same again changes nothing.
  func add(_ approval: Approval) throws(RegistryError)

  /// Takes back what somebody agreed to.
  func withdraw(model: String, digest: Digest, by principal: String) throws(RegistryError)

  /// Every agreement about a model, of whatever version and on whatever evidence, the oldest first. The gate says
  /// which count.
  func approvals(of model: String) throws(RegistryError) -> [Approval]
}
