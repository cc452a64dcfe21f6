// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Somebody who may be allowed something: a person or a service.
package struct Principal: Codable, Hashable, Sendable {
  package enum Kind: String, Codable, Sendable { case person, service }

  /// Stable and without meaning; this, not the name, goes into the record.
  package let id: String
  package let name: String
  package let kind: Kind

  package init(id: String, name: String, kind: Kind) {
    self.id = id
    self.name = name
    self.kind = kind
  }
}

/// Gives or denies a principal a role on the models whose name matches.
package struct Grant: Codable, Hashable, Sendable {
  package enum Effect: String, Codable, Sendable { case allow, deny }

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

  /// Whether the pattern covers `resource`. What is not about one model is covered only by `*`.
  func covers(_ resource: Resource) -> Bool {
    switch resource {
    case .everything: models == "*"
    case .model(let name): matches(pattern: Array(models.utf8), name: Array(name.utf8))
    }
  }
}

/// What an action is about.
package enum Resource: Hashable, Sendable {
  case model(String)
  /// The store itself: its principals, its record.
  case everything
}

extension Resource: CustomStringConvertible {
  package var description: String {
    switch self {
    case .model(let name): "model \(name)"
    case .everything: "the store"
    }
  }
}

/// Whether `name` fits `pattern`, where `*` stands for any run. Linear in memory and O(n·m) at worst: it goes back to the
/// last `*` only, so that a hostile pattern costs no more.
private func matches(pattern: [UInt8], name: [UInt8]) -> Bool {
  var p = 0
  var n = 0
  var star: (pattern: Int, name: Int)?
  while n < name.count {
    if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
      star = (p, n)
      p += 1
    } else if p < pattern.count, pattern[p] == name[n] {
      p += 1
      n += 1
    } else if let (starred, matched) = star {
      p = starred + 1
      n = matched + 1
      star = (starred, matched + 1)
    } else {
      return false
    }
  }
  return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
}
