// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Something about the records that bears on how far the result can be believed.
package struct RecordCheck: Sendable, Equatable, Codable {
  package enum Outcome: String, Sendable, Codable { case passed, noted }

  package let name: String
  package let outcome: Outcome
  package let detail: String

  static func passed(_ name: String, _ detail: String) -> RecordCheck {
    RecordCheck(name: name, outcome: .passed, detail: detail)
  }

  static func noted(_ name: String, _ detail: String) -> RecordCheck {
    RecordCheck(name: name, outcome: .noted, detail: detail)
  }
}
