// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What a credential may be used for at most. It narrows what its owner may do and never adds to it: a key that leaks is worth
/// no more than its scope.
package struct Scope: Codable, Hashable, Sendable {
  package let actions: ActionSet
  /// One of these must cover the resource.
  package let models: [NamePattern]

  package init(actions: ActionSet = .all, models: [NamePattern] = [.everything]) {
    self.actions = actions
    self.models = models
  }

  /// All that the owner may do.
  package static let unlimited = Scope()

  package func covers(_ action: Action, _ resource: Resource) -> Bool {
    actions.contains(action) && models.contains { $0.covers(resource) }
  }
}

extension Scope: CustomStringConvertible {
  package var description: String {
    if self == .unlimited { return "everything its owner may" }
    let actions = actions.map(\.rawValue).joined(separator: ", ")
    return "\(actions) on \(models.map(\.text).joined(separator: ", "))"
  }
}
