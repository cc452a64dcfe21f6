// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff

/// Fast Adaptive Boundary (Croce and Hein 2020, arXiv 1907.02044): walks along the border to a class, each time to the
/// nearest point of the border that the slope promises, pulled towards the example. It looks for the smallest change, and
/// needs no radius to do so.
struct FAB: Attack {
  enum Aim: Sendable, Equatable {
    /// The border to each of the classes with the next highest scores, one after the other.
    case targeted(classes: Int)
    /// At every step the border that is nearest, of all classes.
    case nearest
  }

  var aim = Aim.targeted(classes: 9)
  var steps = 100
  /// All but the first begin at a random point at half of the radius.
  var restarts = 1

  var name: String { aim == .nearest ? "FAB" : "FAB-T" }

  private static let overshoot: Float = 1.05
  private static let mostPull: Float = 0.1
  private static let back: Float = 0.9

  func run(_ targets: Targets, on model: AttackModel) throws(RobustnessError) -> [[Float]?] {
    var found = [[Float]?](repeating: nil, count: targets.count)
    let rounds: Int
    if case .targeted(let classes) = aim, targets.goals == nil {
      rounds = max(0, min(classes, model.classCount - 1))
    } else {
      rounds = 1
    }
    for round in 0..<rounds {
      for restart in 0..<restarts {
        let (left, places) = targets.without(found)
        if left.rows.isEmpty || targets.isOver() { return found }
        let hasAims = aim != .nearest || targets.goals != nil
        let aims = hasAims ? try left.aims(atMost: round + 1, on: model).last : nil
        let fooled = try run(left, towards: aims, 16 * (hasAims ? round + 2 : 0) + restart, restart, model)
        for (place, point) in zip(places, fooled) where point != nil { found[place] = point }
      }
    }
    return found
  }

  fileprivate struct Walk {
    let target: Int
    var point: [Float]
    /// z_t - z_y at the point, and its slope.
    var margin: Float = 0
    var slope: [Float] = []
  }

  private func run(
    _ targets: Targets, towards aims: [Int64]?, _ use: Int, _ restart: Int, _ model: AttackModel
  ) throws(RobustnessError) -> [[Float]?] {
    let ball = targets.ball
    var found = [[Float]?](repeating: nil, count: targets.count)
    var walks = (0..<targets.count).map { Walk(target: $0, point: targets.centers[$0]) }
    if restart > 0 {
      let random = CounterRandom(seed: targets.seed).derived(9_000 + use)
      let half = Ball(norm: ball.norm, radius: ball.radius / 2)
      for index in walks.indices {
        walks[index].point = half.start(around: walks[index].point, random, row: targets.rows[index])
      }
    }
    _ = try look(&walks, Array(walks.indices), targets, aims, model)
    for _ in 0..<steps {
      if walks.isEmpty || targets.isOver() { break }
      for index in walks.indices { step(&walks[index], targets.centers[walks[index].target], ball.norm) }
      let fooled = try look(&walks, Array(walks.indices), targets, aims, model)
      var beyond: [Int] = []
      for index in fooled {
        let center = targets.centers[walks[index].target]
        if ball.distance(walks[index].point, center) <= ball.radius {
          found[walks[index].target] = walks[index].point
          continue
        }
        for feature in center.indices {
          walks[index].point[feature] =
            center[feature] + Self.back * (walks[index].point[feature] - center[feature])
        }
        beyond.append(index)
      }
      _ = try look(&walks, beyond, targets, aims, model)
      walks.removeAll { found[$0.target] != nil }
    }
    return found
  }

  /// Asks the model about the points of some walks, for the border to the class that each aims at.
  /// - Returns: those at which it is wrong.
  private func look(
    _ walks: inout [Walk], _ which: [Int], _ targets: Targets, _ aims: [Int64]?, _ model: AttackModel
  ) throws(RobustnessError) -> [Int] {
    if which.isEmpty { return [] }
    let points = which.flatMap { walks[$0].point }
    let labels = which.map { targets.labels[walks[$0].target] }
    if let aims {
      let aims = which.map { aims[walks[$0].target] }
      let answer = try model.answer(.targetMargin, points, labels: labels, targets: aims)
      for (row, index) in which.enumerated() { walks[index].take(answer, row) }
      return which.indices.filter {
        targets.isFooled(model.best(answer.logits, at: $0), at: walks[which[$0]].target)
      }.map { which[$0] }
    }
    var wrong: [Int] = []
    var nearest = [Float](repeating: .infinity, count: which.count)
    for step in 1..<model.classCount {
      // Every other class once, each example in an order of its own.
      let classes = labels.map { ($0 + Int64(step)) % Int64(model.classCount) }
      let answer = try model.answer(.targetMargin, points, labels: labels, targets: classes)
      for (row, index) in which.enumerated() {
        let distance = abs(answer.loss[row]) / (1e-12 + steepness(answer, row, targets.ball.norm))
        if distance < nearest[row] {
          nearest[row] = distance
          walks[index].take(answer, row)
        }
        if step == 1, targets.isFooled(model.best(answer.logits, at: row), at: walks[index].target) {
          wrong.append(index)
        }
      }
    }
    return wrong
  }

  /// By how much the margin can change with a change of length 1: the sum of the slopes, or their length.
  private func steepness(_ answer: AttackModel.Answer, _ row: Int, _ norm: Norm) -> Float {
    let width = answer.slopes.count / answer.loss.count
    let slopes = answer.slopes[row * width..<(row + 1) * width]
    switch norm {
    case .linf: return slopes.reduce(0) { $0 + abs($1) }
    case .l2: return slopes.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
  }

  private func step(_ walk: inout Walk, _ center: [Float], _ norm: Norm) {
    // The border as the slope has it: margin + slope (x - point) = 0.
    let offset = zip(walk.slope, walk.point).reduce(walk.margin) { $0 - $1.0 * $1.1 }
    let border = Hyperplane(slope: walk.slope[...], offset: offset)
    let fromPoint = border.change(from: walk.point, norm)
    let fromCenter = border.change(from: center, norm)
    let ball = Ball(norm: norm, radius: 0)
    let near = max(ball.length(fromPoint), 1e-8)
    let far = max(ball.length(fromCenter), 1e-8)
    let pull = min(near / (near + far), Self.mostPull)
    for index in center.indices {
      let ahead = walk.point[index] + Self.overshoot * fromPoint[index]
      let home = center[index] + Self.overshoot * fromCenter[index]
      walk.point[index] = max(0, min(1, (1 - pull) * ahead + pull * home))
    }
  }
}

extension FAB.Walk {
  fileprivate mutating func take(_ answer: AttackModel.Answer, _ row: Int) {
    let width = answer.slopes.count / answer.loss.count
    margin = answer.loss[row]
    slope = Array(answer.slopes[row * width..<(row + 1) * width])
  }
}
