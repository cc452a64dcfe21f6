// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletTables

/// Constrained adaptive PGD (Simonetto et al. 2024, arXiv 2406.00775): APGD in the space where every feature has the same range,
/// on the cross-entropy minus what the relations are broken by, with derived features computed at every step.
///
/// The path goes through rows that need not exist, such as half a car; at every step the allowed row next to it is what is shown to
/// the model. Codes without an order have no slope: they are left to ``GeneticSearch``.
struct CAPGD: Attack {
  let space: TableSpace
  var steps = 100
  /// The first from the example itself, the others from random places in the ball.
  var starts = 5

  var name: String { "CAPGD" }

  private static let rho = 0.75

  func run(_ targets: Targets, on model: AttackModel) throws(RobustnessError) -> [[Float]?] {
    let origins = targets.centers.map(space.row)
    var found = [[Float]?](repeating: nil, count: targets.count)
    for start in 0..<starts {
      let random = CounterRandom(seed: targets.seed).derived(9_001 + start)
      var paths = found.indices.filter { found[$0] == nil }.map { target in
        let relaxed = RelaxedBall(space, around: origins[target].raw)
        var stream = RandomStream(random, row: targets.rows[target])
        return Path(target, relaxed, start == 0 ? relaxed.center : relaxed.start(&stream))
      }
      try climb(&paths, origins, targets, model, &found)
      if targets.isOver() { break }
    }
    return found
  }

  /// The state of the search from one example, in the coordinates of ``RelaxedBall``.
  private struct Path {
    let target: Int
    let ball: RelaxedBall
    var point: [Double]
    var previous: [Double]
    var slope: [Double] = []
    var best: [Double]
    var bestSlope: [Double] = []
    var bestLoss = -Double.infinity
    var lastLoss = -Double.infinity
    var step: Double
    var rises = 0
    var bestAtLastCheck = -Double.infinity
    var wasHalved = true

    init(_ target: Int, _ ball: RelaxedBall, _ point: [Double]) {
      (self.target, self.ball, self.point, previous, best) = (target, ball, point, point, point)
      step = 2 * ball.radius
    }
  }

  private func climb(
    _ paths: inout [Path], _ origins: [TableRow], _ targets: Targets, _ model: AttackModel,
    _ found: inout [[Float]?]
  ) throws(RobustnessError) {
    var period = max(Int(0.22 * Double(steps)), 1)
    let (least, shrink) = (max(Int(0.06 * Double(steps)), 1), max(Int(0.03 * Double(steps)), 1))
    var sinceCheck = 0
    for step in 0...steps {
      try show(paths, origins, targets, model, &found)
      paths.removeAll { found[$0.target] != nil }
      if paths.isEmpty || step == steps || targets.isOver() { return }
      try look(&paths, targets, model)
      if step > 0 { sinceCheck += 1 }
      let isCheck = sinceCheck == period
      if isCheck {
        period = max(period - shrink, least)
        sinceCheck = 0
      }
      for index in paths.indices {
        if isCheck { check(&paths[index], period) }
        move(&paths[index], momentum: step > 0)
      }
    }
  }

  /// Gives the model the allowed rows next to the paths.
  private func show(
    _ paths: [Path], _ origins: [TableRow], _ targets: Targets, _ model: AttackModel,
    _ found: inout [[Float]?]
  ) throws(RobustnessError) {
    var rows: [(target: Int, values: [Float])] = []
    for path in paths {
      let raw = path.ball.raw(path.point)
      if let row = space.allowed(raw, from: origins[path.target]) { rows.append((path.target, row.values)) }
    }
    let wrong = try model.areWrong(rows.map(\.values), labels: rows.map { targets.labels[$0.target] })
    for (row, isWrong) in zip(rows, wrong) where isWrong { found[row.target] = row.values }
  }

  /// Asks for the loss and its slope at the paths.
  private func look(
    _ paths: inout [Path], _ targets: Targets, _ model: AttackModel
  ) throws(RobustnessError) {
    let width = space.schema.width
    let rows = paths.map { $0.ball.raw($0.point) }
    let answer = try model.answer(
      .crossEntropy, rows.flatMap { space.schema.values($0) }, labels: paths.map { targets.labels[$0.target] }
    )
    for index in paths.indices {
      let slopes = answer.slopes[index * width..<(index + 1) * width]
      let loss = Double(answer.loss[index]) - min(space.schema.relationViolation(rows[index]), 1e6)
      paths[index].slope = slope(slopes, at: rows[index], paths[index].ball)
      if loss > paths[index].lastLoss { paths[index].rises += 1 }
      paths[index].lastLoss = loss
      if loss > paths[index].bestLoss || paths[index].bestSlope.isEmpty {
        (paths[index].best, paths[index].bestSlope, paths[index].bestLoss) = (
          paths[index].point, paths[index].slope, loss
        )
      }
    }
  }

  /// The slope of the loss and that of the violations, each of length 1 so that neither drowns the other, by the coordinates of the
  /// ball. What a derived feature does to the loss is put down to the features that it is computed from.
  private func slope(_ slopes: ArraySlice<Float>, at row: [Double], _ ball: RelaxedBall) -> [Double] {
    var rising = zip(slopes, space.schema.features).map { $0.isFinite ? Double($0) / $1.scale : 0 }
    var breaking = [Double](repeating: 0, count: rising.count)
    for relation in space.schema.relations { relation.addViolationSlopes(row, to: &breaking) }
    for (feature, expression) in space.schema.derivations.reversed() {
      let (ahead, behind) = (rising[feature], breaking[feature])
      (rising[feature], breaking[feature]) = (0, 0)
      expression.addSlopes(row, weight: ahead, to: &rising)
      expression.addSlopes(row, weight: behind, to: &breaking)
    }
    let (up, against) = (ball.slope(rising), ball.slope(breaking))
    return zip(up, against).map { $0 - $1 }
  }

  private func move(_ path: inout Path, momentum: Bool) {
    let a = momentum ? 0.75 : 1
    var ahead = path.ball.stepped(path.point, along: path.slope, size: path.step)
    for index in ahead.indices {
      ahead[index] =
        path.point[index] + a * (ahead[index] - path.point[index])
        + (1 - a) * (path.point[index] - path.previous[index])
    }
    path.ball.project(&ahead)
    path.previous = path.point
    path.point = ahead
  }

  /// Halves the step and goes back to the best point where the loss rose too seldom or reached no new height.
  private func check(_ path: inout Path, _ period: Int) {
    let isIdle = !path.wasHalved && path.bestAtLastCheck >= path.bestLoss
    path.wasHalved = Double(path.rises) <= Double(period) * Self.rho || isIdle
    path.bestAtLastCheck = path.bestLoss
    path.rises = 0
    guard path.wasHalved else { return }
    path.step /= 2
    (path.point, path.slope) = (path.best, path.bestSlope)
  }
}
