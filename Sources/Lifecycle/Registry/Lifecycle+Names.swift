// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
package import MartletRegistry

extension Lifecycle {
  /// Lets an alias point to a version; one that is there moves.
  /// - Throws: ``RegistryDoorError/aliasName(_:)``, and as ``version(_:)``.
  package func setAlias(
    _ alias: String, to name: VersionName, by principal: String = Record.localPrincipal
  ) throws -> ModelVersion {
    guard ModelName.isUsable(alias), Int(alias) == nil else { throw RegistryDoorError.aliasName(alias) }
    let version = try version(name)
    let now = Date()
    let record = Record(
      "alias.set", outcome: "set", by: principal, model: version.model, digest: version.digest, reason: alias,
      at: now)
    try store.write(record) {
      try store.registry.point(alias, to: version.number, of: version.model, at: now)
    }
    return version
  }

  /// - Throws: `RegistryError.noSuchAlias`.
  package func removeAlias(
    _ alias: String, of model: String, by principal: String = Record.localPrincipal
  ) throws {
    guard try store.registry.aliases(of: model).contains(where: { $0.name == alias }) else {
      throw RegistryError.noSuchAlias(model: model, name: alias)
    }
    let record = Record(
      "alias.remove", outcome: "removed", by: principal, model: model, reason: alias, at: Date())
    try store.write(record) { try store.registry.removeAlias(alias, of: model) }
  }

  /// Sets a tag of a version, or with nil takes it away.
  /// - Throws: ``RegistryDoorError/tagName(_:)``, ``RegistryDoorError/tagValue(characters:)``, and as ``version(_:)``.
  package func tag(
    _ name: VersionName, _ tag: String, _ value: String?, by principal: String = Record.localPrincipal
  ) throws -> ModelVersion {
    guard ModelName.isUsable(tag) else { throw RegistryDoorError.tagName(tag) }
    if let value, value.unicodeScalars.count > 256 {
      throw RegistryDoorError.tagValue(characters: value.unicodeScalars.count)
    }
    let version = try version(name)
    let record = Record(
      value == nil ? "tag.remove" : "tag.set", outcome: value == nil ? "removed" : "set", by: principal,
      model: version.model, digest: version.digest, reason: value.map { "\(tag)=\($0)" } ?? tag, at: Date())
    try store.write(record) {
      try store.registry.tag(version.model, version.number, tag, value)
    }
    return version
  }

  /// Says where a version comes from.
  package func setLineage(
    _ lineage: Lineage, of name: VersionName, by principal: String = Record.localPrincipal
  ) throws -> ModelVersion {
    let version = try version(name)
    let record = Record(
      "lineage.set", outcome: "set", by: principal, model: version.model, digest: version.digest,
      reason: lineage.recorded, at: Date())
    try store.write(record) { try store.registry.set(lineage, of: version.model, version.number) }
    return version
  }
}

extension Lineage {
  /// As an entry of the log says it.
  var recorded: String {
    [data.map { "data \($0.hex)" }, parent.map { "parent \($0.hex)" }].compactMap { $0 }.joined(
      separator: ", ")
  }
}
