// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import GRDB

extension SQLiteRegistry {
  /// The steps from an empty database to today's tables. One that was released is never changed: whoever has an older store
  /// goes through the rest.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: models, evidence, access") { try $0.execute(sql: models) }
    migrator.registerMigration("2: access") { try $0.execute(sql: access) }
    migrator.registerMigration("3: policies") { try $0.execute(sql: policies) }
    migrator.registerMigration("4: registry") { try $0.execute(sql: registry) }
    migrator.registerMigration("5: quotas and retention") { try $0.execute(sql: room) }
    migrator.registerMigration("6: answers and clearances") { try $0.execute(sql: answers) }
    return migrator
  }

  private static let models = """
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
    """

  private static let access = """
    ALTER TABLE version ADD COLUMN submitter TEXT;
    ALTER TABLE principal ADD COLUMN disabledAt TEXT;
    ALTER TABLE apiKey ADD COLUMN scope TEXT;
    ALTER TABLE apiKey ADD COLUMN lastUsedAt TEXT;

    CREATE TABLE password (
      principal TEXT PRIMARY KEY NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
      hash TEXT NOT NULL,
      changedAt TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE totp (
      principal TEXT PRIMARY KEY NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
      secret BLOB NOT NULL,
      lastStep INTEGER,
      createdAt TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE session (
      digest TEXT PRIMARY KEY NOT NULL,
      principal TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
      proof TEXT NOT NULL,
      keyID TEXT,
      createdAt TEXT NOT NULL,
      usedAt TEXT NOT NULL,
      revokedAt TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_principal ON session (principal);

    CREATE TABLE certificateIdentity (
      identity TEXT PRIMARY KEY NOT NULL,
      principal TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
      createdAt TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE oidcIssuer (
      issuer TEXT PRIMARY KEY NOT NULL,
      settings TEXT NOT NULL,
      keys TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE oidcIdentity (
      issuer TEXT NOT NULL,
      subject TEXT NOT NULL,
      principal TEXT NOT NULL REFERENCES principal (id) ON DELETE CASCADE,
      PRIMARY KEY (issuer, subject)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE approval (
      model TEXT NOT NULL,
      digest TEXT NOT NULL,
      evidence TEXT NOT NULL,
      principal TEXT NOT NULL,
      at TEXT NOT NULL,
      PRIMARY KEY (model, digest, evidence, principal)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE bootstrap (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      digest TEXT NOT NULL,
      expiresAt TEXT NOT NULL
    ) STRICT;
    """

  private static let policies = """
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
    """

  private static let registry = """
    CREATE TABLE alias (
      model TEXT NOT NULL,
      name TEXT NOT NULL,
      number INTEGER NOT NULL,
      changedAt TEXT NOT NULL,
      PRIMARY KEY (model, name),
      FOREIGN KEY (model, number) REFERENCES version (model, number) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tag (
      model TEXT NOT NULL,
      number INTEGER NOT NULL,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (model, number, name),
      FOREIGN KEY (model, number) REFERENCES version (model, number) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE lineage (
      model TEXT NOT NULL,
      number INTEGER NOT NULL,
      data TEXT,
      parent TEXT,
      PRIMARY KEY (model, number),
      FOREIGN KEY (model, number) REFERENCES version (model, number) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    """

  private static let answers = """
    ALTER TABLE "grant" ADD COLUMN response TEXT;

    CREATE TABLE guardClearance (
      model TEXT NOT NULL,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (model, kind, name)
    ) STRICT, WITHOUT ROWID;
    """

  private static let room = """
    ALTER TABLE version ADD COLUMN filesRemovedAt TEXT;

    CREATE TABLE quota (
      models TEXT PRIMARY KEY NOT NULL,
      bytes INTEGER,
      versions INTEGER,
      setAt TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE retention (
      models TEXT PRIMARY KEY NOT NULL,
      newest INTEGER NOT NULL,
      days INTEGER NOT NULL,
      setAt TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
