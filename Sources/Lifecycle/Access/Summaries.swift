// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess
package import MartletRegistry

// Who there is and what they may, for whoever looks at it, here or over the network. No secret is in it.

/// Somebody, by name.
package struct PrincipalSummary: Codable, Sendable {
  package let id: String
  package let name: String
  package let kind: Principal.Kind
  package let createdAt: Date
  /// Since when none of their credentials works.
  package let disabledAt: Date?
  package let hasPassword: Bool
  /// Whether a code of an app goes with it.
  package let hasTOTP: Bool
  package let grants: [GrantSummary]

  package init(_ account: Account) {
    id = account.principal.id
    name = account.principal.name
    kind = account.principal.kind
    createdAt = account.createdAt
    disabledAt = account.disabledAt
    hasPassword = account.hasPassword
    hasTOTP = account.hasTOTP
    grants = account.grants.map { GrantSummary($0, of: account.principal.name) }
  }
}

/// A grant of somebody by name.
package struct GrantSummary: Codable, Sendable {
  package let name: String
  package let role: Role
  package let models: String
  package let effect: Grant.Effect
  /// How much of an answer it gives; nil for all of it, and for a change that leaves this as it is.
  package let response: ResponsePolicy?

  package init(
    name: String, role: Role, models: String, effect: Grant.Effect, response: ResponsePolicy? = nil
  ) {
    self.name = name
    self.role = role
    self.models = models
    self.effect = effect
    self.response = response
  }

  package init(_ grant: Grant, of name: String) {
    self.init(
      name: name, role: grant.role, models: grant.models, effect: grant.effect, response: grant.response)
  }
}

/// An API key without its secret.
package struct KeySummary: Codable, Sendable {
  package enum State: String, Codable, Sendable { case live, expired, revoked }

  package let id: String
  package let owner: String
  package let created: Date
  package let expires: Date?
  package let state: State
  /// To within an hour.
  package let lastUsed: Date?
  package let scope: String

  package init(_ key: StoredKey, of owner: Principal, at time: Date) {
    id = key.id
    self.owner = owner.name
    created = key.createdAt
    expires = key.expiresAt
    state = key.isLive(at: time) ? .live : key.revokedAt == nil ? .expired : .revoked
    lastUsed = key.lastUsedAt
    scope = "\(key.scope)"
  }
}

/// An API key that is to be made.
package struct KeyOrder: Codable, Sendable {
  package let name: String
  package let kind: Principal.Kind
  package let role: Role
  /// A name or a pattern; everything when it is nil.
  package let models: String?
  /// What the key is for at most; everything that its owner may when they are nil.
  package let actions: [Action]?
  package let onlyModels: [String]?
  /// Until it ends; never when it is nil.
  package let days: Int?
  /// How much of an answer its owner gets; what they get already when it is nil.
  package let response: ResponsePolicy?

  package init(
    name: String, kind: Principal.Kind, role: Role, models: String?, actions: [Action]?,
    onlyModels: [String]?, days: Int?, response: ResponsePolicy? = nil
  ) {
    self.name = name
    self.kind = kind
    self.role = role
    self.models = models
    self.actions = actions
    self.onlyModels = onlyModels
    self.days = days
    self.response = response
  }

  package var scope: Scope {
    Scope(
      actions: actions.map { ActionSet($0) } ?? .all,
      models: onlyModels.map { $0.map(NamePattern.init) } ?? [.everything])
  }
}

/// A key that was just made: the only time that it is shown.
package struct MadeKey: Codable, Sendable {
  package let id: String
  package let key: String

  package init(_ key: APIKey) {
    id = key.id
    self.key = key.reveal()
  }
}

/// Whether somebody may do something, with what was looked at.
package struct AccessSummary: Codable, Sendable {
  package struct Line: Codable, Sendable {
    package let grant: String
    package let meaning: String
  }

  package let allowed: Bool
  package let reason: String
  package let grants: [Line]
}

extension Lifecycle {
  /// Why somebody may do something, or not.
  /// - Parameter submitter: who offered the version that it is about, by name.
  /// - Throws: `RegistryError.noSuchPrincipal`.
  package func explainAccess(
    of name: String, to action: Action, on resource: Resource, submitter: String? = nil
  ) throws -> AccessSummary {
    let account = try account(named: name)
    let submitter = try submitter.map { try self.account(named: $0).principal.id }
    let explanation = AccessExplanation(
      account.principal, action, resource,
      context: AccessContext(grants: account.grants, submitter: submitter))
    return AccessSummary(
      allowed: explanation.decision.allowed && !account.isDisabled,
      reason: account.isDisabled ? "disabled: none of their credentials works" : explanation.decision.reason,
      grants: explanation.lines.map {
        .init(grant: "\($0.grant)", meaning: $0.meaning(for: action, resource))
      })
  }

  /// Makes the key of an order. The key is returned once and kept as a hash.
  package func makeKey(_ order: KeyOrder, by principal: String = Record.localPrincipal) throws -> MadeKey {
    MadeKey(
      try makeKey(
        for: order.name, kind: order.kind, role: order.role, models: order.models ?? "*", scope: order.scope,
        response: order.response, expires: order.days.map { Date(timeIntervalSinceNow: Double($0) * 86_400) },
        by: principal))
  }
}
