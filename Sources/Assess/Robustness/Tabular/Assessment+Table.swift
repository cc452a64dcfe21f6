// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletRuntime
import MartletTables

/// What the attacks on a table made of it.
struct TableRun {
  let order: AttackOrder
  let space: TableSpace
  let model: AttackModel
  /// Why the model has no slopes; nil when it has.
  let blind: String?
  let clean: [Bool]
  let rows: [[Float]]
  /// Rows that the schema does not allow.
  let broken: Set<Int>
  var attempts: [PlanReport.Attempt] = []
  var fooled: [Int: (attack: String, values: [Float])] = [:]
  var isComplete = true

  /// Rows that were measured, and those of them that the model gets right.
  var measured: [Int] { clean.indices.filter { !broken.contains($0) } }
  var right: [Int] { measured.filter { clean[$0] } }
}

extension Assessment {
  /// Runs a plan on a table: only rows that its schema allows count, and of each the cheapest change is told.
  /// - Throws: ``RobustnessError``; ``RobustnessError/table(reason:)`` for a table that does not fit its schema.
  func run(
    _ order: AttackOrder, on schema: TableSchema, clean: [Bool], _ journal: AttackJournal?,
    _ isOver: @escaping @Sendable () -> Bool, _ progress: (PlanProgress) -> Void
  ) throws(RobustnessError) -> PlanReport {
    let space = TableSpace(schema, norm: order.norm, radius: order.radius)
    let rows = try tableRows(schema)
    let broken = try brokenRows(rows, schema)
    let plain = UnitSpace(try Bounds(.unit, features: schema.width))
    let (model, blind) = try attackModel(order, in: plain)
    guard let attacks = order.plan.attacks(on: space, hasSlopes: blind == nil) else {
      throw .table(
        reason: "expected the plan fast or standard for a table with a schema, found \(order.plan.rawValue)")
    }
    var run = TableRun(
      order: order, space: space, model: model, blind: blind, clean: clean, rows: rows, broken: broken)
    guard !run.right.isEmpty else { throw .nothingRight(examples: run.measured.count) }
    try check(labels: model.classCount)
    for (place, attack) in attacks.enumerated() {
      let stage = AttackJournal.Stage(radius: order.radius, attack: place)
      let left = run.right.filter { run.fooled[$0] == nil }
      let work = try work(attack, named: attack.name, stage, on: left, model, journal, isOver, progress) {
        [run] in targets($0, run, isOver)
      }
      for (row, values) in work.found { run.fooled[row] = (attack.name, values) }
      run.attempts.append(.init(attack, stage, on: left.count, work))
    }
    run.isComplete = !isOver()
    let changes = try cheapest(run, progress)
    return try report(run, changes, progress)
  }

  func targets(
    _ part: [Int], _ run: TableRun, seed: UInt64? = nil,
    _ isOver: @escaping @Sendable () -> Bool = { false }
  ) -> Targets {
    Targets(
      ball: Ball(norm: run.order.norm, radius: run.order.radius), rows: part,
      centers: part.map { run.rows[$0] }, labels: part.map { labels[$0] }, goals: nil, examples: [:],
      shape: Array(inputs.shape.dropFirst()), seed: seed ?? run.order.seed, isOver: isOver)
  }

  private func tableRows(_ schema: TableSchema) throws(RobustnessError) -> [[Float]] {
    let width = inputs.count / labels.count
    guard inputs.shape.count == 2, width == schema.width else {
      throw .table(
        reason: "expected rows of the \(schema.width) features of the schema, found examples of the shape "
          + "\(Array(inputs.shape.dropFirst()))")
    }
    let values = try running { () throws(RuntimeError) in try inputs.array(of: Float.self) }
    return labels.indices.map { Array(values[$0 * width..<($0 + 1) * width]) }
  }

  /// The rows that could not be in the table. A few are left out; many say that the schema is not that of the data.
  private func brokenRows(_ rows: [[Float]], _ schema: TableSchema) throws(RobustnessError) -> Set<Int> {
    var broken: [(row: Int, violation: TableSchema.Violation)] = []
    for (row, values) in rows.enumerated() {
      if let violation = schema.violation(of: schema.raw(values)) { broken.append((row, violation)) }
    }
    guard broken.count * 10 > rows.count else { return Set(broken.map(\.row)) }
    var counts: [String: Int] = [:]
    for (_, violation) in broken { counts[violation.rule, default: 0] += 1 }
    let worst = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    let first = broken.first { $0.violation.rule == worst?.key } ?? broken[0]
    throw .table(
      reason:
        "expected rows that the schema allows, found \(broken.count) of \(rows.count) that it does not: most often "
        + "\(first.violation.rule), first at example \(first.row), where \(first.violation)")
  }

  /// What is left of each change when everything that it does not need is taken away.
  private func cheapest(
    _ run: TableRun, _ progress: (PlanProgress) -> Void
  ) throws(RobustnessError) -> [Int: CheapestChange.Change] {
    let shrinking = CheapestChange(space: run.space, model: run.model)
    let found = run.fooled.keys.sorted()
    var result: [Int: CheapestChange.Change] = [:]
    for first in stride(from: 0, to: found.count, by: batch) {
      progress(.init(step: "cheapest changes", done: first, total: found.count))
      let part = found[first..<min(first + batch, found.count)]
      var changes = part.map {
        shrinking.change(run.fooled[$0]?.values ?? run.rows[$0], from: run.rows[$0], label: labels[$0])
      }
      try shrinking.shrink(&changes) { false }
      for (row, change) in zip(part, changes) { result[row] = change }
    }
    return result
  }
}
