// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletTables

extension Assessment {
  /// Survivors on which the search is repeated.
  private static let sample = 100

  func report(
    _ run: TableRun, _ changes: [Int: CheapestChange.Change], _ progress: (PlanProgress) -> Void
  ) throws(RobustnessError) -> PlanReport {
    let claims = changes.keys.sorted()
    var values = claims.map { changes[$0]?.row.values ?? [] }
    var answers = try answers(to: values)
    // Where rounding took back what was cut too close, the larger change may still hold.
    let lost = claims.indices.filter { answers[$0] == labels[claims[$0]] }
    let larger = lost.map { run.fooled[claims[$0]]?.values ?? values[$0] }
    for (index, (values_, answer)) in zip(lost, zip(larger, try self.answers(to: larger))) {
      (values[index], answers[index]) = (values_, answer)
    }
    let before = try run.model.confidences(
      claims.map { run.rows[$0] }, claims.map { labels[$0] }, batch)
    let after = try run.model.confidences(values, answers.map { $0 ?? -1 }, batch)
    var examples = run.clean.indices.map { row in
      PlanReport.Example(
        row: row, label: labels[row],
        outcome: run.broken.contains(row) ? .infeasible : run.clean[row] ? .resisted : .misclassified)
    }
    var held: [Bool] = []
    for (place, row) in claims.enumerated() {
      let (changed, origin) = (run.space.row(values[place]), run.space.row(run.rows[row]))
      let isAllowed = run.space.isAllowed(changed, from: origin)
      held.append(isAllowed && answers[place] != labels[row])
      guard held[place] else { continue }
      examples[row] = .init(
        row: row, label: labels[row], outcome: .fooled, attack: run.fooled[row]?.attack,
        answer: answers[place], radius: run.order.radius,
        distance: Float(run.space.distance(changed.raw, origin.raw)), confidenceBefore: before[place],
        confidenceAfter: after[place], changes: run.space.changes(changed.raw, from: origin.raw))
    }
    let checks = try tableChecks(run, examples, held, progress)
    let resisted = examples.count { $0.outcome == .resisted }
    return PlanReport(
      order: run.order, box: box, clean: Proportion(run.right.count, of: run.measured.count),
      robust: Proportion(resisted, of: run.measured.count), answeredBy: classifier.output,
      differentiated: try differentiated(run), classes: run.model.classCount, attempts: run.attempts,
      curve: curve(run, examples), examples: examples,
      adversarials: zip(values, held).filter(\.1).map(\.0),
      adversarialPlaces: zip(claims, held).filter(\.1).map(\.0),
      trust: checks.map(\.trust).min() ?? .reliable, checks: checks,
      deviation: run.blind.map { "only the genetic search was run, which needs no slopes: \($0)" },
      isComplete: run.isComplete, seconds: 0)
  }

  private func differentiated(_ run: TableRun) throws(RobustnessError) -> String {
    if run.blind != nil { return "nothing" }
    do throws(AutodiffError) { return try LossGradient.of(model).differentiated } catch {
      throw .noGradient(reason: model.reason(of: error))
    }
  }

  /// By the cheapest changes: what is left within parts of the radius.
  private func curve(_ run: TableRun, _ examples: [PlanReport.Example]) -> [PlanReport.CurvePoint] {
    let distances = examples.compactMap { $0.outcome == .fooled ? $0.distance : nil }
    return [Float(0), 0.125, 0.25, 0.5, 0.75, 1].map { part in
      let radius = run.order.radius * part
      let lost = part == 1 ? distances.count : distances.count { $0 <= radius }
      return .init(
        radius: radius, robust: Proportion(run.right.count - lost, of: run.measured.count),
        isOfPlan: part == 1)
    }
  }

  private func tableChecks(
    _ run: TableRun, _ examples: [PlanReport.Example], _ held: [Bool], _ progress: (PlanProgress) -> Void
  ) throws(RobustnessError) -> [TrustCheck] {
    let failed = held.count { !$0 }
    let undefined = run.model.undefinedPoints
    var checks = [
      TrustCheck(
        name: "rows of the data", trust: run.broken.isEmpty ? .reliable : .suspect,
        detail: run.broken.isEmpty
          ? "the schema allows all \(run.clean.count) rows as they are"
          : "the schema does not allow \(run.broken.count) of \(run.clean.count) rows as they are, which were left out"
      ),
      TrustCheck(
        name: "replay", trust: failed == 0 ? .reliable : .suspect,
        detail: failed == 0
          ? "all \(held.count) adversarial rows obey the schema in raw units and fool the original model in a fresh session"
          : "\(failed) of \(held.count) adversarial rows do not obey the schema or do not fool the original model, and were not counted"
      ),
      reach(run),
      .betterThanChance(
        Proportion(run.right.count, of: run.measured.count), classes: run.model.classCount),
      try .sameAnswerTwice(run.model, at: Array(run.rows.prefix(64)), run.order),
      TrustCheck(
        name: "finite scores", trust: undefined == 0 ? .reliable : .suspect,
        detail: undefined == 0 ? "all scores were finite" : "\(undefined) scores on the way were not finite"),
    ]
    if let blind = run.blind {
      checks.append(
        TrustCheck(
          name: "slopes", trust: .suspect,
          detail: "the model has no slopes to follow, and a search that only asks finds less: \(blind)"))
    }
    if run.isComplete {
      checks.append(try convergence(run, examples, progress))
    } else {
      checks.append(.outOfTime)
    }
    return checks
  }

  /// Whether there is anything to change within the radius.
  private func reach(_ run: TableRun) -> TrustCheck {
    let all = run.space.schema.parts.count
    let counts = run.right.map { row in
      Breeding(run.space, target: 0, origin: run.space.row(run.rows[row]), CounterRandom(seed: 0), row: row)
        .parts.count
    }
    let stuck = counts.count { $0 == 0 }
    let dear = run.space.schema.parts.count { part in
      run.space.isDiscrete(part) && run.space.mayChange(part) && !run.space.isNear(run.space.cost(of: part))
    }
    let note =
      dear == 0
      ? "" : "; a lower `cost` would bring \(dear) more booleans, categories or groups within it"
    let most = counts.max() ?? 0
    return TrustCheck(
      name: "reach", trust: stuck == 0 ? .reliable : stuck == counts.count ? .unreliable : .suspect,
      detail: (stuck == 0
        ? "up to \(most) of \(all) features and groups can be changed within the radius"
        : "nothing can be changed within the radius in \(stuck) of \(counts.count) rows") + note)
  }

  /// The same search again from another seed must not find more.
  private func convergence(
    _ run: TableRun, _ examples: [PlanReport.Example], _ progress: (PlanProgress) -> Void
  ) throws(RobustnessError) -> TrustCheck {
    let resisted = examples.filter { $0.outcome == .resisted }.map(\.row)
    let rows = Array(resisted.prefix(Self.sample))
    let attacks = run.order.plan.attacks(on: run.space, hasSlopes: run.blind == nil) ?? []
    var fooled = Set<Int>()
    for attack in attacks {
      let left = rows.filter { !fooled.contains($0) }
      for first in stride(from: 0, to: left.count, by: batch) {
        progress(.init(step: "checks", done: first, total: left.count))
        let part = Array(left[first..<min(first + batch, left.count)])
        let found = try attack.run(targets(part, run, seed: run.order.seed &+ 1), on: run.model)
        for (row, values) in zip(part, found) where values != nil { fooled.insert(row) }
      }
    }
    let share = Double(fooled.count) / Double(max(1, rows.count))
    return TrustCheck(
      name: "converged", trust: share <= 0.005 ? .reliable : share <= 0.05 ? .suspect : .unreliable,
      detail:
        "the same attacks from another seed fool \(fooled.isEmpty ? "none" : "\(fooled.count)") of \(rows.count) rows that resisted"
        + (share <= 0.005 || run.order.plan == .standard ? "" : "; `--attack standard` searches longer"))
  }
}
