// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff

/// DeepFool (Moosavi-Dezfooli, Fawzi and Frossard 2016, arXiv 1511.04599): goes to the nearest border as if all borders were straight,
/// and again from there, until the model is wrong. It looks for a small change, and needs no radius to do so.
struct DeepFool: Attack {
  var steps = 50
  /// Borders to as many classes as these, those with the highest scores at the example, are looked at.
  var classes = 10

  var name: String { "DeepFool" }

  /// By how much the change is made longer than the border needs.
  private static let overshoot: Float = 0.02

  private struct Walk {
    let target: Int
    var point: [Float]
    /// Without the overshoot.
    var change: [Float]
  }

  func run(_ targets: Targets, on model: AttackModel) throws(RobustnessError) -> [[Float]?] {
    var found = [[Float]?](repeating: nil, count: targets.count)
    let aims = try targets.aims(atMost: classes - 1, on: model)
    var walks = (0..<targets.count).map {
      let center = targets.centers[$0]
      return Walk(target: $0, point: center, change: [Float](repeating: 0, count: center.count))
    }
    for step in 0...steps {
      if walks.isEmpty || targets.isOver() { break }
      let (nearest, logits) = try nearest(walks, targets, aims, model)
      var left: [Walk] = []
      for (row, var walk) in walks.enumerated() {
        let center = targets.centers[walk.target]
        if targets.isFooled(model.best(logits, at: row), at: walk.target) {
          // Whoever is fooled further away is not within the radius, and this attack comes no nearer.
          if targets.ball.distance(walk.point, center) <= targets.ball.radius {
            found[walk.target] = walk.point
          }
          continue
        }
        if step == steps { continue }
        for index in center.indices {
          walk.change[index] += nearest[row][index]
          walk.point[index] = max(0, min(1, center[index] + (1 + Self.overshoot) * walk.change[index]))
        }
        left.append(walk)
      }
      walks = left
    }
    return found
  }

  /// The change that leads from each point over the nearest border, and the scores at the points.
  private func nearest(
    _ walks: [Walk], _ targets: Targets, _ aims: [[Int64]], _ model: AttackModel
  ) throws(RobustnessError) -> (changes: [[Float]], logits: [Float]) {
    let points = walks.flatMap(\.point)
    let labels = walks.map { targets.labels[$0.target] }
    var changes = [[Float]](repeating: [], count: walks.count)
    var least = [Float](repeating: .infinity, count: walks.count)
    var logits: [Float] = []
    for aim in aims {
      let answer = try model.answer(
        .targetMargin, points, labels: labels, targets: walks.map { aim[$0.target] })
      logits = answer.logits
      for (row, walk) in walks.enumerated() {
        let change = change(answer, row, targets.ball)
        let length = targets.ball.length(change)
        if length < least[row] || changes[row].isEmpty {
          (changes[row], least[row]) = (change, length.isFinite ? length : .infinity)
        }
        if changes[row].count != walk.point.count { changes[row] = walk.change.map { _ in 0 } }
      }
    }
    return (changes, logits)
  }

  /// The shortest change after which the margin would be zero if it were straight: |f| / |w|_1 sign(w) in the maximum norm, and
  /// |f| / |w|_2^2 w in L2, with a little more so that rounding does not stop it at the border.
  private func change(_ answer: AttackModel.Answer, _ row: Int, _ ball: Ball) -> [Float] {
    let width = answer.slopes.count / answer.loss.count
    let slope = answer.slopes[row * width..<(row + 1) * width].map { $0.isFinite ? $0 : 0 }
    let gap = abs(answer.loss[row]) + 1e-4
    guard gap.isFinite else { return slope.map { _ in 0 } }
    switch ball.norm {
    case .linf:
      let size = gap / (slope.reduce(0) { $0 + abs($1) } + 1e-12)
      return slope.map { $0 > 0 ? size : $0 < 0 ? -size : 0 }
    case .l2:
      let size = gap / (slope.reduce(0) { $0 + $1 * $1 } + 1e-12)
      return slope.map { $0 * size }
    }
  }
}
