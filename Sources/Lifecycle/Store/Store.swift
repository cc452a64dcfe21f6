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
  package let registry: any Registry
  package let blobs: BlobStore
  package let log: Log
  let signer: EvidenceSigner
  let identity: SealingIdentity

  /// The released versions that this process has decided about.
  let standing = StandingReleases()

  /// The credentials that were presented to this process lately.
  let credentials = CredentialMemory()

  private let turns: Turns

  /// Opens a store, and makes it where there is none. What crashed processes have left half written is removed.
  /// - Throws: ``StoreError``, and what the parts of it throw.
  package init(_ home: Home) throws {
    self.home = home
    let turns = try Turns(home)
    self.turns = turns
    try OwnerOnly.createDirectory(home.path)
    try OwnerOnly.createDirectory(home.keys)
    for directory in [home.path, home.keys] { try DurableFile.sweep(directory) }
    let keys = try StoreKeys(opening: home) ?? turns.take { try StoreKeys(openingOrMaking: home) }
    signer = keys.signer
    identity = try keys.identity()
    log = try Log(directory: home.log, key: try keys.log(), patience: turns.patience)
    blobs = try BlobStore(directory: home.blobs)
    registry = try SQLiteRegistry(path: home.database) { upgrade in try turns.take(upgrade) }
  }

  /// The database of a store, for looking at it only: nothing is made, and nobody is waited for unless its tables are
  /// of an older Martlet.
  /// - Throws: ``StoreError/noStore(_:)``, `RegistryError`.
  package static func reading(_ home: Home) throws -> any Registry {
    guard try Directory.kind(of: home.database) != nil else { throw StoreError.noStore(home.path) }
    let turns = try Turns(home)
    return try SQLiteRegistry(path: home.database) { upgrade in try turns.take(upgrade) }
  }

  /// Removes what an append that was interrupted has left in the log beyond its checkpoint, which is no part of it.
  /// - Returns: whether it could: not without the log's key, nor in a log that was changed.
  package static func clearLog(_ home: Home) -> Bool {
    guard let key = try? LogKey(contentsOf: home.logKey), let turns = try? Turns(home) else { return false }
    let log = try? Log(directory: home.log, key: key, patience: turns.patience)
    return log.flatMap { try? $0.clearStrays() } != nil
  }

  /// Appends a record and then changes the database, while no other process writes. When nobody makes room, neither
  /// happens.
  func write<Value>(_ record: Record, _ change: () throws -> Value) throws -> Value {
    try turns.take {
      try self.record([record])
      return try change()
    }
  }

  /// The same, unless something has changed until it was this process's turn: then neither happens.
  /// - Returns: whether they happened.
  func write(_ record: Record, when holds: () throws -> Bool, _ change: () throws -> Void) throws -> Bool {
    try turns.take {
      guard try holds() else { return false }
      try self.record([record])
      try change()
      return true
    }
  }

  /// As ``write(_:_:)``, after `check` has looked at the store while no other process writes: what it throws is not recorded.
  func write<Value>(_ record: Record, checking check: () throws -> Void, then change: () throws -> Value)
    throws
    -> Value
  {
    try turns.take {
      try check()
      try self.record([record])
      return try change()
    }
  }

  /// Runs `body` while no other process changes the database.
  func withTurn<Value>(_ body: () throws -> Value) throws -> Value { try turns.take(body) }

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
