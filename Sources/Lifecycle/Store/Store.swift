// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
package import MartletEncrypt
package import MartletEvidence
import MartletFiles
package import MartletLog
package import MartletRegistry

/// Everything Martlet keeps, opened: database, sealed blobs, keys and the record.
///
/// Several processes may have one store open. Writers of the database take turns through a lock that names its holder;
/// readers never wait. Whatever happens first goes into the record and then into the database, so that the database never
/// says what the record does not know.
package final class Store: Sendable {
  package let home: Home
  package let registry: Registry
  package let blobs: BlobStore
  package let log: Log
  let signer: EvidenceSigner
  let identity: SealingIdentity

  /// How long a writer waits for another.
  private static let patience = Duration.seconds(15)

  /// Opens a store, and makes it where there is none.
  /// - Throws: ``StoreError``, and what the parts of it throw.
  package init(_ home: Home) throws {
    self.home = home
    try OwnerOnly.createDirectory(home.path)
    try OwnerOnly.createDirectory(home.keys)
    let keys = try Self.locked(home) { try StoreKeys(openingOrMaking: home) }
    signer = keys.signer
    identity = try keys.identity()
    log = try Log(directory: home.log, key: try keys.log())
    blobs = try BlobStore(directory: home.blobs)
    registry = try Registry(path: home.database) { upgrade in try Self.locked(home, upgrade) }
  }

  /// Runs `body` while no other process writes.
  func writing<Value>(_ body: () throws -> Value) throws -> Value {
    try Self.locked(home, body)
  }

  private static func locked<Value>(_ home: Home, _ body: () throws -> Value) throws -> Value {
    let lock = try FileLock.acquire(home.lock, purpose: "the store", waitingAtMost: patience)
    defer { extendLifetime(lock) }
    return try body()
  }

  /// The key that trusted evidence of this store is signed with.
  package var evidenceVerifier: EvidenceVerifier { signer.verifier }

  /// Signs a fact about a version.
  func evidence(
    _ predicate: some EvidencePredicate, about digest: Digest, named model: String
  ) -> StoredEvidence {
    let envelope = signer.sign(Statement(about: digest, named: model, predicate))
    return StoredEvidence(
      subject: digest, name: type(of: predicate).name, envelope: envelope, createdAt: predicate.at)
  }

  /// Appends records, durably.
  package func record(_ records: [Record]) throws {
    _ = try log.append(records.map { $0.encoded() })
  }
}
