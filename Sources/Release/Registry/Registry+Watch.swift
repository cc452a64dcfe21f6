// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import GRDB

/// Tells whether a database was written to, by whichever process, without reading anything of it.
///
/// It has a connection of its own: SQLite counts for each connection what the others have committed (`PRAGMA data_version`).
package final class RegistryWatch: Sendable {
  private let queue: DatabaseQueue
  private let path: String

  fileprivate init(path: String) throws {
    self.path = path
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(1)
    queue = try DatabaseQueue(path: path, configuration: configuration)
  }

  /// A number that is another one after every write.
  package func mark() throws(RegistryError) -> Int64 {
    do {
      return try queue.unsafeRead { try Int64.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
    } catch {
      throw Registry.wording(error, path)
    }
  }
}

extension Registry {
  package func watch() throws(RegistryError) -> RegistryWatch {
    do { return try RegistryWatch(path: path) } catch { throw Self.wording(error, path) }
  }
}
