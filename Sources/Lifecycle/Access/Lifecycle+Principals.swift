// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletAccess
import MartletBytes
package import MartletRegistry

extension Lifecycle {
  /// Everybody, by name.
  package func accounts() throws -> [Account] { try store.registry.accounts() }

  /// - Throws: ``RegistryError/noSuchPrincipal(_:)``.
  package func account(named name: String) throws -> Account {
    guard let account = try store.registry.account(named: name) else {
      throw RegistryError.noSuchPrincipal(name)
    }
    return account
  }

  /// Enters a person or a service, who may do nothing yet.
  /// - Throws: ``RegistryError/nameTaken(_:)``, ``AccessError/name(found:)``.
  package func addPrincipal(
    named name: String, kind: Principal.Kind, by actor: String = Record.localPrincipal
  ) throws -> Principal {
    try Self.checkName(name)
    guard try store.registry.account(named: name) == nil else { throw RegistryError.nameTaken(name) }
    let now = Date()
    let principal = Principal(id: UUID().uuidString.lowercased(), name: name, kind: kind)
    let record = Record(
      "user.add", outcome: "added", by: actor, reason: "\(kind.rawValue) \(principal.id)", at: now)
    return try store.write(record) {
      try store.registry.add(principal, at: now)
      return principal
    }
  }

  static func checkName(_ name: String) throws(AccessError) {
    guard (1...Limits.principalName).contains(name.utf8.count), !name.utf8.contains(0) else {
      throw .name(found: name.utf8.count)
    }
  }

  /// Makes every credential of somebody worthless until ``enable(_:by:)``, and ends their sessions.
  package func disable(_ name: String, by actor: String = Record.localPrincipal) throws {
    let now = Date()
    try change(name, "user.disable", "disabled", by: actor, at: now) { principal in
      try store.registry.disable(principal, at: now)
    }
  }

  package func enable(_ name: String, by actor: String = Record.localPrincipal) throws {
    try change(name, "user.enable", "enabled", by: actor, at: Date()) { principal in
      try store.registry.disable(principal, at: nil)
    }
  }

  /// Takes the name and every credential of somebody out of the store. The log keeps their id, which then stands for nobody
  /// that can be named.
  /// - Returns: the id.
  package func erase(_ name: String, by actor: String = Record.localPrincipal) throws -> String {
    try change(name, "user.erase", "erased", by: actor, at: Date()) { principal in
      try store.registry.erase(principal)
      return principal.id
    }
  }

  /// Adds a grant; one that is there already is recorded again.
  /// - Parameter response: how much of an answer it gives from now on; nil leaves a grant that is there as it is, and gives whole
  ///   answers by a new one.
  /// - Throws: ``AccessError/grant(_:)``.
  package func grant(
    _ role: Role, on models: String, to name: String, effect: Grant.Effect, response: ResponsePolicy? = nil,
    by actor: String = Record.localPrincipal
  ) throws {
    let account = try account(named: name)
    let grant = Grant(
      principal: account.principal.id, role: role, models: models, effect: effect, response: response)
    if let fault = grant.fault { throw AccessError.grant(fault) }
    let kept = response == nil ? grant.keepingResponse(of: account.grants) : grant
    let record = Record(
      "grant.add", outcome: "added", by: actor, reason: "\(kept) to \(kept.principal)", at: Date())
    try store.write(record) { try store.registry.add(kept) }
  }

  /// - Throws: ``RegistryError/noSuchGrant(_:)``.
  package func removeGrant(
    _ role: Role, on models: String, from name: String, effect: Grant.Effect,
    by actor: String = Record.localPrincipal
  ) throws {
    let account = try account(named: name)
    let grant = Grant(principal: account.principal.id, role: role, models: models, effect: effect)
    guard account.grants.contains(where: grant.isSame) else { throw RegistryError.noSuchGrant("\(grant)") }
    let record = Record(
      "grant.remove", outcome: "removed", by: actor, reason: "\(grant) from \(grant.principal)", at: Date())
    try store.write(record) { try store.registry.remove(grant) }
  }

  /// Records, by id, and then does something to somebody.
  func change<Value>(
    _ name: String, _ action: String, _ outcome: String, by actor: String, at time: Date,
    _ body: (Principal) throws -> Value
  ) throws -> Value {
    let principal = try account(named: name).principal
    let record = Record(action, outcome: outcome, by: actor, reason: principal.id, at: time)
    return try store.write(record) { try body(principal) }
  }
}

extension Grant {
  /// The grant with the answers of the one that is there already, if one is.
  func keepingResponse(of known: [Grant]) -> Grant {
    guard let same = known.first(where: isSame) else { return self }
    return Grant(principal: principal, role: role, models: models, effect: effect, response: same.response)
  }
}
