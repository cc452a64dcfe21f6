// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB

extension SQLiteRegistry {
  package func backUp(to path: String) throws(RegistryError) {
    do {
      let copy = try DatabaseQueue(path: path)
      try copyAll(into: copy)
      // One file: a copy with a journal beside it is half a copy.
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
    } catch {
      throw Self.wording(error, path)
    }
  }

  package func disagreements() throws(RegistryError) -> [String] {
    try read { database in
      let lines = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      let foreign = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { row in
        "a row of \(row["table"] as String? ?? "?") speaks of a row of \(row["parent"] as String? ?? "?") that is not there"
      }
      return lines + foreign
    }
  }

  package func evidenceRows() throws(RegistryError) -> [EvidenceRow] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT id, subject, name, envelope FROM evidence ORDER BY rowid").map {
        EvidenceRow(
          id: $0["id"], subject: $0["subject"], name: $0["name"], envelope: Array($0["envelope"] as Data))
      }
    }
  }
}
