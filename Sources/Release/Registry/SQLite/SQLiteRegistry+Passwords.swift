// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import GRDB
package import MartletAccess

extension SQLiteRegistry {
  package func password(of principal: String) throws(RegistryError) -> PasswordHash? {
    try read { database in
      let text = try String.fetchOne(
        database, sql: "SELECT hash FROM password WHERE principal = ?", arguments: [principal])
      guard let text else { return nil }
      guard let hash = PasswordHash(text) else { throw Self.corrupt("password") }
      return hash
    }
  }

  package func setPassword(
    _ hash: PasswordHash?, of principal: String, at time: Date
  ) throws(RegistryError) {
    try write { database in
      try database.execute(sql: "DELETE FROM password WHERE principal = ?", arguments: [principal])
      if let hash { try Self.insert(hash, of: principal, at: time, database) }
      try Self.endSessions(of: principal, at: time, database)
    }
  }

  package func rehash(
    _ old: PasswordHash, as new: PasswordHash, of principal: String
  ) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "UPDATE password SET hash = ? WHERE principal = ? AND hash = ?",
        arguments: [new.description, principal, old.description])
    }
  }

  package func totp(of principal: String) throws(RegistryError) -> (secret: Data, lastStep: Int64?)? {
    try read { database in
      try Row.fetchOne(
        database, sql: "SELECT secret, lastStep FROM totp WHERE principal = ?", arguments: [principal]
      ).map { ($0["secret"], $0["lastStep"]) }
    }
  }

  package func setTOTP(
    _ secret: Data?, lastStep: Int64?, of principal: String, at time: Date
  ) throws(RegistryError) {
    try write { database in
      try database.execute(sql: "DELETE FROM totp WHERE principal = ?", arguments: [principal])
      guard let secret else { return }
      try database.execute(
        sql: "INSERT INTO totp (principal, secret, lastStep, createdAt) VALUES (?, ?, ?, ?)",
        arguments: [principal, secret, lastStep, time])
    }
  }

  package func useCode(ofStep step: Int64, of principal: String) throws(RegistryError) -> Bool {
    try write { database in
      try database.execute(
        sql: "UPDATE totp SET lastStep = ?1 WHERE principal = ?2 AND (lastStep IS NULL OR lastStep < ?1)",
        arguments: [step, principal])
      return database.changesCount == 1
    }
  }

  static func insert(
    _ hash: PasswordHash, of principal: String, at time: Date, _ database: Database
  ) throws {
    try database.execute(
      sql: "INSERT INTO password (principal, hash, changedAt) VALUES (?, ?, ?)",
      arguments: [principal, hash.description, time])
  }
}
