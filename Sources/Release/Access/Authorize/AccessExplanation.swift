// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A decision with every grant that was looked at, for whoever wonders about it.
package struct AccessExplanation: Sendable {
  package struct Line: Sendable {
    package let grant: Grant
    package let weight: GrantWeight

    /// What it did to the question, in words.
    package func meaning(for action: Action, _ resource: Resource) -> String {
      switch weight {
      case .applies: grant.effect == .allow ? "allows it" : "denies it, and wins over what allows it"
      case .ofSomebodyElse: "is about somebody else"
      case .aboutOtherModels: "does not cover \(resource)"
      case .withoutTheAction: "does not include to \(action.rawValue)"
      }
    }
  }

  package let decision: AccessDecision
  package let lines: [Line]

  /// Asks ``authorize(_:_:_:context:)``, so that the explanation cannot differ from what doors are told.
  package init(_ principal: Principal, _ action: Action, _ resource: Resource, context: AccessContext) {
    decision = authorize(principal, action, resource, context: context)
    lines = context.grants.map { Line(grant: $0, weight: weigh($0, principal, action, resource)) }
  }
}
