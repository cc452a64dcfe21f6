// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why the registry could not do it.
package enum RegistryError: Error, Equatable, Sendable {
  /// SQLite's own wording.
  case database(path: String, reason: String)
  case noSuchVersion(model: String)
  case noSuchKey(String)
  case nameTaken(String)
  /// The database was written by a newer Martlet.
  case tooNew(path: String)
}

extension RegistryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .database(let path, let reason): "the database \(path) cannot be used: \(reason)"
    case .noSuchVersion(let model): "there is no version of the model \(model) in this store"
    case .noSuchKey(let id): "there is no API key \(id) in this store; `martlet token list` shows them"
    case .nameTaken(let name): "the name \(name) belongs to somebody else"
    case .tooNew(let path):
      "the database \(path) was written by a newer version of Martlet: upgrade this one, or use another MARTLET_HOME"
    }
  }
}
