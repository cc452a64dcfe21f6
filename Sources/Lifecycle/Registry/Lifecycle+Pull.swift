// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEncrypt
import MartletEvidence
import MartletFiles
import MartletGate
package import MartletRegistry

extension Lifecycle {
  /// The version that leaves the store under a name: the newest released one where it says none.
  /// - Throws: ``RegistryDoorError``.
  package func pulled(_ name: VersionName) throws -> ModelVersion {
    var version = try version(name)
    if name.which == .newest, let released = try store.registry.released(name.model) { version = released }
    guard [.admitted, .assessed, .released, .retired].contains(version.state) else {
      throw RegistryDoorError.notGiven(
        model: version.model, number: version.number, state: version.state.rawValue)
    }
    guard version.filesRemovedAt == nil else {
      throw RegistryDoorError.filesRemoved(model: version.model, number: version.number)
    }
    // The root covers no names: those that the evidence swears to count.
    let seal = try believed(about: version.digest).evidence.newest(SealFact.name)?.fact(SealFact.self)
    guard version.manifest.root == version.digest, seal?.resources == version.manifest.resources else {
      throw RegistryDoorError.otherFiles(model: version.model, number: version.number)
    }
    return version
  }

  /// Writes the files of a version outside of the store. They appear whole, durable and verified, or not at all.
  /// - Parameters:
  ///   - output: a free path; a model of several files becomes a directory.
  ///   - isSealed: as age files, which the sealing key of this store opens; otherwise as plaintext.
  /// - Throws: ``RegistryDoorError``, `SealError` for blobs that are not as they were sealed, `FilesError` with `EEXIST`.
  package func pull(
    _ name: VersionName, to output: String, isSealed: Bool, by principal: String = Record.localPrincipal
  ) throws -> ModelVersion {
    let version = try pulled(name)
    let resources = version.manifest.resources
    let record = Record(
      "pull", outcome: isSealed ? "sealed" : "plaintext", by: principal, model: version.model,
      digest: version.digest, at: Date())
    if resources.count == 1, resources[0].name == "." {
      let writer = try DurableFileWriter(in: FilePath.parent(of: output), mode: 0o600)
      try write(resources[0].digest, isSealed: isSealed, to: writer.places)
      try store.record([record])
      try writer.commit(asNew: output)
      return version
    }
    let directory = try DurableDirectory(in: FilePath.parent(of: output), mode: 0o600)
    for resource in resources {
      guard let path = ModelPath(resource.name), path.isExactly(resource.name), !path.names.isEmpty else {
        throw RegistryDoorError.otherFiles(model: version.model, number: version.number)
      }
      try directory.write(isSealed ? resource.name + ".age" : resource.name) { (places) throws in
        try write(resource.digest, isSealed: isSealed, to: places)
      }
    }
    try store.record([record])
    try directory.commit(asNew: output)
    return version
  }

  /// Writes a blob that was opened and found to be what its name says; for a sealed copy the file as it lies there.
  private func write(_ digest: Digest, isSealed: Bool, to places: FilePlaces) throws {
    let plaintext = try store.blobs.open(digest, with: store.identity)
    if isSealed {
      try unsafe Bytes(contentsOf: store.blobs.path(of: digest)).withUnsafeBytes {
        try unsafe places.write($0, at: 0)
      }
    } else {
      try unsafe plaintext.withUnsafeBytes { try unsafe places.write($0, at: 0) }
    }
  }
}
