// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAccess
package import MartletBytes
package import MartletEvidence
package import MartletGate
package import MartletLifecycle
package import MartletRegistry
package import MartletVerify

/// A registry, wherever it is: the store of this machine, or a server. Commands ask one of these, and do the same with either.
package protocol RegistryDoor: Sendable {
  /// Every version that whoever asks may see.
  func versions() async throws -> [VersionSummary]
  /// The newest first.
  func versions(of model: String) async throws -> [VersionSummary]
  func version(_ name: VersionName) async throws -> VersionSummary

  /// Brings in a file or a directory. `progress` is told the fraction that is done.
  func push(_ order: PushOrder, progress: (Double) -> Void) async throws -> PushReport
  /// Writes the files of a version to a free path, verified, whole or not at all.
  func pull(_ name: VersionName, to output: String, isSealed: Bool) async throws -> VersionSummary

  func setAlias(_ alias: String, to name: VersionName) async throws -> VersionSummary
  func removeAlias(_ alias: String, of model: String) async throws
  func setTags(_ tags: [String: String], removing: [String], of name: VersionName) async throws
    -> VersionSummary
  func setLineage(_ lineage: Lineage, of name: VersionName) async throws -> VersionSummary

  func approve(_ name: VersionName, in environment: String?) async throws -> Approval
  func release(_ name: VersionName, in environment: String?) async throws -> Decision
  func change(
    _ name: VersionName, _ change: Lifecycle.StateChange, reason: String
  ) async throws -> VersionSummary

  func principals() async throws -> [PrincipalSummary]
  func addPrincipal(_ name: String, _ kind: Principal.Kind) async throws -> PrincipalSummary
  func disable(_ name: String) async throws
  func enable(_ name: String) async throws
  func erase(_ name: String) async throws

  func keys() async throws -> [KeySummary]
  func makeKey(_ order: KeyOrder) async throws -> MadeKey
  func rotateKey(_ id: String) async throws -> MadeKey
  func revokeKey(_ id: String) async throws

  func add(_ grant: GrantSummary) async throws
  func remove(_ grant: GrantSummary) async throws
  func explainAccess(
    of name: String, to action: Action, on resource: Resource, submitter: String?
  ) async throws -> AccessSummary

  /// Whom the guard of a model, or of any, has flagged, or everybody it knows.
  func guardedClients(of model: String?, everybody: Bool) async throws -> [GuardedClient]
  /// Ends the evidence against somebody.
  func clear(_ client: ClearedClient, of model: String) async throws -> GuardedClient
  /// Keeps a calibration for every version of a digest.
  /// - Parameter rows: how many it is from.
  func keepGuard(_ calibration: Bytes, of model: Digest, rows: Int) async throws -> [KeptCalibration]

  func quotas() async throws -> [Quota]
  func set(_ quota: Quota) async throws
  func removeQuota(on models: NamePattern) async throws
  func retentions() async throws -> [Retention]
  func set(_ rule: Retention) async throws
  func removeRetention(of models: NamePattern) async throws

  /// Lets go of what it holds. It is not used after.
  func close() async throws
}

/// What is to be brought in.
package struct PushOrder: Sendable {
  /// Of a file or a directory.
  package var path: String
  /// What it is called from now on; the file's name when it is nil.
  package var model: String?
  /// A signature file; the one that lies with the model when it is nil.
  package var signature: String?
  /// Whose signature is believed, where the store is on this machine.
  package var trust: MartletVerify.Trust?

  package init(path: String, model: String?, signature: String?, trust: MartletVerify.Trust?) {
    self.path = path
    self.model = model
    self.signature = signature
    self.trust = trust
  }
}
