// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import GRDB
package import MartletAccess
import MartletEvidence

extension SQLiteRegistry {
  package func begin(_ session: Session) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "DELETE FROM session WHERE usedAt <= ? OR createdAt <= ? OR revokedAt IS NOT NULL",
        arguments: [session.createdAt - Session.idleLifetime, session.createdAt - Session.lifetime])
      try database.execute(
        sql: """
          DELETE FROM session WHERE principal = ?1 AND digest NOT IN
            (SELECT digest FROM session WHERE principal = ?1 ORDER BY usedAt DESC LIMIT ?2)
          """, arguments: [session.principal, Session.mostOfAPrincipal - 1])
      try database.execute(
        sql:
          "INSERT INTO session (digest, principal, proof, keyID, createdAt, usedAt) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          session.digest.hex, session.principal, session.proof.rawValue, session.keyID, session.createdAt,
          session.usedAt,
        ])
    }
  }

  package func session(_ token: SessionToken) throws(RegistryError) -> (session: Session, account: Account)? {
    try read { database in
      let row = try Row.fetchOne(
        database, sql: "SELECT * FROM session WHERE digest = ?", arguments: [token.digest.hex])
      guard let row else { return nil }
      let session = try Self.session(row)
      guard let account = try Self.account(id: session.principal, database) else {
        throw Self.corrupt("session")
      }
      return (session, account)
    }
  }

  package func noteUse(of session: Session, at time: Date) throws(RegistryError) {
    guard time >= session.usedAt + 60 else { return }
    try write { database in
      try database.execute(
        sql: "UPDATE session SET usedAt = ? WHERE digest = ?", arguments: [time, session.digest.hex])
    }
  }

  package func end(_ session: Session, at time: Date) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "UPDATE session SET revokedAt = COALESCE(revokedAt, ?) WHERE digest = ?",
        arguments: [time, session.digest.hex])
    }
  }

  package func endSessions(of principal: String, at time: Date) throws(RegistryError) {
    try write { try Self.endSessions(of: principal, at: time, $0) }
  }

  static func endSessions(of principal: String, at time: Date, _ database: Database) throws {
    try database.execute(
      sql: "UPDATE session SET revokedAt = COALESCE(revokedAt, ?) WHERE principal = ?",
      arguments: [time, principal])
  }

  private static func session(_ row: Row) throws -> Session {
    guard let digest = Digest(hex: row["digest"] as String), let proof = Session.Proof(rawValue: row["proof"])
    else { throw corrupt("session") }
    return Session(
      digest: digest, principal: row["principal"], proof: proof, keyID: row["keyID"],
      createdAt: row["createdAt"], usedAt: row["usedAt"], revokedAt: row["revokedAt"])
  }
}
