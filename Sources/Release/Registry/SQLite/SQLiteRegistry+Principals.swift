// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import GRDB
package import MartletAccess

extension SQLiteRegistry {
  package func principal(
    named name: String, kind: Principal.Kind, at time: Date
  ) throws(RegistryError) -> Principal {
    try write { database in
      if let row = try Self.row(named: name, database) {
        let known = try Self.principal(row)
        guard known.kind == kind else { throw RegistryError.nameTaken(name) }
        return known
      }
      let new = Principal(id: UUID().uuidString.lowercased(), name: name, kind: kind)
      try Self.insert(new, at: time, database)
      return new
    }
  }

  package func add(_ principal: Principal, at time: Date) throws(RegistryError) {
    try write { try Self.insert(principal, at: time, $0) }
  }

  package func checkName(_ name: String, isFreeFor kind: Principal.Kind) throws(RegistryError) {
    try read { database in
      let known = try Self.row(named: name, database)
      if let known, try Self.principal(known).kind != kind { throw RegistryError.nameTaken(name) }
    }
  }

  package func accounts() throws(RegistryError) -> [Account] {
    try read { database in
      try Row.fetchAll(database, sql: Self.accountQuery + " ORDER BY name").map {
        try Self.account($0, database)
      }
    }
  }

  package func account(id: String) throws(RegistryError) -> Account? {
    try read { try Self.account(id: id, $0) }
  }

  package func account(named name: String) throws(RegistryError) -> Account? {
    try read { database in
      try Row.fetchOne(database, sql: Self.accountQuery + " WHERE name = ?", arguments: [name])
        .map { try Self.account($0, database) }
    }
  }

  package func disable(_ principal: Principal, at time: Date?) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "UPDATE principal SET disabledAt = ? WHERE id = ?", arguments: [time, principal.id])
      guard database.changesCount == 1 else { throw RegistryError.noSuchPrincipal(principal.name) }
      if let time { try Self.endSessions(of: principal.id, at: time, database) }
    }
  }

  package func erase(_ principal: Principal) throws(RegistryError) {
    try write { database in
      try database.execute(sql: "DELETE FROM principal WHERE id = ?", arguments: [principal.id])
      guard database.changesCount == 1 else { throw RegistryError.noSuchPrincipal(principal.name) }
    }
    try emptyJournal()
  }

  static let accountQuery = """
    SELECT *, EXISTS (SELECT 1 FROM password WHERE principal = id) AS hasPassword,
      EXISTS (SELECT 1 FROM totp WHERE principal = id) AS hasTOTP
    FROM principal
    """

  static func account(id: String, _ database: Database) throws -> Account? {
    try Row.fetchOne(database, sql: accountQuery + " WHERE id = ?", arguments: [id])
      .map { try account($0, database) }
  }

  private static func account(_ row: Row, _ database: Database) throws -> Account {
    let principal = try principal(row)
    return Account(
      principal: principal, createdAt: row["createdAt"], disabledAt: row["disabledAt"],
      hasPassword: row["hasPassword"], hasTOTP: row["hasTOTP"],
      grants: try grants(of: principal.id, database))
  }

  static func insert(_ principal: Principal, at time: Date, _ database: Database) throws {
    guard try row(named: principal.name, database) == nil else {
      throw RegistryError.nameTaken(principal.name)
    }
    try database.execute(
      sql: "INSERT INTO principal (id, name, kind, createdAt) VALUES (?, ?, ?, ?)",
      arguments: [principal.id, principal.name, principal.kind.rawValue, time])
  }

  private static func row(named name: String, _ database: Database) throws -> Row? {
    try Row.fetchOne(database, sql: "SELECT * FROM principal WHERE name = ?", arguments: [name])
  }

  private static func principal(_ row: Row) throws -> Principal {
    guard let kind = Principal.Kind(rawValue: row["kind"]) else { throw corrupt("principal") }
    return Principal(id: row["id"], name: row["name"], kind: kind)
  }
}
