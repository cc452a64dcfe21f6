// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The answer to one question of access, with what it rests on.
package struct AccessDecision: Equatable, Sendable {
  package enum Basis: Equatable, Sendable {
    case allowing(Grant)
    case denying(Grant)
    case noGrant(Action, Resource)
    case outsideScope(Scope)
    case ownSubmission
    case ownDenial
  }

  package let basis: Basis

  package var allowed: Bool {
    if case .allowing = basis { true } else { false }
  }

  /// What goes into the record. It names nobody: whoever records it says who asked, by id. It is worded only when
  /// somebody reads it.
  package var reason: String {
    switch basis {
    case .allowing(let grant): "has the role \(grant.role.rawValue) on \(grant.models)"
    case .denying(let grant): "denied the role \(grant.role.rawValue) on \(grant.models)"
    case .noGrant(let action, let resource): "no grant to \(action.rawValue) \(resource)"
    case .outsideScope(let scope): "the key is for \(scope) only"
    case .ownSubmission: "submitted this version, and nobody approves their own"
    case .ownDenial: "nobody takes away what denies themselves something"
    }
  }
}
