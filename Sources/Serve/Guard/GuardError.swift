// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why the guard cannot be made, or what it remembers cannot be read.
package enum GuardError: Error, Equatable, Sendable {
  /// A file that is no calibration, policy or profile. `place` is the member that is wrong.
  case badDocument(kind: String, place: String, reason: String)
  /// A file with what the guard remembers that cannot be believed.
  case badState(offset: Int, reason: String)
  /// Rows to calibrate on that do not fit.
  case unsuitableRows(String)
  /// Too few rows for a threshold that one in so many exceeds.
  case tooFewRows(needed: Int, found: Int)
  /// A key of a watermark that is none.
  case badKey(found: Int)
  /// No input in the data is one whose answer the watermark changes.
  case noTriggers(rows: Int)
}

extension GuardError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badDocument(let kind, let place, let reason): "the \(kind) cannot be used: \(place): \(reason)"
    case .badState(let offset, let reason):
      "what the guard remembered cannot be read: \(reason) (offset \(offset)); move the file away to start anew, and with it "
        + "all budgets"
    case .unsuitableRows(let reason): reason
    case .tooFewRows(let needed, let found):
      "expected at least \(needed) held-out rows to calibrate on, found \(found): with fewer, no bound on false alarms holds"
    case .badKey(let found):
      "expected a watermark key of 64 hexadecimal digits, found \(found) bytes of another kind"
    case .noTriggers(let rows):
      "expected queries whose answers were changed, found none among \(rows): give the queries that the suspect asked"
    }
  }
}
