// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension PlanRun {
  /// What was found, after everything was given to the original model again.
  func report(
    isComplete: Bool, _ progress: (PlanProgress) -> Void
  ) throws(RobustnessError) -> PlanReport {
    let replay = try replay()
    let byRow = Dictionary(uniqueKeysWithValues: replay.held.map { ($0.row, $0) })
    let examples = rows.map { row in
      byRow[row]?.example
        ?? .init(row: row, label: assessment.labels[row], outcome: clean[row] ? .resisted : .misclassified)
    }
    let adversarialPlaces = examples.indices.filter { examples[$0].outcome == .fooled }
    let adversarials = adversarialPlaces.map { byRow[examples[$0].row]?.values ?? [] }
    let checks = PlanChecks(
      run: self, examples: examples, adversarials: adversarials, claims: finds.count,
      replayed: replay.held.count, isComplete: isComplete)
    let (differentiated, made) = try checks.make(progress)
    let robust = examples.count { $0.outcome == .resisted }
    return PlanReport(
      order: order, box: assessment.box, clean: Proportion(right.count, of: rows.count),
      robust: Proportion(robust, of: rows.count), answeredBy: assessment.classifier.output,
      differentiated: differentiated, classes: model.classCount, attempts: attempts, curve: curve(examples),
      examples: examples, adversarials: adversarials, adversarialPlaces: adversarialPlaces,
      trust: made.map(\.trust).min() ?? .reliable, checks: made,
      deviation: blind.map { "only attacks that need no slopes were run: \($0)" }
        ?? order.plan.deviation(classes: model.classCount, order), isComplete: isComplete, seconds: 0)
  }

  private struct Held {
    let row: Int
    let values: [Float]
    let example: PlanReport.Example
  }

  /// Gives every adversarial input to the original model in a fresh session: what is too far away or does not fool it there does
  /// not count.
  private func replay() throws(RobustnessError) -> (held: [Held], claims: Int) {
    let claims = finds.keys.sorted().compactMap { row in finds[row].map { (row: row, find: $0) } }
    let space = UnitSpace(assessment.bounds)
    let values = claims.map { space.values(at: $0.find.point) }
    let answers = try assessment.answers(to: values)
    let labels = claims.map { assessment.labels[$0.row] }
    let before = try model.confidences(claims.map { centers[$0.row] }, labels, assessment.batch)
    let after = try model.confidences(claims.map(\.find.point), answers.map { $0 ?? -1 }, assessment.batch)
    var held: [Held] = []
    for (place, (row, find)) in claims.enumerated() {
      let targets = targets([row], radius: find.radius, seed: order.seed)
      let distance = targets.ball.distance(find.point, centers[row])
      // The comparison allows for the rounding of one addition a feature.
      let isNear = distance <= find.radius * (1 + 16 * .ulpOfOne) + 4 * .ulpOfOne
      guard isNear, targets.isFooled(answers[place], at: 0) else { continue }
      held.append(
        Held(
          row: row, values: values[place],
          example: .init(
            row: row, label: labels[place], outcome: .fooled, attack: find.attack, answer: answers[place],
            radius: find.radius, distance: distance, confidenceBefore: before[place],
            confidenceAfter: after[place])))
    }
    return (held, claims.count)
  }

  private func curve(_ examples: [PlanReport.Example]) -> [PlanReport.CurvePoint] {
    let total = rows.count
    func point(_ radius: Float, lost: Int, isOfPlan: Bool) -> PlanReport.CurvePoint {
      .init(radius: radius, robust: Proportion(right.count - lost, of: total), isOfPlan: isOfPlan)
    }
    var curve = order.radii.first == 0 ? [] : [point(0, lost: 0, isOfPlan: false)]
    for radius in between.radii {
      curve.append(point(radius, lost: between.fooled.values.count { $0 <= radius }, isOfPlan: false))
    }
    for radius in order.radii {
      let lost = examples.count { $0.radius.map { $0 <= radius } ?? false }
      curve.append(point(radius, lost: lost, isOfPlan: true))
    }
    return curve
  }
}
