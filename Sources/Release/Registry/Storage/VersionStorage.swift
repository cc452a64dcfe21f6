// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence

/// Versions, where they stand, and the evidence about them.
package protocol VersionStorage: Sendable {
  /// Brings one version into a state, with the evidence why: all, or nothing.
  /// - Throws: ``RegistryError/noSuchNumber(model:number:)``, ``RegistryError/transition(model:number:reason:)``.
  func change(
    _ model: String, _ number: Int, to state: VersionState, evidence: [StoredEvidence]
  ) throws(RegistryError)

  /// Enters a version in the state `admitted`, with the evidence that admitted it. The same digest again keeps its
  /// number, its state and its submitter: only a new decision changes where it stands.
  /// - Parameter submitter: the id of whoever offers it.
  func admit(
    model: String, digest: Digest, format: String, manifest: Manifest, evidence: [StoredEvidence],
    submitter: String?, at time: Date
  ) throws(RegistryError) -> ModelVersion

  /// Marks a version as assessed, unless it has come further already, and keeps the evidence.
  func assess(model: String, digest: Digest, evidence: [StoredEvidence]) throws(RegistryError)

  /// Moves a version on, together with the evidence that says why: both are there, or neither.
  /// - Throws: ``RegistryError/noSuchVersion(model:)``, ``RegistryError/transition(model:number:reason:)`` for one that was revoked.
  func move(
    model: String, digest: Digest, to state: VersionState, evidence: [StoredEvidence]
  ) throws(RegistryError)

  /// Takes the release of a digest away, whatever models have it, together with the evidence that says why. The
  /// evidence is kept also when nothing was released.
  func quarantine(digest: Digest, evidence: [StoredEvidence]) throws(RegistryError)

  /// Keeps evidence about something that is not (or not yet) a version, such as an artifact that was refused.
  func keep(_ evidence: [StoredEvidence]) throws(RegistryError)

  /// Every version of every model, or of one: by name, the newest first.
  func versions(of model: String?) throws(RegistryError) -> [ModelVersion]

  /// The version that answers for a model: the newest released one.
  func released(_ model: String, number: Int?) throws(RegistryError) -> ModelVersion?

  /// All evidence about a digest, the oldest first.
  func evidence(about subject: Digest) throws(RegistryError) -> [StoredEvidence]

  /// What there is evidence about without its being a version, such as artifacts that were refused; the newest first.
  func subjectsWithoutVersion(limit: Int) throws(RegistryError) -> [Digest]
}
