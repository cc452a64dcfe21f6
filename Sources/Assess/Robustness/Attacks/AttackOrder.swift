// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletTables

/// What an assessment is to find out: whether a change of at most `radius` can make the model wrong.
package struct AttackOrder: Sendable, Equatable {
  package var plan: AttackPlan
  package var norm: Norm
  /// In the maximum norm the change of a feature as a fraction of its range in the box, in L2 the length of all of them.
  package var radius: Float
  package var box: Box
  package var seed: UInt64
  /// No attack begins anything new after this many seconds; nil for no limit.
  package var seconds: Double?
  /// What the rows may be, where the inputs are a table: then the radius is a fraction of the ranges that it gives.
  package var schema: TableSchema?

  package init(
    plan: AttackPlan = .fast, norm: Norm = .linf, radius: Float, box: Box = .unit, seed: UInt64 = 0,
    seconds: Double? = nil, schema: TableSchema? = nil
  ) {
    self.plan = plan
    self.norm = norm
    self.radius = radius
    self.box = box
    self.seed = seed
    self.seconds = seconds
    self.schema = schema
  }
}

/// What attacks, one after the other, made of a model.
package struct PlanReport: Sendable {
  /// One attack of the plan.
  package struct Attempt: Sendable, Codable, Equatable {
    package let attack: String
    /// Examples that were left for it.
    package let attacked: Int
    package let fooled: Int
    /// How often the model was asked for scores alone, and for slopes too.
    package let scoreQueries: Int
    package let slopeQueries: Int
    package let seconds: Double
  }

  /// What became of one example.
  package struct Example: Sendable, Codable, Equatable {
    package let row: Int
    package let label: Int64
    package let outcome: AttackReport.Outcome
    /// The attack that fooled the model, and what the model said then.
    package var attack: String?
    package var answer: Int64?
    /// The length of the change, in the norm and unit of the radius.
    package var distance: Float?
    /// The share that softmax gives to the right class of the example, and to the wrong answer afterwards.
    package var confidenceBefore: Float?
    package var confidenceAfter: Float?
    /// What was changed of a row of a table, in raw units: the cheapest change that was found.
    package var changes: [FeatureChange]?
  }

  /// The accuracy that a short attack leaves within a smaller radius, and the plan within its own: the true one is at most that.
  package struct CurvePoint: Sendable, Equatable {
    package let radius: Float
    package let robust: Proportion
  }

  package let order: AttackOrder
  package let clean: Proportion
  package let robust: Proportion
  /// The output of the model that was taken for its answer.
  package let answeredBy: String
  /// What was taken for the model's logits.
  package let differentiated: String
  package let classes: Int
  package let attempts: [Attempt]
  package let curve: [CurvePoint]
  package let examples: [Example]
  /// The inputs that fooled the model, in the model's own units, and the examples they were made from.
  package let adversarials: [[Float]]
  package let adversarialRows: [Int]
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
