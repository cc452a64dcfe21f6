// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import GRDB
package import MartletEvidence

/// That a policy holds in an environment from some time on: a signed statement.
package struct StoredPolicySetting: Sendable, Equatable {
  /// Empty for a store that knows no environments.
  package let environment: String
  /// SHA-256 of the policy's text.
  package let policy: Digest
  package let envelope: Envelope
  package let setAt: Date

  package init(environment: String, policy: Digest, envelope: Envelope, setAt: Date) {
    self.environment = environment
    self.policy = policy
    self.envelope = envelope
    self.setAt = setAt
  }
}

/// How far the store had come when something was decided. While it stays the same, nothing has come that could change the
/// decision but time.
package struct DecisionMark: Hashable, Sendable {
  package let evidenceCount: Int
  package let newestEvidence: Int64
  package let newestPolicySetting: Int64
  /// How many approvals there are of the digest, and the newest.
  package let approvals: String
}

extension Registry {
  /// Keeps the text of a policy, by which a decision can be made again.
  package func keepPolicy(_ text: String, digest: Digest) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO policy (digest, text) VALUES (?, ?)", arguments: [digest.hex, text])
    }
  }

  /// The text of a policy; whoever reads it compares its digest.
  package func policyText(_ digest: Digest) throws(RegistryError) -> String? {
    try read { database in
      try String.fetchOne(
        database, sql: "SELECT text FROM policy WHERE digest = ?", arguments: [digest.hex])
    }
  }

  /// Enters that a policy, whose text is kept already, holds from now on.
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

  /// What was set last for an environment.
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

  /// How far the store has come with a digest. Verifies nothing, and costs three look-ups.
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
