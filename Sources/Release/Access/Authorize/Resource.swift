// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

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
