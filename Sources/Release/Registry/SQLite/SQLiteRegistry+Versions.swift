// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import GRDB
package import MartletEvidence

extension SQLiteRegistry {
  package func admit(
    model: String, digest: Digest, format: String, manifest: Manifest, evidence: [StoredEvidence],
    submitter: String?, at time: Date
  ) throws(RegistryError) -> ModelVersion {
    try write { database in
      let known = try Int.fetchOne(
        database, sql: "SELECT number FROM version WHERE model = ? AND digest = ?",
        arguments: [model, digest.hex])
      if known == nil {
        let manifest = String(decoding: try JSONEncoder().encode(manifest), as: UTF8.self)
        try database.execute(
          sql: """
            INSERT INTO version (model, number, digest, format, manifest, state, createdAt, submitter)
            SELECT ?1, COALESCE(MAX(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7 FROM version WHERE model = ?1
            """,
          arguments: [model, digest.hex, format, manifest, VersionState.admitted.rawValue, time, submitter])
      }
      // Files that a retention rule gave up are there again.
      try database.execute(
        sql: "UPDATE version SET filesRemovedAt = NULL WHERE model = ? AND digest = ?",
        arguments: [model, digest.hex])
      try evidence.forEach { try Self.insert($0, database) }
      return try Self.version(
        Row.fetchOne(
          database, sql: "SELECT * FROM version WHERE model = ? AND digest = ?",
          arguments: [model, digest.hex])!)
    }
  }

  package func assess(model: String, digest: Digest, evidence: [StoredEvidence]) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: """
          UPDATE version SET state = 'assessed' WHERE model = ? AND digest = ? AND state IN ('submitted', 'admitted')
          """, arguments: [model, digest.hex])
      try evidence.forEach { try Self.insert($0, database) }
    }
  }

  package func move(
    model: String, digest: Digest, to state: VersionState, evidence: [StoredEvidence]
  ) throws(RegistryError) {
    try write { database in
      guard
        let row = try Row.fetchOne(
          database, sql: "SELECT * FROM version WHERE model = ? AND digest = ?",
          arguments: [model, digest.hex])
      else { throw RegistryError.noSuchVersion(model: model) }
      let version = try Self.version(row)
      if version.state == .revoked, let reason = version.state.objection(to: state) {
        throw RegistryError.transition(model: model, number: version.number, reason: reason)
      }
      try database.execute(
        sql: "UPDATE version SET state = ? WHERE model = ? AND digest = ?",
        arguments: [state.rawValue, model, digest.hex])
      try evidence.forEach { try Self.insert($0, database) }
    }
  }

  package func quarantine(digest: Digest, evidence: [StoredEvidence]) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "UPDATE version SET state = 'quarantined' WHERE digest = ? AND state = 'released'",
        arguments: [digest.hex])
      try evidence.forEach { try Self.insert($0, database) }
    }
  }

  package func keep(_ evidence: [StoredEvidence]) throws(RegistryError) {
    try write { database in try evidence.forEach { try Self.insert($0, database) } }
  }

  package func versions(of model: String?) throws(RegistryError) -> [ModelVersion] {
    if let model, !Self.canBeAName(model) { return [] }
    return try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM version WHERE ?1 IS NULL OR model = ?1 ORDER BY model, number DESC",
        arguments: [model]
      ).map(Self.version)
    }
  }

  package func released(_ model: String, number: Int?) throws(RegistryError) -> ModelVersion? {
    guard Self.canBeAName(model) else { return nil }
    return try read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT * FROM version WHERE model = ?1 AND state = 'released' AND (?2 IS NULL OR number = ?2)
          ORDER BY number DESC LIMIT 1
          """, arguments: [model, number]
      ).map(Self.version)
    }
  }

  /// SQLite ends a text at a zero byte: what stands behind it would be looked at by whoever decides about access, and not here.
  static func canBeAName(_ model: String) -> Bool { !model.utf8.contains(0) }

  package func evidence(about subject: Digest) throws(RegistryError) -> [StoredEvidence] {
    try read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM evidence WHERE subject = ? ORDER BY createdAt, rowid",
        arguments: [subject.hex]
      ).map { row in
        StoredEvidence(
          subject: subject, name: row["name"],
          envelope: try JSONDecoder().decode(Envelope.self, from: row["envelope"]),
          createdAt: row["createdAt"])
      }
    }
  }

  package func subjectsWithoutVersion(limit: Int) throws(RegistryError) -> [Digest] {
    try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT subject FROM evidence WHERE NOT EXISTS (SELECT 1 FROM version WHERE digest = subject)
          GROUP BY subject ORDER BY MAX(createdAt) DESC, subject LIMIT ?
          """, arguments: [limit]
      ).map {
        guard let digest = Digest(hex: $0) else { throw Self.corrupt("evidence") }
        return digest
      }
    }
  }

  static func insert(_ evidence: StoredEvidence, _ database: Database) throws {
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO evidence (id, subject, name, envelope, createdAt) VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        evidence.id.hex, evidence.subject.hex, evidence.name, Data(evidence.envelope.encoded()),
        evidence.createdAt,
      ])
  }

  private static func version(_ row: Row) throws -> ModelVersion {
    guard let digest = Digest(hex: row["digest"] as String),
      let state = VersionState(rawValue: row["state"])
    else { throw corrupt("version") }
    return ModelVersion(
      model: row["model"], number: row["number"], digest: digest, format: row["format"],
      manifest: try JSONDecoder().decode(Manifest.self, from: Data((row["manifest"] as String).utf8)),
      state: state, createdAt: row["createdAt"], submitter: row["submitter"],
      filesRemovedAt: row["filesRemovedAt"])
  }
}
