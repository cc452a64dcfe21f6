// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletAccess
package import MartletBytes
package import MartletEvidence
package import MartletGate
import MartletGuarding
package import MartletLifecycle
package import MartletRegistry

/// The store of this machine. What only looks at it makes nothing, and waits for nobody.
package struct LocalDoor: RegistryDoor {
  private let home: Home

  package init(_ home: Home = .standard()) { self.home = home }

  private func registry() throws -> any Registry { try Store.reading(home) }
  private func lifecycle() throws -> Lifecycle { Lifecycle(store: try Store(home)) }

  private func summary(_ version: ModelVersion, _ registry: any Registry) throws -> VersionSummary {
    guard let found = try registry.summaries(of: version.model, number: version.number).first else {
      throw RegistryError.noSuchNumber(model: version.model, number: version.number)
    }
    return found
  }

  private func summary(of version: ModelVersion, in lifecycle: Lifecycle) throws -> VersionSummary {
    try summary(version, lifecycle.store.registry)
  }

  package func close() {}

  package func versions() throws -> [VersionSummary] { try registry().summaries() }

  package func versions(of model: String) throws -> [VersionSummary] {
    let found = try registry().summaries(of: model)
    guard !found.isEmpty else { throw RegistryDoorError.noModel(model) }
    return found
  }

  package func version(_ name: VersionName) throws -> VersionSummary {
    let registry = try registry()
    return try summary(registry.version(name), registry)
  }

  package func push(_ order: PushOrder, progress: (Double) -> Void) throws -> PushReport {
    try lifecycle().push(
      order.path, as: order.model, signature: order.signature, trusting: order.trust)
  }

  package func pull(_ name: VersionName, to output: String, isSealed: Bool) throws -> VersionSummary {
    let lifecycle = try lifecycle()
    return try summary(of: lifecycle.pull(name, to: output, isSealed: isSealed), in: lifecycle)
  }

  package func setAlias(_ alias: String, to name: VersionName) throws -> VersionSummary {
    let lifecycle = try lifecycle()
    return try summary(of: lifecycle.setAlias(alias, to: name), in: lifecycle)
  }

  package func removeAlias(_ alias: String, of model: String) throws {
    try lifecycle().removeAlias(alias, of: model)
  }

  package func setTags(
    _ tags: [String: String], removing: [String], of name: VersionName
  ) throws -> VersionSummary {
    let lifecycle = try lifecycle()
    for (tag, value) in tags.sorted(by: { $0.key < $1.key }) { _ = try lifecycle.tag(name, tag, value) }
    for tag in removing { _ = try lifecycle.tag(name, tag, nil) }
    return try summary(of: lifecycle.version(name), in: lifecycle)
  }

  package func setLineage(_ lineage: Lineage, of name: VersionName) throws -> VersionSummary {
    let lifecycle = try lifecycle()
    return try summary(of: lifecycle.setLineage(lineage, of: name), in: lifecycle)
  }

  package func approve(_ name: VersionName, in environment: String?) throws -> Approval {
    try lifecycle().approve(name, in: environment).approval
  }

  package func release(_ name: VersionName, in environment: String?) throws -> Decision {
    try lifecycle().release(name, in: environment)
  }

  package func change(
    _ name: VersionName, _ change: Lifecycle.StateChange, reason: String
  ) throws -> VersionSummary {
    let lifecycle = try lifecycle()
    return try summary(of: lifecycle.change(name, change, reason: reason), in: lifecycle)
  }

  package func principals() throws -> [PrincipalSummary] {
    try registry().accounts().map(PrincipalSummary.init)
  }

  package func addPrincipal(_ name: String, _ kind: Principal.Kind) throws -> PrincipalSummary {
    let lifecycle = try lifecycle()
    _ = try lifecycle.addPrincipal(named: name, kind: kind)
    return PrincipalSummary(try lifecycle.account(named: name))
  }

  package func disable(_ name: String) throws { try lifecycle().disable(name) }
  package func enable(_ name: String) throws { try lifecycle().enable(name) }
  package func erase(_ name: String) throws { _ = try lifecycle().erase(name) }

  package func keys() throws -> [KeySummary] {
    let now = Date()
    return try registry().keys().map { KeySummary($0.key, of: $0.owner, at: now) }
  }

  package func makeKey(_ order: KeyOrder) throws -> MadeKey { try lifecycle().makeKey(order) }
  package func rotateKey(_ id: String) throws -> MadeKey { MadeKey(try lifecycle().rotateKey(id)) }
  package func revokeKey(_ id: String) throws { try lifecycle().revokeKey(id) }

  package func add(_ grant: GrantSummary) throws {
    try lifecycle().grant(
      grant.role, on: grant.models, to: grant.name, effect: grant.effect, response: grant.response)
  }

  package func remove(_ grant: GrantSummary) throws {
    try lifecycle().removeGrant(grant.role, on: grant.models, from: grant.name, effect: grant.effect)
  }

  package func explainAccess(
    of name: String, to action: Action, on resource: Resource, submitter: String?
  ) throws -> AccessSummary {
    _ = try registry()
    return try lifecycle().explainAccess(of: name, to: action, on: resource, submitter: submitter)
  }

  package func guardedClients(of model: String?, everybody: Bool) throws -> [GuardedClient] {
    let registry = try registry()
    if let model, try registry.versions(of: model).isEmpty { throw RegistryDoorError.noModel(model) }
    return try StoredGuards(try lifecycle()).clients(of: model).filter { everybody || $0.state != .clear }
  }

  package func clear(_ client: ClearedClient, of model: String) throws -> GuardedClient {
    _ = try registry()
    return try StoredGuards(try lifecycle()).clear(client, of: model, by: Record.localPrincipal)
  }

  package func keepGuard(
    _ calibration: Bytes, of model: Digest, rows: Int
  ) throws -> [KeptCalibration] {
    _ = try registry()
    return try lifecycle().keepGuard(calibration, of: model, rows: rows)
  }

  package func quotas() throws -> [Quota] { try registry().quotas() }
  package func set(_ quota: Quota) throws { try lifecycle().setQuota(quota) }
  package func removeQuota(on models: NamePattern) throws { try lifecycle().removeQuota(on: models) }
  package func retentions() throws -> [Retention] { try registry().retentions() }
  package func set(_ rule: Retention) throws { try lifecycle().setRetention(rule) }
  package func removeRetention(of models: NamePattern) throws { try lifecycle().removeRetention(of: models) }
}
