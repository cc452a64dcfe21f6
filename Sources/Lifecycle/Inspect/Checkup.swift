// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// One thing that a doctor looked at, and what was found.
package struct Checkup: Sendable, Equatable, Codable {
  package enum State: String, Sendable, Codable {
    case good
    /// As it should be, and yet worth knowing.
    case note
    case bad
  }

  package let subject: String
  package let state: State
  /// A sentence; of what is bad it says what to do.
  package let finding: String

  package init(_ subject: String, _ state: State, _ finding: String) {
    self.subject = subject
    self.state = state
    self.finding = finding
  }
}
