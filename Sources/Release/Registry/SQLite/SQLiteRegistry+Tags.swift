// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import GRDB
import MartletEvidence

extension SQLiteRegistry {
  package func tag(
    _ model: String, _ number: Int, _ name: String, _ value: String?
  ) throws(RegistryError) {
    try write { database in
      try Self.check(model, number, database)
      guard let value else {
        return try database.execute(
          sql: "DELETE FROM tag WHERE model = ? AND number = ? AND name = ?",
          arguments: [model, number, name]
        )
      }
      try database.execute(
        sql: "INSERT OR REPLACE INTO tag (model, number, name, value) VALUES (?, ?, ?, ?)",
        arguments: [model, number, name, value])
    }
  }

  package func tags(of model: String, _ number: Int) throws(RegistryError) -> [String: String] {
    try read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT name, value FROM tag WHERE model = ? AND number = ?",
        arguments: [model, number])
      return Dictionary(uniqueKeysWithValues: rows.map { ($0["name"] as String, $0["value"] as String) })
    }
  }

  package func set(_ lineage: Lineage, of model: String, _ number: Int) throws(RegistryError) {
    try write { database in
      try Self.check(model, number, database)
      try database.execute(
        sql: "INSERT OR REPLACE INTO lineage (model, number, data, parent) VALUES (?, ?, ?, ?)",
        arguments: [model, number, lineage.data?.hex, lineage.parent?.hex])
    }
  }

  package func lineage(of model: String, _ number: Int) throws(RegistryError) -> Lineage? {
    try read { database in
      try Row.fetchOne(
        database, sql: "SELECT data, parent FROM lineage WHERE model = ? AND number = ?",
        arguments: [model, number]
      ).map { row in
        Lineage(data: try Self.digest(row["data"]), parent: try Self.digest(row["parent"]))
      }
    }
  }

  private static func digest(_ hex: String?) throws -> Digest? {
    try hex.map {
      guard let digest = Digest(hex: $0) else { throw corrupt("lineage") }
      return digest
    }
  }
}
