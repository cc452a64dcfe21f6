// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEncrypt
import MartletEvidence
import MartletFiles
import MartletRegistry

/// A file of a version on its way out: the plaintext in memory that is wiped with it, or the sealed file as it lies there.
package final class PulledFile: Sendable {
  private enum Content: ~Copyable, Sendable {
    case plaintext(SecretBytes)
    case sealed(Bytes)
  }

  private let content: Content
  package let count: Int

  init(plaintext: consuming SecretBytes) {
    count = plaintext.count
    content = .plaintext(plaintext)
  }

  init(sealed: Bytes) {
    count = sealed.count
    content = .sealed(sealed)
  }

  /// The pointer is good inside `body` only.
  package func withUnsafeBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    switch content {
    case .plaintext(let bytes): unsafe bytes.withUnsafeBytes { unsafe body($0) }
    case .sealed(let bytes): unsafe bytes.withUnsafeBytes { unsafe body($0) }
    }
  }
}

extension Lifecycle {
  /// Opens one file of a version for whoever may have it, verified to its last byte.
  /// - Parameter place: in the manifest's list.
  /// - Throws: ``RegistryDoorError``, also for a place that is none; `SealError`.
  package func pullFile(
    _ place: Int, of name: VersionName, isSealed: Bool, by principal: String
  ) throws -> PulledFile {
    let version = try pulled(name)
    guard version.manifest.resources.indices.contains(place) else {
      throw RegistryDoorError.noModel(version.model)
    }
    let digest = version.manifest.resources[place].digest
    let plaintext = try store.blobs.open(digest, with: store.identity)
    try store.record([
      Record(
        "pull", outcome: isSealed ? "sealed" : "plaintext", by: principal, model: version.model,
        digest: version.digest, at: Date())
    ])
    guard isSealed else { return PulledFile(plaintext: plaintext) }
    return PulledFile(sealed: try Bytes(contentsOf: store.blobs.path(of: digest)))
  }
}
