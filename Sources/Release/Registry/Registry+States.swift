// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import GRDB
package import MartletEvidence

extension Registry {
  /// - Throws: ``RegistryError/noSuchNumber(model:number:)``.
  package func version(_ model: String, _ number: Int) throws(RegistryError) -> ModelVersion {
    guard let version = try versions(of: model).first(where: { $0.number == number }) else {
      throw .noSuchNumber(model: model, number: number)
    }
    return version
  }

  /// Every version that has a digest, under whatever name.
  package func versions(withDigest digest: Digest) throws(RegistryError) -> [ModelVersion] {
    try versions().filter { $0.digest == digest }
  }

  /// Brings one version into a state, with the evidence why: all, or nothing.
  /// - Throws: ``RegistryError/noSuchNumber(model:number:)``, ``RegistryError/transition(model:number:reason:)``.
  package func change(
    _ model: String, _ number: Int, to state: VersionState, evidence: [StoredEvidence] = []
  ) throws(RegistryError) {
    try write { database in
      guard
        let text = try String.fetchOne(
          database, sql: "SELECT state FROM version WHERE model = ? AND number = ?",
          arguments: [model, number])
      else { throw RegistryError.noSuchNumber(model: model, number: number) }
      guard let now = VersionState(rawValue: text) else { throw Self.corrupt("version") }
      if let reason = now.objection(to: state) {
        throw RegistryError.transition(model: model, number: number, reason: reason)
      }
      try database.execute(
        sql: "UPDATE version SET state = ? WHERE model = ? AND number = ?",
        arguments: [state.rawValue, model, number])
      try evidence.forEach { try Self.insert($0, database) }
    }
  }
}
