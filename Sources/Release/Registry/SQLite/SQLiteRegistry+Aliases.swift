// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import GRDB

extension SQLiteRegistry {
  package func point(_ name: String, to number: Int, of model: String, at time: Date) throws(RegistryError) {
    try write { database in
      try Self.check(model, number, database)
      try database.execute(
        sql: """
          INSERT INTO alias (model, name, number, changedAt) VALUES (?1, ?2, ?3, ?4)
          ON CONFLICT (model, name) DO UPDATE SET number = ?3, changedAt = ?4
          """, arguments: [model, name, number, time])
    }
  }

  package func removeAlias(_ name: String, of model: String) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "DELETE FROM alias WHERE model = ? AND name = ?", arguments: [model, name])
      guard database.changesCount == 1 else { throw RegistryError.noSuchAlias(model: model, name: name) }
    }
  }

  package func aliases(of model: String?) throws(RegistryError) -> [Alias] {
    try read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM alias WHERE ?1 IS NULL OR model = ?1 ORDER BY model, name",
        arguments: [model]
      ).map {
        Alias(model: $0["model"], name: $0["name"], number: $0["number"], changedAt: $0["changedAt"])
      }
    }
  }

  static func check(_ model: String, _ number: Int, _ database: Database) throws {
    let isThere = try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM version WHERE model = ? AND number = ?)",
      arguments: [model, number])
    guard isThere == true else { throw RegistryError.noSuchNumber(model: model, number: number) }
  }
}
