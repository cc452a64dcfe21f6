// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
import MartletEvidence

/// What the store knows: models, versions, evidence, principals, credentials and grants, in SQLite.
///
/// Readers never wait for a writer (write-ahead log). Writers of several processes take turns; the store's lock,
/// held by the caller, says who is writing. A write that returned survives a crash.
package final class Registry: Sendable {
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
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
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

  private static func wording(_ error: any Error, _ path: String) -> RegistryError {
    switch error {
    case let error as RegistryError: error
    case let error as DatabaseError: .database(path: path, reason: error.message ?? "\(error.resultCode)")
    default: .database(path: path, reason: "\(error)")
    }
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: models, evidence, access") { database in
      try database.execute(
        sql: """
          CREATE TABLE version (
            model TEXT NOT NULL,
            number INTEGER NOT NULL,
            digest TEXT NOT NULL,
            format TEXT NOT NULL,
            manifest TEXT NOT NULL,
            state TEXT NOT NULL,
            createdAt TEXT NOT NULL,
            PRIMARY KEY (model, number),
            UNIQUE (model, digest)
          ) STRICT, WITHOUT ROWID;

          CREATE TABLE evidence (
            id TEXT PRIMARY KEY NOT NULL,
            subject TEXT NOT NULL,
            name TEXT NOT NULL,
            envelope BLOB NOT NULL,
            createdAt TEXT NOT NULL
          ) STRICT;
          CREATE INDEX evidence_subject ON evidence (subject, createdAt);

          CREATE TABLE principal (
            id TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            createdAt TEXT NOT NULL
          ) STRICT;

          CREATE TABLE apiKey (
            id TEXT PRIMARY KEY NOT NULL,
            principal TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
            secretDigest TEXT NOT NULL,
            createdAt TEXT NOT NULL,
            expiresAt TEXT,
            revokedAt TEXT
          ) STRICT;

          CREATE TABLE "grant" (
            principal TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
            role TEXT NOT NULL,
            models TEXT NOT NULL,
            effect TEXT NOT NULL,
            PRIMARY KEY (principal, role, models, effect)
          ) STRICT, WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("3: policies") { database in
      try database.execute(
        sql: """
          CREATE TABLE policy (
            digest TEXT PRIMARY KEY NOT NULL,
            text TEXT NOT NULL
          ) STRICT;

          CREATE TABLE policySetting (
            id TEXT PRIMARY KEY NOT NULL,
            environment TEXT NOT NULL,
            policy TEXT NOT NULL REFERENCES policy (digest),
            envelope BLOB NOT NULL,
            setAt TEXT NOT NULL
          ) STRICT;
          """)
    }
    return migrator
  }
}
