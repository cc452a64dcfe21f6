// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import GRDB
import MartletEvidence

extension SQLiteRegistry {
  package func change(
    _ model: String, _ number: Int, to state: VersionState, evidence: [StoredEvidence]
  ) throws(RegistryError) {
    try write { database in
      guard
        let text = try String.fetchOne(
          database, sql: "SELECT state FROM version WHERE model = ? AND number = ?",
          arguments: [model, number])
      else { throw RegistryError.noSuchNumber(model: model, number: number) }
      guard let now = VersionState(rawValue: text) else { throw Self.corrupt("version") }
      if let reason = now.objection(to: state) {
        throw RegistryError.transition(model: model, number: number, reason: reason)
      }
      try database.execute(
        sql: "UPDATE version SET state = ? WHERE model = ? AND number = ?",
        arguments: [state.rawValue, model, number])
      try evidence.forEach { try Self.insert($0, database) }
    }
  }
}
