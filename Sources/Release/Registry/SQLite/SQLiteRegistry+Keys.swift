// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import GRDB
package import MartletAccess
import MartletEvidence

extension SQLiteRegistry {
  package func add(_ key: StoredKey, grants: [Grant]) throws(RegistryError) {
    try write { database in
      let live = try Row.fetchAll(
        database,
        sql: Self.keyQuery + " WHERE apiKey.principal = ? AND principal.kind = 'service'",
        arguments: [key.principal]
      ).filter { try Self.key($0).isLive(at: key.createdAt) }
      guard live.count < StoredKey.mostOfAService else {
        throw RegistryError.tooManyKeys(owner: live[0]["ownerName"])
      }
      try Self.insert(key, database)
      for grant in grants { try Self.insert(grant, database) }
    }
  }

  package func revoke(key id: String, at time: Date) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "UPDATE apiKey SET revokedAt = COALESCE(revokedAt, ?) WHERE id = ?", arguments: [time, id])
      guard database.changesCount == 1 else { throw RegistryError.noSuchKey(id) }
    }
  }

  package func noteUse(of key: StoredKey, at time: Date) throws(RegistryError) {
    if key.isUseNoted(at: time) { return }
    try write { database in
      try database.execute(sql: "UPDATE apiKey SET lastUsedAt = ? WHERE id = ?", arguments: [time, key.id])
    }
  }

  package func keys() throws(RegistryError) -> [(key: StoredKey, owner: Principal)] {
    try read { database in
      try Row.fetchAll(
        database, sql: Self.keyQuery + " ORDER BY apiKey.createdAt DESC"
      ).map { (try Self.key($0), try Self.owner($0)) }
    }
  }

  package func key(_ id: String) throws(RegistryError) -> (key: StoredKey, account: Account)? {
    try read { database in
      guard let row = try Row.fetchOne(database, sql: Self.keyQuery + " WHERE apiKey.id = ?", arguments: [id])
      else { return nil }
      let key = try Self.key(row)
      guard let account = try Self.account(id: key.principal, database) else { throw Self.corrupt("apiKey") }
      return (key, account)
    }
  }

  private static let keyQuery = """
    SELECT apiKey.*, principal.name AS ownerName, principal.kind AS ownerKind
    FROM apiKey JOIN principal ON principal.id = apiKey.principal
    """

  private static func insert(_ key: StoredKey, _ database: Database) throws {
    let scope =
      key.scope == .unlimited ? nil : try json(key.scope)
    try database.execute(
      sql: """
        INSERT INTO apiKey (id, principal, secretDigest, scope, createdAt, expiresAt, revokedAt)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        key.id, key.principal, key.secretDigest.hex, scope, key.createdAt, key.expiresAt, key.revokedAt,
      ])
  }

  private static func key(_ row: Row) throws -> StoredKey {
    guard let digest = Digest(hex: row["secretDigest"] as String) else { throw corrupt("apiKey") }
    let scope = row["scope"] as String?
    return StoredKey(
      id: row["id"], principal: row["principal"], secretDigest: digest,
      scope: try scope.map { try JSONDecoder().decode(Scope.self, from: Data($0.utf8)) } ?? .unlimited,
      createdAt: row["createdAt"], expiresAt: row["expiresAt"], revokedAt: row["revokedAt"],
      lastUsedAt: row["lastUsedAt"])
  }

  private static func owner(_ row: Row) throws -> Principal {
    guard let kind = Principal.Kind(rawValue: row["ownerKind"]) else { throw corrupt("principal") }
    return Principal(id: row["principal"], name: row["ownerName"], kind: kind)
  }
}
