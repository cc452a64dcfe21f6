// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB

extension SQLiteRegistry {
  package func add(_ clearance: GuardClearance) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO guardClearance (model, kind, name, at) VALUES (?, ?, ?, ?)",
        arguments: [clearance.model, clearance.kind, clearance.name, clearance.milliseconds])
    }
  }

  package func clearances() throws(RegistryError) -> [GuardClearance] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM guardClearance ORDER BY model, kind, name").map {
        GuardClearance(
          model: $0["model"], kind: $0["kind"], name: $0["name"],
          at: Date(timeIntervalSince1970: Double($0["at"] as Int64) / 1_000))
      }
    }
  }

  package func remove(_ clearance: GuardClearance) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "DELETE FROM guardClearance WHERE model = ? AND kind = ? AND name = ? AND at <= ?",
        arguments: [clearance.model, clearance.kind, clearance.name, clearance.milliseconds])
    }
  }
}
