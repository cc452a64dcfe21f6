// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence

/// What the store knows: models, versions, evidence, principals, credentials and grants.
///
/// ``SQLiteRegistry`` is the one that comes with Martlet. Another backend promises what the compatibility suite in
/// `Tests/Release/Registry/Compatibility` asks of each:
///
/// - What returned survives a crash; what threw changed nothing. A call that writes several things writes all of them or none.
/// - Writers take turns, and each sees what those before it wrote. A reader sees one moment, and waits for no writer.
/// - Rows are in the order that each call names, whatever order they were written in.
/// - A principal that is erased takes every credential, grant and session along; what they said about versions stays, under
///   their id.
package protocol Registry:
  ApprovalStorage, GuardStorage, IdentityStorage, KeyStorage, NameStorage, PasswordStorage, PolicyStorage,
  PrincipalStorage,
  RoomStorage,
  SessionStorage, UpkeepStorage, VersionStorage, WatchStorage
{}

extension VersionStorage {
  /// Enters a version that nobody in particular offered.
  package func admit(
    model: String, digest: Digest, format: String, manifest: Manifest, evidence: [StoredEvidence],
    at time: Date
  ) throws(RegistryError) -> ModelVersion {
    try admit(
      model: model, digest: digest, format: format, manifest: manifest, evidence: evidence, submitter: nil,
      at: time)
  }

  /// Every version of every model: by name, the newest first.
  package func versions() throws(RegistryError) -> [ModelVersion] { try versions(of: nil) }

  /// The newest released version of a model.
  package func released(_ model: String) throws(RegistryError) -> ModelVersion? {
    try released(model, number: nil)
  }

  /// Brings one version into a state, without evidence why.
  package func change(_ model: String, _ number: Int, to state: VersionState) throws(RegistryError) {
    try change(model, number, to: state, evidence: [])
  }

  /// - Throws: ``RegistryError/noSuchNumber(model:number:)``.
  package func version(_ model: String, _ number: Int) throws(RegistryError) -> ModelVersion {
    guard let version = try versions(of: model).first(where: { $0.number == number }) else {
      throw .noSuchNumber(model: model, number: number)
    }
    return version
  }

  /// Every version that has a digest, under whatever name.
  package func versions(withDigest digest: Digest) throws(RegistryError) -> [ModelVersion] {
    try versions().filter { $0.digest == digest }
  }
}

extension NameStorage {
  /// Every alias, by model and name.
  package func aliases() throws(RegistryError) -> [Alias] { try aliases(of: nil) }
}
