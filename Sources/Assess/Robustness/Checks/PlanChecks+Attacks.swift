// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Checks that look at what the attacks found, and what they did not.
extension PlanChecks {
  /// What fools the graph with slopes must fool the model itself.
  var replay: TrustCheck {
    let failed = claims - replayed
    return TrustCheck(
      name: "replay", trust: failed == 0 ? .reliable : failed * 20 < claims ? .suspect : .unreliable,
      detail: failed == 0
        ? "all \(claims) adversarial inputs fool the original model in a fresh session"
        : "\(failed) of \(claims) adversarial inputs do not fool the original model and were not counted")
  }

  /// Who may change everything must always win. Only examples that resisted are tried: whoever was fooled within the radius is
  /// fooled without one.
  func withoutBound() throws(RobustnessError) -> TrustCheck {
    // The longest way in the box.
    let width = Float(model.space.width)
    let radius = max(order.radius, order.norm == .linf ? 1 : width.squareRoot())
    let fooled = try count(
      fooledBy: GradientSteps(steps: 40), Array(resisted.prefix(Self.unboundedSample)), radius: radius,
      seed: order.seed)
    let left = min(resisted.count, Self.unboundedSample) - fooled
    let share = right.isEmpty ? 0 : Double(left) / Double(right.count)
    return TrustCheck(
      name: "unbounded attack", trust: share <= 0.01 ? .reliable : share <= 0.1 ? .suspect : .unreliable,
      detail: left == 0
        ? "without a bound every answer can be made wrong"
        : "without a bound \(left) of \(right.count) right answers still hold, where none should: the attack is too weak "
          + "for this model")
  }

  /// What only asks for scores must not find what slopes do not.
  var blackBox: TrustCheck? {
    guard order.plan != .blackbox else {
      return TrustCheck(
        name: "black box", trust: .suspect,
        detail: "only attacks that see no slopes were run, though the model has slopes: they find less")
    }
    let found = run.attempts.filter { $0.attack == "Square" }.reduce(0) { $0 + $1.fooled }
    guard run.attempts.contains(where: { $0.attack == "Square" }) else { return nil }
    let trust = Trust.missing(found, of: examples.count)
    return TrustCheck(
      name: "black box", trust: trust,
      detail: trust == .reliable
        ? "the attack that sees no slopes found nothing that the others did not"
        : "the attack that sees no slopes fooled \(found) examples that resisted the others: the slopes mislead, or lead into dead ends; `--attack plus` tries more starts"
    )
  }

  /// More of the same must not find more.
  func converged() throws(RobustnessError) -> TrustCheck {
    let rows = Array(resisted.prefix(Self.sample))
    let longer = APGD(loss: .crossEntropy, steps: 200)
    let fooled = try count(fooledBy: longer, rows, radius: order.radius, seed: order.seed &+ 1)
    return TrustCheck(
      name: "converged", trust: .missing(fooled, of: examples.count),
      detail: fooled == 0
        ? "twice as many steps from another start fool none of \(rows.count) examples that resisted"
        : "twice as many steps from another start fool \(fooled) of \(rows.count) examples that resisted")
  }

  private func count(
    fooledBy attack: any Attack, _ rows: [Int], radius: Float, seed: UInt64
  ) throws(RobustnessError) -> Int {
    var fooled = 0
    for rows in run.batches(rows) {
      fooled += try attack.run(run.targets(rows, radius: radius, seed: seed), on: model).count { $0 != nil }
    }
    return fooled
  }

  /// A picture that is stored has 256 levels.
  func levels() throws(RobustnessError) -> TrustCheck? {
    guard run.assessment.box == .unit, !adversarials.isEmpty else { return nil }
    let rows = examples.filter { $0.outcome == .fooled }.map(\.row)
    let rounded = adversarials.map { $0.map { ($0 * 255).rounded() / 255 } }
    let targets = run.targets(rows, radius: order.radius, seed: order.seed)
    let lost = try run.assessment.answers(to: rounded).enumerated().count { place, answer in
      !targets.isFooled(answer, at: place)
    }
    return TrustCheck(
      name: "256 levels", trust: lost * 2 <= rows.count ? .reliable : .suspect,
      detail:
        "\(rows.count - lost) of \(rows.count) adversarial inputs still fool the model when every value is rounded to "
        + "one of 256 levels")
  }

  var smallerRadius: TrustCheck {
    let missed = resisted.count { run.between.fooled[$0] != nil }
    return TrustCheck(
      name: "smaller radius", trust: missed == 0 ? .reliable : .suspect,
      detail: missed == 0
        ? "no short attack within a smaller radius fooled what resisted"
        : "a short attack within a smaller radius fooled \(missed) examples that resisted the plan: it is too weak"
    )
  }
}
