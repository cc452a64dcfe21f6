// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Somebody who may be allowed something: a person or a service.
package struct Principal: Codable, Hashable, Sendable {
  package enum Kind: String, Codable, CaseIterable, Sendable { case person, service }

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
