// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
import MartletEvidence

/// What the store knows: models, versions, evidence, principals, credentials and grants, in SQLite.
///
/// Readers never wait for a writer (write-ahead log). Writers of several processes take turns; the store's lock,
/// held by the caller, says who is writing. A write that returned survives a crash.
package final class SQLiteRegistry: Registry, Sendable {
  let path: String
  private let pool: DatabasePool

  /// Opens the database, and makes it when there is none.
  /// - Parameter upgrading: runs its argument while no other process upgrades. It is called only when the tables
  ///   are missing or of an older version, so that opening an up-to-date store waits for nobody.
  /// - Throws: ``RegistryError/database(path:reason:)``, ``RegistryError/tooNew(path:)``.
  package init(
    path: String, upgrading: (() throws -> Void) throws -> Void = { try $0() }
  ) throws(RegistryError) {
    self.path = path
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase {
      // What is erased is overwritten: the name of somebody who went is not to be found in the file.
      try $0.execute(sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")
    }
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      let migrator = Self.migrator
      guard try !pool.read(migrator.hasBeenSuperseded) else { throw RegistryError.tooNew(path: path) }
      if try !pool.read(migrator.hasCompletedMigrations) {
        try upgrading { [pool] in try migrator.migrate(pool) }
      }
    } catch {
      throw Self.wording(error, path)
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(RegistryError) -> Value {
    do { return try pool.read(body) } catch { throw Self.wording(error, path) }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws(RegistryError) -> Value {
    do { return try pool.write(body) } catch { throw Self.wording(error, path) }
  }

  /// Writes what waits beside the database into it and empties that file, so that nothing of what was erased is left there.
  func emptyJournal() throws(RegistryError) {
    do {
      try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    } catch {
      throw Self.wording(error, path)
    }
  }

  /// Settings as one line of JSON: the same settings are the same text.
  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func corrupt(_ table: String) -> DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a row of \(table) is not Martlet's")
  }

  /// Copies everything into another database, as of one moment.
  func copyAll(into other: DatabaseQueue) throws { try pool.backup(to: other) }

  static func wording(_ error: any Error, _ path: String) -> RegistryError {
    switch error {
    case let error as RegistryError: error
    case let error as DatabaseError: .database(path: path, reason: error.message ?? "\(error.resultCode)")
    default: .database(path: path, reason: "\(error)")
    }
  }
}
