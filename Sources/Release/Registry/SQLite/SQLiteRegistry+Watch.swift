// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import GRDB

/// It has a connection of its own: SQLite counts for each connection what the others have committed (`PRAGMA data_version`).
final class SQLiteRegistryWatch: RegistryWatch {
  private let queue: DatabaseQueue
  private let path: String

  fileprivate init(path: String) throws {
    self.path = path
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(1)
    queue = try DatabaseQueue(path: path, configuration: configuration)
  }

  package func mark() throws(RegistryError) -> Int64 {
    do {
      return try queue.unsafeRead { try Int64.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
    } catch {
      throw SQLiteRegistry.wording(error, path)
    }
  }
}

extension SQLiteRegistry {
  package func watch() throws(RegistryError) -> any RegistryWatch {
    do { return try SQLiteRegistryWatch(path: path) } catch { throw Self.wording(error, path) }
  }
}
