// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import GRDB
package import MartletAccess

extension SQLiteRegistry {
  package func set(_ quota: Quota, at time: Date) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO quota (models, bytes, versions, setAt) VALUES (?, ?, ?, ?)",
        arguments: [quota.models.text, quota.bytes, quota.versions, time])
    }
  }

  package func removeQuota(on models: NamePattern) throws(RegistryError) {
    try write { database in
      try database.execute(sql: "DELETE FROM quota WHERE models = ?", arguments: [models.text])
      guard database.changesCount == 1 else { throw RegistryError.noSuchQuota(models.text) }
    }
  }

  package func quotas() throws(RegistryError) -> [Quota] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM quota ORDER BY models").map {
        Quota(models: NamePattern($0["models"]), bytes: $0["bytes"], versions: $0["versions"])
      }
    }
  }

  package func set(_ rule: Retention, at time: Date) throws(RegistryError) {
    try write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO retention (models, newest, days, setAt) VALUES (?, ?, ?, ?)",
        arguments: [rule.models.text, rule.newest, rule.days, time])
    }
  }

  package func removeRetention(of models: NamePattern) throws(RegistryError) {
    try write { database in
      try database.execute(sql: "DELETE FROM retention WHERE models = ?", arguments: [models.text])
      guard database.changesCount == 1 else { throw RegistryError.noSuchRetention(models.text) }
    }
  }

  package func retentions() throws(RegistryError) -> [Retention] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM retention ORDER BY models").map {
        Retention(models: NamePattern($0["models"]), newest: $0["newest"], days: $0["days"])
      }
    }
  }

  package func giveUpFiles(of model: String, _ number: Int, at time: Date) throws(RegistryError) {
    try write { database in
      try Self.check(model, number, database)
      try database.execute(
        sql: """
          UPDATE version SET filesRemovedAt = ?3, state = CASE state WHEN 'revoked' THEN state ELSE 'retired' END
          WHERE model = ?1 AND number = ?2
          """, arguments: [model, number, time])
    }
  }
}
