// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
package import MartletAccess

extension SQLiteRegistry {
  package func add(_ grant: Grant) throws(RegistryError) {
    try write { try Self.insert(grant, $0) }
  }

  package func remove(_ grant: Grant) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: #"DELETE FROM "grant" WHERE principal = ? AND role = ? AND models = ? AND effect = ?"#,
        arguments: [grant.principal, grant.role.rawValue, grant.models, grant.effect.rawValue])
      guard database.changesCount == 1 else { throw RegistryError.noSuchGrant("\(grant)") }
    }
  }

  static func insert(_ grant: Grant, _ database: Database) throws {
    try database.execute(
      sql: #"""
        INSERT INTO "grant" (principal, role, models, effect, response) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (principal, role, models, effect) DO UPDATE SET response = excluded.response
        """#,
      arguments: [
        grant.principal, grant.role.rawValue, grant.models, grant.effect.rawValue,
        try grant.response.map { try json($0) },
      ])
  }

  static func grants(of principal: String, _ database: Database) throws -> [Grant] {
    try Row.fetchAll(database, sql: #"SELECT * FROM "grant" WHERE principal = ?"#, arguments: [principal]).map
    {
      guard let role = Role(rawValue: $0["role"]), let effect = Grant.Effect(rawValue: $0["effect"]) else {
        throw corrupt("grant")
      }
      let response = try ($0["response"] as String?).map { text in
        // What cannot be read is no full answer: the grant is not used.
        do { return try JSONDecoder().decode(ResponsePolicy.self, from: Data(text.utf8)) } catch {
          throw corrupt("grant")
        }
      }
      return Grant(
        principal: principal, role: role, models: $0["models"], effect: effect, response: response)
    }
  }
}
