// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation

/// That somebody whom the guard of a model has flagged is let off.
package struct GuardClearance: Equatable, Sendable {
  package let model: String
  /// `key`, `tenant` or `network`.
  package let kind: String
  package let name: String
  /// To the millisecond.
  package let at: Date

  /// Since 1970.
  package var milliseconds: Int64 { Int64((at.timeIntervalSince1970 * 1_000).rounded()) }

  package init(model: String, kind: String, name: String, at: Date) {
    self.model = model
    self.kind = kind
    self.name = name
    self.at = Date(timeIntervalSince1970: (at.timeIntervalSince1970 * 1_000).rounded() / 1_000)
  }
}
