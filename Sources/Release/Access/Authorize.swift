// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The answer to one question of access, with the reason that goes into the record. The reason names nobody: whoever
/// records it says who asked, by id.
package struct AccessDecision: Equatable, Sendable {
  package let allowed: Bool
  package let reason: String
}

/// The one place that decides about access. Every door asks here.
///
/// Denied unless a grant allows it, and a grant that denies wins over every grant that allows.
///
/// - Parameters:
///   - principal: who asks, already authenticated.
///   - action: what they want to do.
///   - resource: what they want to do it with.
///   - grants: those of this principal; others are ignored.
package func authorize(
  _ principal: Principal, _ action: Action, _ resource: Resource, grants: [Grant]
) -> AccessDecision {
  var allowing: Grant?
  for grant in grants where grant.principal == principal.id && grant.covers(resource) {
    guard grant.role.actions.contains(action) else { continue }
    switch grant.effect {
    case .deny:
      return AccessDecision(
        allowed: false,
        reason: "denied the role \(grant.role.rawValue) on \(grant.models)")
    case .allow:
      allowing = allowing ?? grant
    }
  }
  guard let allowing else {
    return AccessDecision(
      allowed: false, reason: "no grant to \(action.rawValue) \(resource)")
  }
  return AccessDecision(
    allowed: true,
    reason: "has the role \(allowing.role.rawValue) on \(allowing.models)")
}
