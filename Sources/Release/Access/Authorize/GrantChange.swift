// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A grant that somebody wants to add or take away.
package struct GrantChange: Sendable {
  package enum Kind: Sendable { case add, remove }

  package let kind: Kind
  package let grant: Grant

  package init(_ kind: Kind, _ grant: Grant) {
    self.kind = kind
    self.grant = grant
  }

  /// Whether `principal` may make the change: an administrator of everything the grant is about, and of nothing less. So
  /// grants never make more of anybody than the one who gave them was, wherever they were given.
  ///
  /// Not even an administrator takes away what denies themselves something: somebody else has to.
  package func authorized(by principal: Principal, context: AccessContext) -> AccessDecision {
    let pattern = grant.pattern
    let question = pattern.isEverything ? Resource.everything : .model(pattern.text)
    guard context.scope.actions.contains(.administer),
      context.scope.models.contains(where: { $0.contains(pattern) })
    else { return AccessDecision(basis: .outsideScope(context.scope)) }
    if kind == .remove, grant.effect == .deny, grant.principal == principal.id {
      return AccessDecision(basis: .ownDenial)
    }
    let administering = context.grants.filter {
      $0.principal == principal.id && $0.role.actions.contains(.administer)
    }
    if let denying = administering.first(where: { $0.effect == .deny && $0.pattern.overlaps(pattern) }) {
      return AccessDecision(basis: .denying(denying))
    }
    guard let allowing = administering.first(where: { $0.effect == .allow && $0.pattern.contains(pattern) })
    else { return AccessDecision(basis: .noGrant(.administer, question)) }
    return AccessDecision(basis: .allowing(allowing))
  }
}
