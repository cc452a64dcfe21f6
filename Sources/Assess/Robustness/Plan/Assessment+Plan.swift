// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletRuntime

extension Assessment {
  /// Runs a plan of attacks within each radius, each attack on the examples that are left.
  /// - Parameter journal: takes what is found as it is found, and knows what was found before.
  /// - Throws: ``RobustnessError``.
  package func run(
    _ order: AttackOrder, journal: AttackJournal? = nil, _ progress: (PlanProgress) -> Void = { _ in }
  ) throws(RobustnessError) -> PlanReport {
    try order.check()
    let clock = ContinuousClock()
    let begin = clock.now
    let isOver: @Sendable () -> Bool = {
      order.seconds.map { (clock.now - begin) / .seconds(1) > $0 } ?? false
    }
    let clean = try cleanOutcomes(progress)
    var report: PlanReport
    if let schema = order.schema {
      report = try run(order, on: schema, clean: clean, journal, isOver, progress)
    } else {
      report = try run(order, clean: clean, journal, isOver, progress)
    }
    report.seconds = (clock.now - begin) / .seconds(1)
    return report
  }

  private func run(
    _ order: AttackOrder, clean: [Bool], _ journal: AttackJournal?, _ isOver: @escaping @Sendable () -> Bool,
    _ progress: (PlanProgress) -> Void
  ) throws(RobustnessError) -> PlanReport {
    var run = try PlanRun(self, order, clean: clean, isOver: isOver)
    try run.attack(journal, progress)
    let isComplete = !run.isOver()
    try run.fillCurve(progress)
    return try run.report(isComplete: isComplete, progress)
  }

  /// The model with slopes, or without and why.
  /// - Parameter space: where the attacks do their sums.
  func attackModel(
    _ order: AttackOrder, in space: UnitSpace
  ) throws(RobustnessError) -> (AttackModel, blind: String?) {
    let shape = Array(inputs.shape.dropFirst())
    do throws(RobustnessError) {
      let whole = try AttackModel(
        model, space: space, shape: shape, samples: order.samples ?? order.plan.samples, library: library,
        sharing: sharing)
      // Also the way back must be there.
      do throws(AutodiffError) { _ = try LossGradient.of(model) } catch {
        throw RobustnessError.noGradient(reason: model.reason(of: error))
      }
      return (whole, nil)
    } catch {
      guard case .noGradient(let reason) = error else { throw error }
      let answering = try AttackModel(
        answersOf: model, session: try freshSession(), classes: Int((labels.max() ?? 0) + 1), space: space,
        shape: shape, library: library, sharing: sharing)
      return (answering, reason)
    }
  }

  /// Runs one attack on some rows, batch by batch, but for those that the journal knows to be done.
  /// - Parameter targets: the rows of a batch as an attack takes them.
  func work(
    _ attack: any Attack, named name: String, _ stage: AttackJournal.Stage, on rows: [Int],
    _ model: AttackModel, _ journal: AttackJournal?, _ isOver: () -> Bool, _ progress: (PlanProgress) -> Void,
    targets: ([Int]) -> Targets
  ) throws(RobustnessError) -> AttackJournal.Work {
    let clock = ContinuousClock()
    var work = AttackJournal.Work()
    if let known = journal?.known(stage, width: model.space.width) { work.add(known) }
    let done = Set(work.rows)
    for part in batches(rows.filter { !done.contains($0) }) {
      if isOver() { break }
      progress(.init(step: name, done: work.rows.count, total: rows.count))
      let (start, before) = (clock.now, model.queries)
      var batch = AttackJournal.Work(rows: part)
      for (row, point) in zip(part, try attack.run(targets(part), on: model)) {
        if let point { batch.found[row] = point }
      }
      let after = model.queries
      batch.scoreQueries = after.plain - before.plain
      batch.slopeQueries = after.slopes - before.slopes
      batch.seconds = (clock.now - start) / .seconds(1)
      // What was cut short would have gone on.
      if !isOver() { try journal?.append(batch, to: stage) }
      work.add(batch)
    }
    progress(.init(step: name, done: rows.count, total: rows.count))
    return work
  }

  /// Some rows in batches.
  func batches(_ rows: [Int]) -> [[Int]] {
    stride(from: 0, to: rows.count, by: batch).map { Array(rows[$0..<min($0 + batch, rows.count)]) }
  }
}

/// A plan at work.
struct PlanRun {
  /// What fooled the model.
  struct Find {
    let attack: String
    let radius: Float
    let point: [Float]
  }

  let assessment: Assessment
  let order: AttackOrder
  let model: AttackModel
  /// Why the model has no slopes; nil where it has.
  let blind: String?
  /// The rows that are looked at: all but those of the class to be reached.
  let rows: [Int]
  /// By row, whether the model is right about it as it is.
  let clean: [Bool]
  /// By row, in the unit space.
  let centers: [[Float]]
  /// By row.
  let goals: [Int64]?
  let examples: [Int64: [Float]]
  let isOver: @Sendable () -> Bool

  /// By row.
  private(set) var finds: [Int: Find] = [:]
  private(set) var attempts: [PlanReport.Attempt] = []
  /// Radii between those of the order, and by row the smallest at which a short attack was enough.
  private(set) var between: (radii: [Float], fooled: [Int: Float]) = ([], [:])

  /// Rows of which the model is right.
  var right: [Int] { rows.filter { clean[$0] } }

  init(
    _ assessment: Assessment, _ order: AttackOrder, clean: [Bool], isOver: @escaping @Sendable () -> Bool
  ) throws(RobustnessError) {
    self.assessment = assessment
    self.order = order
    self.clean = clean
    self.isOver = isOver
    (model, blind) = try assessment.attackModel(order, in: UnitSpace(assessment.bounds))
    let labels = assessment.labels
    try assessment.check(labels: model.classCount)
    centers = try assessment.centers(of: Array(labels.indices))
    switch order.goal {
    case nil: (goals, rows) = (nil, Array(labels.indices))
    case .label(let goal):
      guard (0..<Int64(model.classCount)).contains(goal) else {
        throw .unsuitableAttack(
          parameter: "target", reason: "expected a class from 0 to \(model.classCount - 1), found \(goal)")
      }
      (goals, rows) = (labels.map { _ in goal }, labels.indices.filter { labels[$0] != goal })
      guard !rows.isEmpty else {
        throw .unsuitableAttack(parameter: "target", reason: "every example is of class \(goal) already")
      }
    case .leastLikely:
      goals = try Self.leastLikely(model, centers, assessment.batch)
      rows = Array(labels.indices)
    }
    guard rows.contains(where: { clean[$0] }) else { throw .nothingRight(examples: rows.count) }
    var examples: [Int64: [Float]] = [:]
    for row in labels.indices where clean[row] && examples[labels[row]] == nil {
      examples[labels[row]] = centers[row]
    }
    self.examples = examples
  }

  private static func leastLikely(
    _ model: AttackModel, _ centers: [[Float]], _ batch: Int
  ) throws(RobustnessError) -> [Int64] {
    var goals: [Int64] = []
    while goals.count < centers.count {
      let part = centers[goals.count..<min(goals.count + batch, centers.count)]
      let logits = try model.logits(part.flatMap { $0 }, count: part.count)
      for row in 0..<part.count {
        let scores = logits[row * model.classCount..<(row + 1) * model.classCount]
        goals.append(Int64((scores.indices.min { scores[$0] < scores[$1] } ?? 0) - scores.startIndex))
      }
    }
    return goals
  }

  func targets(
    _ rows: [Int], radius: Float, seed: UInt64, isOver: @escaping @Sendable () -> Bool = { false }
  ) -> Targets {
    Targets(
      ball: Ball(norm: order.norm, radius: radius), rows: rows, centers: rows.map { centers[$0] },
      labels: rows.map { assessment.labels[$0] }, goals: goals.map { goals in rows.map { goals[$0] } },
      examples: examples, shape: Array(assessment.inputs.shape.dropFirst()), seed: seed, isOver: isOver)
  }

  func batches(_ rows: [Int]) -> [[Int]] { assessment.batches(rows) }

  mutating func attack(
    _ journal: AttackJournal?, _ progress: (PlanProgress) -> Void
  ) throws(RobustnessError) {
    let attacks = blind == nil ? order.plan.attacks : order.plan.blackBox
    for radius in order.radii {
      for (place, attack) in attacks.enumerated() {
        try run(attack, .init(radius: radius, attack: place), journal, progress)
      }
    }
  }

  private mutating func run(
    _ attack: any Attack, _ stage: AttackJournal.Stage, _ journal: AttackJournal?,
    _ progress: (PlanProgress) -> Void
  ) throws(RobustnessError) {
    let left = right.filter { finds[$0] == nil }
    let name = order.radii.count > 1 ? "\(attack.name) at \(stage.radius)" : attack.name
    let work = try assessment.work(attack, named: name, stage, on: left, model, journal, isOver, progress) {
      targets($0, radius: stage.radius, seed: order.seed, isOver: isOver)
    }
    for (row, point) in work.found {
      finds[row] = Find(attack: attack.name, radius: stage.radius, point: point)
    }
    attempts.append(.init(attack, stage, on: left.count, work))
  }

  /// A short attack within radii below the smallest of the order, for the curve.
  mutating func fillCurve(_ progress: (PlanProgress) -> Void) throws(RobustnessError) {
    guard blind == nil, let first = order.radii.first, first > 0 else { return }
    let attack = APGD(loss: .crossEntropy, steps: 20)
    for part in order.radii.count > 1 ? [Float(0.5)] : [0.125, 0.25, 0.5, 0.75] {
      let radius = first * part
      let left = right.filter { between.fooled[$0] == nil }
      var done = 0
      for rows in batches(left) {
        if isOver() { return }
        progress(.init(step: "curve", done: done, total: left.count))
        done += rows.count
        let points = try attack.run(
          targets(rows, radius: radius, seed: order.seed, isOver: isOver), on: model)
        for (row, point) in zip(rows, points) where point != nil { between.fooled[row] = radius }
      }
      between.radii.append(radius)
    }
  }
}
