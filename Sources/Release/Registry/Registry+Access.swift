// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import GRDB
package import MartletAccess
import MartletEvidence

extension Registry {
  /// The principal called `name`, made when there is none.
  /// - Throws: ``RegistryError/nameTaken(_:)`` when a principal of the other kind has the name.
  package func principal(
    named name: String, kind: Principal.Kind, at time: Date
  ) throws(RegistryError) -> Principal {
    try write { database in
      if let row = try Row.fetchOne(
        database, sql: "SELECT * FROM principal WHERE name = ?", arguments: [name])
      {
        let known = try Self.principal(row)
        guard known.kind == kind else { throw RegistryError.nameTaken(name) }
        return known
      }
      let new = Principal(id: UUID().uuidString.lowercased(), name: name, kind: kind)
      try database.execute(
        sql: "INSERT INTO principal (id, name, kind, createdAt) VALUES (?, ?, ?, ?)",
        arguments: [new.id, new.name, new.kind.rawValue, time])
      return new
    }
  }

  /// - Throws: ``RegistryError/nameTaken(_:)`` when a principal of the other kind has the name.
  package func checkName(_ name: String, isFreeFor kind: Principal.Kind) throws(RegistryError) {
    try read { database in
      let known = try Row.fetchOne(database, sql: "SELECT * FROM principal WHERE name = ?", arguments: [name])
      if let known, try Self.principal(known).kind != kind { throw RegistryError.nameTaken(name) }
    }
  }

  /// Stores a key and the grants that come with it: both, or neither.
  package func add(_ key: StoredKey, grants: [Grant]) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO apiKey (id, principal, secretDigest, createdAt, expiresAt, revokedAt) VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          key.id, key.principal, key.secretDigest.hex, key.createdAt, key.expiresAt, key.revokedAt,
        ])
      for grant in grants {
        try database.execute(
          sql: #"INSERT OR IGNORE INTO "grant" (principal, role, models, effect) VALUES (?, ?, ?, ?)"#,
          arguments: [grant.principal, grant.role.rawValue, grant.models, grant.effect.rawValue])
      }
    }
  }

  /// Ends a key now.
  /// - Throws: ``RegistryError/noSuchKey(_:)``.
  package func revoke(key id: String, at time: Date) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "UPDATE apiKey SET revokedAt = COALESCE(revokedAt, ?) WHERE id = ?", arguments: [time, id])
      guard database.changesCount == 1 else { throw RegistryError.noSuchKey(id) }
    }
  }

  /// All keys with their owners, the newest first.
  package func keys() throws(RegistryError) -> [(key: StoredKey, owner: Principal)] {
    try read { database in
      try Row.fetchAll(
        database, sql: Self.keyQuery + " ORDER BY apiKey.createdAt DESC"
      ).map { (try Self.key($0), try Self.owner($0)) }
    }
  }

  /// The key `id` with its owner and everything granted to the owner.
  package func key(_ id: String) throws(RegistryError) -> (key: StoredKey, owner: Principal, grants: [Grant])?
  {
    try read { database in
      guard let row = try Row.fetchOne(database, sql: Self.keyQuery + " WHERE apiKey.id = ?", arguments: [id])
      else { return nil }
      let owner = try Self.owner(row)
      return (try Self.key(row), owner, try Self.grants(of: owner.id, database))
    }
  }

  private static let keyQuery = """
    SELECT apiKey.*, principal.name AS ownerName, principal.kind AS ownerKind
    FROM apiKey JOIN principal ON principal.id = apiKey.principal
    """

  private static func key(_ row: Row) throws -> StoredKey {
    guard let digest = Digest(hex: row["secretDigest"] as String) else { throw corrupt("apiKey") }
    return StoredKey(
      id: row["id"], principal: row["principal"], secretDigest: digest, createdAt: row["createdAt"],
      expiresAt: row["expiresAt"], revokedAt: row["revokedAt"])
  }

  private static func owner(_ row: Row) throws -> Principal {
    guard let kind = Principal.Kind(rawValue: row["ownerKind"]) else { throw corrupt("principal") }
    return Principal(id: row["principal"], name: row["ownerName"], kind: kind)
  }

  private static func principal(_ row: Row) throws -> Principal {
    guard let kind = Principal.Kind(rawValue: row["kind"]) else { throw corrupt("principal") }
    return Principal(id: row["id"], name: row["name"], kind: kind)
  }

  private static func grants(of principal: String, _ database: Database) throws -> [Grant] {
    try Row.fetchAll(database, sql: #"SELECT * FROM "grant" WHERE principal = ?"#, arguments: [principal]).map
    {
      guard let role = Role(rawValue: $0["role"]), let effect = Grant.Effect(rawValue: $0["effect"]) else {
        throw corrupt("grant")
      }
      return Grant(principal: principal, role: role, models: $0["models"], effect: effect)
    }
  }

  static func corrupt(_ table: String) -> DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a row of \(table) is not Martlet's")
  }
}
