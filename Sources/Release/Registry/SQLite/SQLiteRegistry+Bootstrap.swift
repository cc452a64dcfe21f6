// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import GRDB
package import MartletAccess
import MartletEvidence

extension SQLiteRegistry {
  package func hasAdministrator() throws(RegistryError) -> Bool {
    try read { try Self.hasAdministrator($0) }
  }

  package func issue(_ secret: BootstrapSecret, at time: Date) throws(RegistryError) {
    try write { database in
      guard try !Self.hasAdministrator(database) else { throw RegistryError.administered }
      try database.execute(
        sql: "INSERT OR REPLACE INTO bootstrap (id, digest, expiresAt) VALUES (1, ?, ?)",
        arguments: [secret.digest.hex, time + BootstrapSecret.lifetime])
    }
  }

  package func bootstrap(
    with secret: BootstrapSecret, name: String, password: PasswordHash, at time: Date
  ) throws(RegistryError) -> Principal? {
    try write { database in
      guard let row = try Row.fetchOne(database, sql: "SELECT * FROM bootstrap"),
        let stored = Digest(hex: row["digest"] as String), secret.matches(stored), time < row["expiresAt"],
        try !Self.hasAdministrator(database)
      else { return nil }
      let principal = Principal(id: UUID().uuidString.lowercased(), name: name, kind: .person)
      try Self.insert(principal, at: time, database)
      try Self.insert(password, of: principal.id, at: time, database)
      try Self.insert(Grant(principal: principal.id, role: .administrator), database)
      try database.execute(sql: "DELETE FROM bootstrap")
      return principal
    }
  }

  private static func hasAdministrator(_ database: Database) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: #"""
        SELECT EXISTS (
          SELECT 1 FROM "grant" JOIN principal ON principal.id = "grant".principal
          WHERE role = 'administrator' AND models = '*' AND effect = 'allow' AND disabledAt IS NULL)
        """#) ?? false
  }
}
