// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletTables

/// What an assessment is to find out: whether a change of at most some radius can make the model wrong.
package struct AttackOrder: Sendable, Equatable {
  package var plan: AttackPlan
  package var norm: Norm
  /// In rising order, at least one. In the maximum norm the change of a feature as a fraction of its range in the box, in L2 the
  /// length of all of them.
  package var radii: [Float]
  /// What the model is to be made to say; any wrong answer will do where it is nil.
  package var goal: Goal?
  /// Slopes that are averaged, for a model that answers at random; nil for as many as the plan takes.
  package var samples: Int?
  package var seed: UInt64
  /// No attack begins anything new after this many seconds; nil for no limit.
  package var seconds: Double?
  /// What the rows may be, where the inputs are a table: then the radius is a fraction of the ranges that it gives.
  package var schema: TableSchema?

  /// The largest radius.
  package var radius: Float { radii.last ?? 0 }

  package init(
    plan: AttackPlan = .fast, norm: Norm = .linf, radii: [Float], goal: Goal? = nil, samples: Int? = nil,
    seed: UInt64 = 0, seconds: Double? = nil, schema: TableSchema? = nil
  ) {
    self.plan = plan
    self.norm = norm
    self.radii = Set(radii).sorted()
    self.goal = goal
    self.samples = samples
    self.seed = seed
    self.seconds = seconds
    self.schema = schema
  }

  package init(
    plan: AttackPlan = .fast, norm: Norm = .linf, radius: Float, goal: Goal? = nil, samples: Int? = nil,
    seed: UInt64 = 0, seconds: Double? = nil, schema: TableSchema? = nil
  ) {
    self.init(
      plan: plan, norm: norm, radii: [radius], goal: goal, samples: samples, seed: seed, seconds: seconds,
      schema: schema)
  }

  /// - Throws: ``RobustnessError/unsuitableAttack(parameter:reason:)``.
  func check() throws(RobustnessError) {
    guard !radii.isEmpty else {
      throw .unsuitableAttack(parameter: "radius", reason: "expected at least one, found none")
    }
    for radius in radii where !(radius >= 0 && radius.isFinite) {
      throw .unsuitableAttack(parameter: "radius", reason: "expected a number from 0, found \(radius)")
    }
    if let samples, !(1...10_000).contains(samples) {
      throw .unsuitableAttack(parameter: "samples", reason: "expected 1 to 10000, found \(samples)")
    }
    if schema != nil, goal != nil || radii.count > 1 {
      throw .unsuitableAttack(parameter: "schema", reason: "tables take one radius and no wanted answer")
    }
    if plan == .cw, norm != .l2 {
      throw .unsuitableAttack(parameter: "norm", reason: "the attack of Carlini and Wagner is one in L2")
    }
  }
}

/// The answer that an attack wants of the model.
package enum Goal: Sendable, Equatable {
  /// One class for all examples, but for those of the class itself.
  case label(Int64)
  /// For each example the class that the model holds least likely.
  case leastLikely
}

extension Goal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .label(let label): "class \(label)"
    case .leastLikely: "the least likely class"
    }
  }
}

extension AttackOrder: CustomStringConvertible {
  /// Everything that the result depends on; not how long it may take.
  package var description: String {
    let radii = radii.map { "\($0)" }.joined(separator: ", ")
    var words = "\(plan.rawValue) in \(norm.rawValue) within \(radii)"
    if let goal { words += " towards \(goal)" }
    if let samples { words += " with \(samples) slopes" }
    return words + ", seed \(seed)"
  }
}
