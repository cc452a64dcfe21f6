// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletRuntime

/// The checks that a plan of attacks makes beside those of ``TrustChecks``.
extension Assessment {
  /// Examples on which the slower checks are made.
  private static let sample = 200

  func planChecks(
    _ order: AttackOrder, _ model: AttackModel, blind: String?, _ examples: [PlanReport.Example],
    _ attempts: [PlanReport.Attempt], resisted: [Int], held: [Bool], adversarials: [[Float]],
    missed: Int, isComplete: Bool, _ progress: (PlanProgress) -> Void
  ) throws(RobustnessError) -> (differentiated: String, checks: [TrustCheck]) {
    if let blind { return ("nothing", try blindChecks(order, model, blind, held, isComplete: isComplete)) }
    let loss: LossGradient
    do throws(AutodiffError) { loss = try LossGradient.of(self.model) } catch {
      throw .noGradient(reason: self.model.reason(of: error))
    }
    let attacker = Attacker(
      model: try GradientModel(loss, library: library, options: options), inputs: inputs, labels: labels,
      bounds: bounds, batch: batch)
    let pgd = PGD(radius: min(1, order.radius), steps: 40, box: order.box)
    let right = examples.filter { $0.outcome != .misclassified }.map(\.row)
    var checks = try TrustChecks(
      attacker: attacker, attack: pgd, right: right, resisted: resisted, undefined: model.undefinedPoints,
      replayed: held
    ).run { progress(.init(step: "checks", done: $0, total: $1)) }
    checks.append(chance(examples, model.classCount))
    checks.append(try randomness(model, order))
    checks.append(try probabilities(model))
    if let check = blackBox(attempts, of: examples.count) { checks.append(check) }
    checks.append(try convergence(order, model, resisted))
    if order.box == .unit, !adversarials.isEmpty { checks.append(try rounding(adversarials, examples)) }
    checks.append(
      TrustCheck(
        name: "smaller radius", trust: missed == 0 ? .reliable : .suspect,
        detail: missed == 0
          ? "no short attack within a smaller radius fooled what resisted"
          : "a short attack within a smaller radius fooled \(missed) examples that resisted the plan: it is too weak"
      ))
    if !isComplete { checks.append(Self.outOfTime) }
    return (loss.differentiated, checks)
  }

  static let outOfTime = TrustCheck(
    name: "time", trust: .suspect,
    detail: "the time was up before all attacks were done: more examples might have been fooled")

  /// What can be said where there are no slopes. It is never reliable: such attacks need many questions and find less.
  private func blindChecks(
    _ order: AttackOrder, _ model: AttackModel, _ reason: String, _ held: [Bool], isComplete: Bool
  ) throws(RobustnessError) -> [TrustCheck] {
    let failed = held.count { !$0 }
    var checks = [
      TrustCheck(
        name: "slopes", trust: .suspect,
        detail: "the model has no slopes to follow, and attacks that only ask find less: \(reason)"),
      TrustCheck(
        name: "replay", trust: failed == 0 ? .reliable : .suspect,
        detail: failed == 0
          ? "all \(held.count) adversarial inputs fool the original model in a fresh session"
          : "\(failed) of \(held.count) adversarial inputs do not fool the original model and were not counted"
      ),
      try randomness(model, order),
    ]
    if !isComplete { checks.append(Self.outOfTime) }
    return checks
  }

  /// A model that only guesses has nothing to lose.
  func chance(_ examples: [PlanReport.Example], _ classes: Int) -> TrustCheck {
    let right = Proportion(examples.count { $0.outcome != .misclassified }, of: examples.count)
    let isGuess = right.interval.lowerBound <= 1 / Double(classes) && examples.count > 1
    return TrustCheck(
      name: "better than chance", trust: isGuess ? .suspect : .reliable,
      detail: isGuess
        ? "as they are, the model gets \(right.hits) of \(right.total) examples right, which guessing might do too: see whether "
          + "labels and scaling are the model's own"
        : "as they are, the model gets more examples right than guessing would")
  }

  /// The same question five times: other answers mean that attacks see noise.
  /// - Parameter points: nil for the first examples.
  func randomness(
    _ model: AttackModel, _ order: AttackOrder, at points: [[Float]]? = nil
  ) throws(RobustnessError) -> TrustCheck {
    let points = if let points { points } else { try firstPlaces() }
    let first = try model.logits(points.flatMap { $0 }, count: points.count)
    let scale = first.reduce(0) { max($0, $1.isFinite ? abs($1) : 0) }
    var largest: Float = 0
    for _ in 1..<5 {
      let next = try model.logits(points.flatMap { $0 }, count: points.count)
      for (a, b) in zip(first, next) where a.isFinite && b.isFinite { largest = max(largest, abs(a - b)) }
    }
    let isSteady = largest <= 1e-4 * max(scale, 1e-6)
    return TrustCheck(
      name: "same answer twice",
      trust: isSteady ? .reliable : order.plan == .rand ? .suspect : .unreliable,
      detail: isSteady
        ? "asked five times, the model gives the same scores"
        : "asked five times, the model gives other scores each time: attacks that do not average see noise"
          + (order.plan == .rand ? "" : "; use --attack rand"))
  }

  /// Probabilities have slopes that vanish where the model is sure.
  private func probabilities(_ model: AttackModel) throws(RobustnessError) -> TrustCheck {
    let points = try firstPlaces()
    let scores = try model.logits(points.flatMap { $0 }, count: points.count)
    let areProbabilities = points.indices.allSatisfy { row in
      let own = scores[row * model.classCount..<(row + 1) * model.classCount]
      return own.allSatisfy { (0...1).contains($0) } && abs(own.reduce(0, +) - 1) <= 1e-5
    }
    return TrustCheck(
      name: "logits", trust: areProbabilities ? .unreliable : .reliable,
      detail: areProbabilities
        ? "what was taken for logits are probabilities, whose slopes vanish where the model is sure"
        : "the scores that were differentiated are no probabilities")
  }

  /// What only asks for scores must not find what slopes do not.
  private func blackBox(_ attempts: [PlanReport.Attempt], of count: Int) -> TrustCheck? {
    guard let square = attempts.first(where: { $0.attack == "Square" }), attempts.count > 1 else {
      return nil
    }
    let share = Double(square.fooled) / Double(max(1, count))
    return TrustCheck(
      name: "black box", trust: share <= 0.002 ? .reliable : share <= 0.02 ? .suspect : .unreliable,
      detail: share <= 0.002
        ? "the attack that sees no slopes found nothing that the others did not"
        : "the attack that sees no slopes fooled \(square.fooled) examples that resisted the others: the slopes mislead, or lead into dead ends; `--attack plus` tries more starts"
    )
  }

  /// More of the same must not find more.
  private func convergence(
    _ order: AttackOrder, _ model: AttackModel, _ resisted: [Int]
  ) throws(RobustnessError) -> TrustCheck {
    let rows = Array(resisted.prefix(Self.sample))
    let centers = try centers(of: rows)
    let longer = APGD(loss: .crossEntropy, steps: 200)
    var fooled = 0
    for first in stride(from: 0, to: rows.count, by: batch) {
      let part = first..<min(first + batch, rows.count)
      let targets = targets(
        Array(rows[part]), at: Array(centers[part]), Ball(norm: order.norm, radius: order.radius),
        order.seed &+ 1)
      fooled += try longer.run(targets, on: model).count { $0 != nil }
    }
    let share = Double(fooled) / Double(max(1, labels.count))
    return TrustCheck(
      name: "converged", trust: share <= 0.002 ? .reliable : share <= 0.02 ? .suspect : .unreliable,
      detail: fooled == 0
        ? "twice as many steps from another start fool none of \(rows.count) examples that resisted"
        : "twice as many steps from another start fool \(fooled) of \(rows.count) examples that resisted")
  }

  /// A picture that is stored has 256 levels.
  private func rounding(
    _ adversarials: [[Float]], _ examples: [PlanReport.Example]
  ) throws(RobustnessError) -> TrustCheck {
    let rows = examples.filter { $0.outcome == .fooled }.map(\.row)
    let rounded = adversarials.map { $0.map { ($0 * 255).rounded() / 255 } }
    let lost = zip(try answers(to: rounded), rows).count { $0 == labels[$1] }
    return TrustCheck(
      name: "256 levels", trust: lost * 2 <= rows.count ? .reliable : .suspect,
      detail:
        "\(rows.count - lost) of \(rows.count) adversarial inputs still fool the model when every value is rounded to "
        + "one of 256 levels")
  }

  private func firstPlaces() throws(RobustnessError) -> [[Float]] {
    try centers(of: Array(labels.indices.prefix(min(64, batch))))
  }

  func centers(of rows: [Int]) throws(RobustnessError) -> [[Float]] {
    guard !rows.isEmpty else { return [] }
    let values = try running { () throws(RuntimeError) in try inputs.rows(rows).array(of: Float.self) }
    let (all, width) = (UnitSpace(bounds).places(of: values), bounds.low.count)
    return rows.indices.map { Array(all[$0 * width..<($0 + 1) * width]) }
  }
}
