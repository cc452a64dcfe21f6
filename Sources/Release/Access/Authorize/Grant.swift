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

  package init(principal: String, role: Role, models: String = "*", effect: Effect = .allow) {
    self.principal = principal
    self.role = role
    self.models = models
    self.effect = effect
  }

  package var pattern: NamePattern { NamePattern(models) }
}

extension Grant: CustomStringConvertible {
  /// Without the principal, whom whoever prints it names.
  package var description: String {
    let models = models == "*" ? "everything" : models
    return effect == .allow ? "\(role.rawValue) on \(models)" : "not \(role.rawValue) on \(models)"
  }
}
