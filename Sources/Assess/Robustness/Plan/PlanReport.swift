// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What attacks, one after the other, made of a model.
package struct PlanReport: Sendable {
  /// One attack of the plan.
  package struct Attempt: Sendable, Codable, Equatable {
    package let attack: String
    package let radius: Float
    /// Examples that were left for it.
    package let attacked: Int
    package let fooled: Int
    /// How often the model was asked for scores alone, and for slopes too.
    package let scoreQueries: Int
    package let slopeQueries: Int
    package let seconds: Double
  }

  /// What became of one example.
  package enum Outcome: String, Codable, Equatable, Sendable {
    /// The model was wrong before anything was changed.
    case misclassified
    /// A change within the radius made the model wrong.
    case fooled
    /// The attacks found no such change.
    case resisted
    /// The example is a row that the schema of its table does not allow: nothing was measured on it.
    case infeasible
  }

  /// One example.
  package struct Example: Sendable, Codable, Equatable {
    /// Its place in the data.
    package let row: Int
    package let label: Int64
    package let outcome: Outcome
    /// The attack that fooled the model, and what the model said then.
    package var attack: String?
    package var answer: Int64?
    /// The smallest radius of the order at which it was fooled, and the length of the change, in the norm and unit of the radius.
    package var radius: Float?
    package var distance: Float?
    /// The share that softmax gives to the right class of the example, and to the wrong answer afterwards.
    package var confidenceBefore: Float?
    package var confidenceAfter: Float?
    /// What was changed of a row of a table, in raw units: the cheapest change that was found.
    package var changes: [FeatureChange]?
  }

  /// The accuracy within a radius: what the plan left, or for radii between what a short attack left. The true one is at most that.
  package struct CurvePoint: Sendable, Equatable {
    package let radius: Float
    package let robust: Proportion
    package let isOfPlan: Bool
  }

  package let order: AttackOrder
  /// What class 0, 1 and so on are called, where they have names.
  package var classNames: [String]?
  package let box: Box
  package let clean: Proportion
  /// Within the largest radius.
  package let robust: Proportion
  /// The output of the model that was taken for its answer.
  package let answeredBy: String
  /// What was taken for the model's logits.
  package let differentiated: String
  package let classes: Int
  package let attempts: [Attempt]
  package let curve: [CurvePoint]
  /// Without those of the class that an attack was to reach.
  package let examples: [Example]
  /// The inputs that fooled the model, in the model's own units, and by place in ``examples`` what they were made from.
  package let adversarials: [[Float]]
  package let adversarialPlaces: [Int]
  package let trust: Trust
  package let checks: [TrustCheck]
  /// Why this is not what the plan's name says; nil when it is.
  package let deviation: String?
  /// False when the time was up before all attacks were done: more examples might have been fooled.
  package let isComplete: Bool
  package internal(set) var seconds: Double
}

/// How far the attacks are.
package struct PlanProgress: Sendable, Equatable {
  /// The attack or check.
  package let step: String
  package let done: Int
  package let total: Int
}
