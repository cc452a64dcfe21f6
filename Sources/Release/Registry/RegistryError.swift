// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why the registry could not do it.
package enum RegistryError: Error, Equatable, Sendable {
  /// SQLite's own wording.
  case database(path: String, reason: String)
  case noSuchVersion(model: String)
  case noSuchNumber(model: String, number: Int)
  case noSuchAlias(model: String, name: String)
  /// A version may not come into the state that was asked for.
  case transition(model: String, number: Int, reason: String)
  case noSuchKey(String)
  case noSuchPrincipal(String)
  case noSuchGrant(String)
  case tooManyKeys(owner: String)
  case identityTaken(String)
  /// There is an administrator already.
  case administered
  case nameTaken(String)
  case noSuchQuota(String)
  case noSuchRetention(String)
  /// The database was written by a newer Martlet.
  case tooNew(path: String)
}

extension RegistryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .database(let path, let reason): "the database \(path) cannot be used: \(reason)"
    case .noSuchVersion(let model): "there is no version of the model \(model) in this store"
    case .noSuchNumber(let model, let number):
      "there is no version \(number) of the model \(model) in this store; `martlet list` shows all"
    case .noSuchAlias(let model, let name):
      "the model \(model) has no alias \(name); `martlet show \(model)` lists those that it has"
    case .transition(let model, let number, let reason): "\(model):\(number) stays as it is: \(reason)"
    case .noSuchKey(let id): "there is no API key \(id) in this store; `martlet token list` shows them"
    case .noSuchPrincipal(let name):
      "there is nobody called \(name) in this store; `martlet user list` shows everybody"
    case .noSuchGrant(let grant): "there is no grant `\(grant)`; `martlet grant list` shows them all"
    case .tooManyKeys(let owner):
      "expected at most \(StoredKey.mostOfAService) live keys of \(owner), one in use and one to replace it: revoke one with `martlet token revoke ID` first"
    case .identityTaken(let identity): "the certificate identity \(identity) belongs to a principal already"
    case .administered:
      "this store has an administrator already: whoever it is can make more, or whoever runs this machine, with `martlet grant add`"
    case .nameTaken(let name): "the name \(name) belongs to somebody else"
    case .noSuchQuota(let models): "there is no quota on `\(models)`; `martlet quota list` shows them"
    case .noSuchRetention(let models):
      "there is no retention rule for `\(models)`; `martlet retention list` shows them"
    case .tooNew(let path):
      "the database \(path) was written by a newer version of Martlet: upgrade this one, or use another MARTLET_HOME"
    }
  }
}
