// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Gives or denies a principal a role on the models whose name matches.
package struct Grant: Codable, Hashable, Sendable {
  package enum Effect: String, Codable, CaseIterable, Sendable { case allow, deny }

  package let principal: String
  package let role: Role
  /// A model's name, or a pattern with `*` for any run of letters. `*` alone is everything.
  package let models: String
  package let effect: Effect
  /// How much of an answer it gives to whoever may predict by it; nil for all of it.
  package let response: ResponsePolicy?

  package init(
    principal: String, role: Role, models: String = "*", effect: Effect = .allow,
    response: ResponsePolicy? = nil
  ) {
    self.principal = principal
    self.role = role
    self.models = models
    self.effect = effect
    self.response = response.flatMap { $0.changesNothing ? nil : $0 }
  }

  package var pattern: NamePattern { NamePattern(models) }

  /// Whether the two are one grant, whatever answers they give: a store has only one of them.
  package func isSame(as other: Grant) -> Bool {
    principal == other.principal && role == other.role && models == other.models && effect == other.effect
  }

  /// Why no such grant can be given; nil when one can.
  package var fault: String? {
    guard let response else { return nil }
    if effect == .deny {
      return "a grant that denies gives no answers, so that it cannot say how much of them"
    }
    if !role.actions.contains(.predict) {
      return "the role \(role.rawValue) does not ask models, so that it gets no answers to take away from"
    }
    return response.fault.map { "\($0)" }
  }
}

extension Grant: CustomStringConvertible {
  /// Without the principal, whom whoever prints it names.
  package var description: String {
    let models = models == "*" ? "everything" : models
    let answers = response.map { ", answers \($0)" } ?? ""
    return effect == .allow ? "\(role.rawValue) on \(models)\(answers)" : "not \(role.rawValue) on \(models)"
  }
}
