// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletRegistry

/// A registry in a file of its own, which goes with it.
final class ScratchRegistry {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("registry \(UUID()).db").path
  let time = Date(timeIntervalSince1970: 1_700_000_000)
  let registry: SQLiteRegistry

  static let cheap = ScryptCost(logN: 4, r: 8, p: 1)!

  init() throws { registry = try SQLiteRegistry(path: path) }

  deinit {
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
  }

  func person(_ name: String) throws -> Principal {
    try registry.principal(named: name, kind: .person, at: time)
  }

  func service(_ name: String) throws -> Principal {
    try registry.principal(named: name, kind: .service, at: time)
  }

  func hash(_ password: String) -> PasswordHash { PasswordHash(password, cost: Self.cheap)! }

  /// Every byte that the database has on the disk.
  var bytes: Data {
    ["", "-wal", "-shm"].reduce(into: Data()) { bytes, suffix in
      bytes += (try? Data(contentsOf: URL(fileURLWithPath: path + suffix))) ?? Data()
    }
  }
}
