// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation

/// A second name of a version, such as `champion`.
package struct Alias: Codable, Sendable, Equatable {
  package let model: String
  package let name: String
  package let number: Int
  /// When it came to point there.
  package let changedAt: Date

  package init(model: String, name: String, number: Int, changedAt: Date) {
    self.model = model
    self.name = name
    self.number = number
    self.changedAt = changedAt
  }
}
