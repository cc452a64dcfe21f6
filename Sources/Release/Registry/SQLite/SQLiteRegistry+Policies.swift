// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import GRDB
package import MartletEvidence

extension SQLiteRegistry {
  package func keepPolicy(_ text: String, digest: Digest) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO policy (digest, text) VALUES (?, ?)", arguments: [digest.hex, text])
    }
  }

  package func policyText(_ digest: Digest) throws(RegistryError) -> String? {
    try read { database in
      try String.fetchOne(
        database, sql: "SELECT text FROM policy WHERE digest = ?", arguments: [digest.hex])
    }
  }

  package func add(_ setting: StoredPolicySetting) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: """
          INSERT OR IGNORE INTO policySetting (id, environment, policy, envelope, setAt) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [
          setting.envelope.digest.hex, setting.environment, setting.policy.hex,
          Data(setting.envelope.encoded()), setting.setAt,
        ])
    }
  }

  package func policySetting(in environment: String) throws(RegistryError) -> StoredPolicySetting? {
    try read { database in
      try Row.fetchOne(
        database, sql: "SELECT * FROM policySetting WHERE environment = ? ORDER BY rowid DESC LIMIT 1",
        arguments: [environment]
      ).map { row in
        guard let policy = Digest(hex: row["policy"] as String) else { throw Self.corrupt("policySetting") }
        return StoredPolicySetting(
          environment: environment, policy: policy,
          envelope: try JSONDecoder().decode(Envelope.self, from: row["envelope"]), setAt: row["setAt"])
      }
    }
  }

  package func decisionMark(about subject: Digest) throws(RegistryError) -> DecisionMark {
    try read { database in
      let evidence = try Row.fetchOne(
        database,
        sql: "SELECT COUNT(*) AS count, COALESCE(MAX(rowid), 0) AS newest FROM evidence WHERE subject = ?",
        arguments: [subject.hex])!
      let setting = try Int64.fetchOne(database, sql: "SELECT COALESCE(MAX(rowid), 0) FROM policySetting")!
      let approvals = try String.fetchOne(
        database, sql: "SELECT COUNT(*) || ' ' || COALESCE(MAX(at), '') FROM approval WHERE digest = ?",
        arguments: [subject.hex])!
      return DecisionMark(
        evidenceCount: evidence["count"], newestEvidence: evidence["newest"], newestPolicySetting: setting,
        approvals: approvals)
    }
  }
}
