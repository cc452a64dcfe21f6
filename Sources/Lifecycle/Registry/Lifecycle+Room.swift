// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess
import MartletEvidence
package import MartletRegistry

extension Store {
  /// Whether the quotas leave room for a version. What the store has already takes none.
  /// - Throws: ``RegistryDoorError/quota(_:)``.
  func checkRoom(for model: String, _ manifest: Manifest) throws {
    let quotas = try registry.quotas().filter { $0.models.matches(model) }
    guard !quotas.isEmpty else { return }
    let versions = try registry.versions()
    let isThere = versions.contains {
      $0.model == model && $0.digest == manifest.root && $0.filesRemovedAt == nil
    }
    guard !isThere else { return }
    let size = manifest.resources.reduce(0) { $0 + $1.size }
    for quota in quotas {
      if let why = quota.objection(toAdding: size, model, beside: versions) {
        throw RegistryDoorError.quota(why)
      }
    }
  }
}

extension Lifecycle {
  /// Whether the quotas leave room for files of which so many bytes have come, and more may. As long as they may be those of a
  /// version that the store has, which takes none, they do.
  /// - Throws: ``RegistryDoorError/quota(_:)``.
  package func checkRoom(forPushOf model: String, bytes: Int) throws {
    let quotas = try store.registry.quotas().filter { $0.models.matches(model) }
    guard !quotas.isEmpty else { return }
    let versions = try store.registry.versions()
    let mayBeThere = versions.contains { version in
      version.model == model && version.filesRemovedAt == nil
        && version.manifest.resources.reduce(0) { $0 + $1.size } >= bytes
    }
    guard !mayBeThere else { return }
    for quota in quotas {
      if let why = quota.objection(toAdding: bytes, model, beside: versions) {
        throw RegistryDoorError.quota(why)
      }
    }
  }

  /// Sets how much the models of a pattern may take together.
  package func setQuota(_ quota: Quota, by principal: String = Record.localPrincipal) throws {
    let now = Date()
    let words = [quota.bytes.map { "\($0) bytes" }, quota.versions.map { "\($0) versions" }]
    let record = Record(
      "quota.set", outcome: "set", by: principal,
      reason: "\(quota.models): " + words.compactMap { $0 }.joined(separator: ", "), at: now)
    try store.write(record) { try store.registry.set(quota, at: now) }
  }

  /// - Throws: `RegistryError.noSuchQuota`.
  package func removeQuota(on models: NamePattern, by principal: String = Record.localPrincipal) throws {
    guard try store.registry.quotas().contains(where: { $0.models == models }) else {
      throw RegistryError.noSuchQuota(models.text)
    }
    let record = Record(
      "quota.remove", outcome: "removed", by: principal, reason: models.text, at: Date())
    try store.write(record) { try store.registry.removeQuota(on: models) }
  }

  /// Sets which versions of the models of a pattern give up their files at the next ``applyRetention(onlyLooking:by:at:)``.
  package func setRetention(_ rule: Retention, by principal: String = Record.localPrincipal) throws {
    let now = Date()
    let record = Record(
      "retention.set", outcome: "set", by: principal,
      reason: "\(rule.models): all but the newest \(rule.newest) after \(rule.days) days", at: now)
    try store.write(record) { try store.registry.set(rule, at: now) }
  }

  /// - Throws: `RegistryError.noSuchRetention`.
  package func removeRetention(of models: NamePattern, by principal: String = Record.localPrincipal) throws {
    guard try store.registry.retentions().contains(where: { $0.models == models }) else {
      throw RegistryError.noSuchRetention(models.text)
    }
    let record = Record(
      "retention.remove", outcome: "removed", by: principal, reason: models.text, at: Date())
    try store.write(record) { try store.registry.removeRetention(of: models) }
  }

  /// Retires the versions that are due and gives their files up: ``collectGarbage(onlyLooking:by:at:)`` removes them where no
  /// other version needs them. Evidence, approvals and log entries stay.
  /// - Returns: those that were due.
  package func applyRetention(
    onlyLooking: Bool, by principal: String = Record.localPrincipal, at time: Date = Date()
  ) throws -> [ModelVersion] {
    func due() throws -> [ModelVersion] {
      let versions = try store.registry.versions()
      let aliases = try store.registry.aliases()
      let all = try store.registry.retentions().flatMap { $0.due(versions, aliases: aliases, at: time) }
      var seen: Set<String> = []
      return all.filter { seen.insert("\($0.model):\($0.number)").inserted }
    }
    guard !onlyLooking else { return try due() }
    return try store.withTurn {
      let due = try due()
      for version in due {
        try store.record([
          Record(
            "version.expire", outcome: version.state == .revoked ? "revoked" : "retired", by: principal,
            model: version.model, digest: version.digest, reason: "its files are due under a retention rule",
            at: time)
        ])
        try store.registry.giveUpFiles(of: version.model, version.number, at: time)
      }
      return due
    }
  }

  /// Forgets pushes that nothing has come of for a day.
  /// - Returns: how many there were.
  package func givePushesUp(onlyLooking: Bool, at time: Date = Date()) throws -> Int {
    let idle = try PushStaging.all(in: store.home).filter {
      time.timeIntervalSince(try $0.lastNews()) > PushStaging.patience
    }
    let spools = try PushSpool.idle(in: store.home, at: time)
    if !onlyLooking {
      for push in idle { try push.remove() }
      for spool in spools { try spool.remove() }
    }
    return idle.count + spools.count
  }
}
