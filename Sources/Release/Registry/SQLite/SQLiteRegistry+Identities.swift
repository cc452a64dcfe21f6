// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import GRDB
package import MartletAccess

extension SQLiteRegistry {
  package func add(_ identity: CertificateIdentity, of principal: String, at time: Date) throws(RegistryError)
  {
    try write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO certificateIdentity (identity, principal, createdAt) VALUES (?, ?, ?)",
        arguments: [identity.text, principal, time])
      guard database.changesCount == 1 else { throw RegistryError.identityTaken(identity.text) }
    }
  }

  package func remove(_ identity: CertificateIdentity) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "DELETE FROM certificateIdentity WHERE identity = ?", arguments: [identity.text])
    }
  }

  package func account(of identity: CertificateIdentity) throws(RegistryError) -> Account? {
    try read { database in
      let id = try String.fetchOne(
        database, sql: "SELECT principal FROM certificateIdentity WHERE identity = ?",
        arguments: [identity.text])
      return try id.flatMap { try Self.account(id: $0, database) }
    }
  }

  package func set(_ stored: StoredIssuer) throws(RegistryError) {
    try write { database in
      let settings = try Self.json(stored.issuer)
      try database.execute(
        sql: """
          INSERT INTO oidcIssuer (issuer, settings, keys) VALUES (?1, ?2, ?3)
          ON CONFLICT (issuer) DO UPDATE SET settings = ?2, keys = ?3
          """, arguments: [stored.issuer.issuer, settings, stored.keys])
    }
  }

  package func remove(issuer: String) throws(RegistryError) {
    try write { try $0.execute(sql: "DELETE FROM oidcIssuer WHERE issuer = ?", arguments: [issuer]) }
  }

  package func issuers() throws(RegistryError) -> [StoredIssuer] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM oidcIssuer ORDER BY issuer").map { row in
        let settings = Data((row["settings"] as String).utf8)
        return StoredIssuer(try JSONDecoder().decode(OIDCIssuer.self, from: settings), keys: row["keys"])
      }
    }
  }

  package func account(of identity: OIDCIdentity) throws(RegistryError) -> Account? {
    try read { try Self.account(of: identity, $0) }
  }

  package func enter(_ identity: OIDCIdentity, as id: String, at time: Date) throws(RegistryError) -> Account
  {
    try write { database in
      if let known = try Self.account(of: identity, database) { return known }
      // A name that somebody chose elsewhere must not be taken for somebody here.
      let name = "\(identity.name?.prefix(64) ?? "somebody") (\(identity.issuer)#\(identity.subject))"
      try Self.insert(Principal(id: id, name: name, kind: .person), at: time, database)
      try database.execute(
        sql: "INSERT INTO oidcIdentity (issuer, subject, principal) VALUES (?, ?, ?)",
        arguments: [identity.issuer, identity.subject, id])
      return try Self.account(id: id, database)!
    }
  }

  private static func account(of identity: OIDCIdentity, _ database: Database) throws -> Account? {
    let id = try String.fetchOne(
      database, sql: "SELECT principal FROM oidcIdentity WHERE issuer = ? AND subject = ?",
      arguments: [identity.issuer, identity.subject])
    return try id.flatMap { try account(id: $0, database) }
  }
}
