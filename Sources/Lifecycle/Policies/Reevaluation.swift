// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence
package import MartletGate

/// What became of a released version when it was decided about again.
package struct Reevaluation: Codable, Sendable, Equatable {
  package enum Outcome: String, Codable, Sendable {
    /// The policy still says yes.
    case holds
    /// It says no, and the version goes on answering: the policy only warns, or gives it time.
    case violates
    /// It says no, and the version has stopped answering.
    case quarantined
    /// It was not released any more.
    case notReleased
    /// It was released by an earlier Martlet, which did not keep the policy's text: its decision stands.
    case undecided
  }

  package let model: String
  package let version: Int
  package let digest: Digest
  package let outcome: Outcome
  /// The new decision; nil where there is none.
  package let decision: Decision?
  /// When this will be decided about again, if nothing happens before.
  package let until: Date?

  /// Whether it may answer.
  package var answers: Bool { outcome == .holds || outcome == .violates || outcome == .undecided }
}
