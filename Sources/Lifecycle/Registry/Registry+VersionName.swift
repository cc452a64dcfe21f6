// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletRegistry

extension Lifecycle {
  /// The version that a name stands for.
  /// - Throws: ``RegistryDoorError/noModel(_:)``, `RegistryError.noSuchNumber`, `RegistryError.noSuchAlias`.
  package func version(_ name: VersionName) throws -> ModelVersion {
    try store.registry.version(name)
  }
}

extension Registry {
  /// The version that a name stands for: the one with the highest number where it says none.
  package func version(_ name: VersionName) throws -> ModelVersion {
    let versions = try versions(of: name.model)
    guard let newest = versions.first else { throw RegistryDoorError.noModel(name.model) }
    switch name.which {
    case .newest: return newest
    case .number(let number): return try version(name.model, number)
    case .alias(let alias):
      guard let found = try aliases(of: name.model).first(where: { $0.name == alias }) else {
        throw RegistryError.noSuchAlias(model: name.model, name: alias)
      }
      return try version(name.model, found.number)
    }
  }
}
