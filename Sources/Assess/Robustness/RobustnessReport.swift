// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletRuntime

/// What was measured on a model and some data.
package struct RobustnessReport: Equatable, Sendable {
  package enum Robustness: Equatable, Sendable {
    case assessed(AttackReport)
    /// The model can be run but not attacked by gradients. `reason` names the operator that stands in the way.
    case notAssessed(reason: String)
  }

  /// Right answers on the examples as they are.
  package let clean: Proportion
  /// The output of the model that was taken for its answer.
  package let answeredBy: String
  package let robustness: Robustness
  package let time: Elapsed

  /// A fraction.
  package var cleanAccuracy: Double { clean.share }
  /// A fraction; nil when it was not assessed.
  package var robustAccuracy: Double? { attack?.robust.share }
  /// Nil when it was not assessed.
  package var attack: AttackReport? {
    if case .assessed(let attack) = robustness { attack } else { nil }
  }
}

/// What an attack found.
package struct AttackReport: Equatable, Sendable {
  /// What became of one example.
  package enum Outcome: String, Codable, Equatable, Sendable {
    /// The model was wrong before anything was changed.
    case misclassified
    /// A change within the radius made the model wrong.
    case fooled
    /// The attack found no such change.
    case resisted
    /// The example is a row that the schema of its table does not allow: nothing was measured on it.
    case infeasible
  }

  /// Right answers that no change within the radius could make wrong.
  package let robust: Proportion
  package let attack: PGD
  /// What was taken for the model's logits.
  package let differentiated: String
  /// In the order of the examples.
  package let outcomes: [Outcome]
  /// The inputs that fooled the model, and by ``adversarialRows`` the examples they were made from. Nil for none.
  package let adversarials: Tensor?
  package let adversarialRows: [Int]
  package let trust: Trust
  package let checks: [TrustCheck]
}

/// How far the number that an attack found can be believed: an attack that fails says nothing about the model.
package enum Trust: String, Codable, Equatable, Sendable, Comparable {
  case unreliable, suspect, reliable

  package static func < (left: Trust, right: Trust) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .unreliable: 0
    case .suspect: 1
    case .reliable: 2
    }
  }
}

/// One check on the attack itself (after Carlini et al. 2019, arXiv 1902.06705, and Pintor et al. 2022, arXiv 2106.09947).
package struct TrustCheck: Equatable, Sendable {
  package let name: String
  /// What the check alone makes of the number.
  package let trust: Trust
  /// What was seen, in a sentence.
  package let detail: String
}

/// Seconds that something took. Two measurements of the same thing are equal whatever the clock said.
package struct Elapsed: Equatable, Sendable {
  package let seconds: Double

  package static func == (left: Elapsed, right: Elapsed) -> Bool { true }
}
