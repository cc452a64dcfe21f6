// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The one place that decides about access. Every door asks here.
///
/// Denied unless a grant allows it. A grant that denies wins over every grant that allows, a scope only narrows, and nobody
/// approves what they submitted, whatever they are granted. Who asks from where plays no part: no network is trusted.
///
/// - Parameters:
///   - principal: who asks, already authenticated.
///   - action: what they want to do.
///   - resource: what they want to do it with.
///   - context: their grants, the scope of their credential, and who submitted what it is about.
package func authorize(
  _ principal: Principal, _ action: Action, _ resource: Resource, context: AccessContext
) -> AccessDecision {
  guard context.scope.covers(action, resource) else {
    return AccessDecision(basis: .outsideScope(context.scope))
  }
  if action == .approve, context.submitter == principal.id { return AccessDecision(basis: .ownSubmission) }
  var allowing: Grant?
  for grant in context.grants where weigh(grant, principal, action, resource) == .applies {
    if grant.effect == .deny { return AccessDecision(basis: .denying(grant)) }
    allowing = allowing ?? grant
  }
  guard let allowing else { return AccessDecision(basis: .noGrant(action, resource)) }
  return AccessDecision(basis: .allowing(allowing))
}

/// Whether a grant has a say in a question, and why not.
package enum GrantWeight: Equatable, Sendable {
  case applies, ofSomebodyElse, aboutOtherModels, withoutTheAction
}

func weigh(_ grant: Grant, _ principal: Principal, _ action: Action, _ resource: Resource) -> GrantWeight {
  if grant.principal != principal.id { return .ofSomebodyElse }
  if !grant.role.actions.contains(action) { return .withoutTheAction }
  return grant.pattern.covers(resource) ? .applies : .aboutOtherModels
}
