// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAccess
import MartletRegistry

/// Somebody whose credential was checked, with what the one decision is made from.
package struct Authenticated: Sendable {
  package let principal: Principal
  /// How they proved who they are.
  package let proof: Session.Proof
  /// The id of the API key that was shown, where it was one.
  package let keyID: String?
  let context: AccessContext

  init(
    _ account: Account, proof: Session.Proof, keyID: String? = nil, scope: Scope = .unlimited,
    granted: [Grant] = []
  ) {
    principal = account.principal
    self.proof = proof
    self.keyID = keyID
    context = AccessContext(
      grants: granted.isEmpty ? account.grants : account.grants + granted, scope: scope)
  }

  /// For the record: how they came in.
  package var credential: String {
    if let keyID { return "key \(keyID)" }
    switch proof {
    case .apiKey: return "key"
    case .password: return "password"
    case .passwordAndCode: return "password and code"
    case .oidc: return "token"
    case .certificate: return "certificate"
    }
  }

  /// Asks the one place that decides.
  /// - Parameter submitter: the id of whoever offered the version that it is about: nobody approves their own.
  package func may(_ action: Action, _ resource: Resource, submitter: String? = nil) -> AccessDecision {
    var context = context
    context.submitter = submitter
    return authorize(principal, action, resource, context: context)
  }

  /// How much of a model's answers they get, once ``may(_:_:submitter:)`` lets them ask it.
  package func response(of model: String) -> ResponsePolicy {
    grantedResponse(of: principal, on: model, grants: context.grants)
  }

  /// Whether they may add or take away a grant.
  package func may(_ change: GrantChange) -> AccessDecision {
    change.authorized(by: principal, context: context)
  }

  /// Whether any grant allows this on something. Another may still deny it there.
  package func mayAnywhere(_ action: Action) -> Bool {
    context.scope.actions.contains(action)
      && context.grants.contains {
        $0.principal == principal.id && $0.effect == .allow && $0.role.actions.contains(action)
      }
  }
}
