// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB

extension Registry {
  /// Copies the database, as of one moment, into a new file. Others go on reading and writing.
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

  /// What SQLite itself finds wrong with the file, and rows that speak of rows that are not there.
  package func disagreements() throws(RegistryError) -> [String] {
    try read { database in
      let lines = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      let foreign = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { row in
        "a row of \(row["table"] as String? ?? "?") speaks of a row of \(row["parent"] as String? ?? "?") that is not there"
      }
      return lines + foreign
    }
  }

  /// Every piece of evidence, as its row has it: also those whose rows were changed.
  package func evidenceRows() throws(RegistryError) -> [EvidenceRow] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT id, subject, name, envelope FROM evidence ORDER BY rowid").map {
        EvidenceRow(id: $0["id"], subject: $0["subject"], name: $0["name"], envelope: $0["envelope"])
      }
    }
  }
}

/// A row of evidence that nothing was checked of.
package struct EvidenceRow: Sendable {
  package let id: String
  package let subject: String
  package let name: String
  package let envelope: [UInt8]

  init(id: String, subject: String, name: String, envelope: Data) {
    self.id = id
    self.subject = subject
    self.name = name
    self.envelope = Array(envelope)
  }
}
