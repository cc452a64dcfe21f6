// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
package import MartletAccess
package import MartletEvidence

extension SQLiteRegistry {
  package func add(_ approval: Approval) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO approval (model, digest, evidence, principal, at) VALUES (?, ?, ?, ?, ?)",
        arguments: [
          approval.model, approval.digest.hex, approval.evidence.hex, approval.principal, approval.at,
        ])
    }
  }

  package func withdraw(model: String, digest: Digest, by principal: String) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "DELETE FROM approval WHERE model = ? AND digest = ? AND principal = ?",
        arguments: [model, digest.hex, principal])
    }
  }

  package func approvals(of model: String) throws(RegistryError) -> [Approval] {
    try read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM approval WHERE model = ? ORDER BY at, principal", arguments: [model]
      ).map { row in
        guard let digest = Digest(hex: row["digest"] as String),
          let evidence = Digest(hex: row["evidence"] as String)
        else { throw Self.corrupt("approval") }
        return Approval(
          principal: row["principal"], model: model, digest: digest, evidence: evidence, at: row["at"])
      }
    }
  }
}
