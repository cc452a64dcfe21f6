// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff

/// Auto-PGD: projected gradient ascent with momentum, whose step is halved, and which goes back to its best point, where it
/// makes no more progress (Croce and Hein 2020, arXiv 2003.01690, section 3).
struct APGD: Attack {
  enum Loss: Sendable, Equatable {
    case crossEntropy, logitRatio
    /// Towards each of the classes with the next highest scores, as many as there are: the second, the third and so on.
    case targeted(classes: Int)
  }

  var loss: Loss
  var steps = 100
  var restarts = 1

  var name: String {
    switch loss {
    case .crossEntropy: "APGD-CE"
    case .logitRatio: "APGD-DLR"
    case .targeted: "APGD-T"
    }
  }

  /// The part of the steps of a period that must have raised the loss.
  private static let rho: Float = 0.75

  func run(_ targets: Targets, on model: AttackModel) throws(RobustnessError) -> [[Float]?] {
    var found = [[Float]?](repeating: nil, count: targets.count)
    let rounds: Int
    if case .targeted(let classes) = loss {
      rounds = targets.goals == nil ? max(0, min(classes, model.classCount - 1)) : 1
    } else {
      rounds = 1
    }
    for round in 0..<rounds {
      for restart in 0..<restarts {
        let (left, places) = targets.without(found)
        if left.rows.isEmpty || targets.isOver() { return found }
        let aims = isTargeted(left) ? try left.aims(atMost: round + 1, on: model).last : nil
        let use = (isTargeted(left) ? round + 2 : 0) * 64 + restart
        let fooled = try run(left, towards: aims, CounterRandom(seed: targets.seed).derived(use), model)
        for (place, point) in zip(places, fooled) where point != nil { found[place] = point }
      }
    }
    return found
  }

  /// The state of the search from one example.
  fileprivate struct Path {
    let target: Int
    var point: [Float]
    var previous: [Float]
    var slope: [Float] = []
    var best: [Float]
    var bestSlope: [Float] = []
    var bestLoss: Float = -.infinity
    var step: Float
    var lastLoss: Float = 0
    /// Steps of this period that raised the loss.
    var rises = 0
    var bestAtLastCheck: Float = -.infinity
    var wasHalved = true
  }

  private func run(
    _ targets: Targets, towards aims: [Int64]?, _ random: CounterRandom, _ model: AttackModel
  ) throws(RobustnessError) -> [[Float]?] {
    let (ball, width) = (targets.ball, model.space.width)
    var found = [[Float]?](repeating: nil, count: targets.count)
    var paths = (0..<targets.count).map { target in
      let start = ball.start(around: targets.centers[target], random, row: targets.rows[target])
      return Path(target: target, point: start, previous: start, best: start, step: 2 * ball.radius)
    }
    var period = max(Int(0.22 * Float(steps)), 1)
    let least = max(Int(0.06 * Float(steps)), 1)
    let shrink = max(Int(0.03 * Float(steps)), 1)
    var sinceCheck = 0
    for step in 0...steps {
      let answer = try ask(model, paths, targets, aims)
      var next: [Path] = []
      next.reserveCapacity(paths.count)
      for (row, var path) in paths.enumerated() {
        if targets.isFooled(model.best(answer.logits, at: row), at: path.target) {
          found[path.target] = path.point
          continue
        }
        let loss = answer.loss[row]
        path.slope = Array(answer.slopes[row * width..<(row + 1) * width])
        if step > 0, loss > path.lastLoss { path.rises += 1 }
        // The first loss is compared with nothing; the first step's with zero.
        if step > 0 { path.lastLoss = loss }
        if step == 0 || loss > path.bestLoss {
          (path.best, path.bestSlope, path.bestLoss) = (path.point, path.slope, loss)
        }
        if step == 0 { path.bestAtLastCheck = loss }
        next.append(path)
      }
      paths = next
      if paths.isEmpty || step == steps || targets.isOver() { break }
      if step > 0 { sinceCheck += 1 }
      if sinceCheck == period {
        for row in paths.indices { paths[row].check(period: period, Self.rho) }
        period = max(period - shrink, least)
        sinceCheck = 0
      }
      for row in paths.indices {
        paths[row].move(in: ball, around: targets.centers[paths[row].target], momentum: step > 0)
      }
    }
    return found
  }

  private func ask(
    _ model: AttackModel, _ paths: [Path], _ targets: Targets, _ aims: [Int64]?
  ) throws(RobustnessError) -> AttackModel.Answer {
    let (points, which) = (paths.map(\.point), paths.map(\.target))
    guard let aims else {
      // With too few classes for a ratio the margin takes its place, and the result is not that of the standard.
      if loss == .crossEntropy { return try model.crossEntropy(points, targets, which) }
      if model.classCount < 3 { return try model.margin(points, targets, which) }
      return try model.answer(.logitRatio, points.flatMap { $0 }, labels: which.map { targets.labels[$0] })
    }
    return try model.answer(
      model.classCount >= 4 ? .targetedLogitRatio : .targetMargin, points.flatMap { $0 },
      labels: which.map { targets.labels[$0] }, targets: which.map { aims[$0] })
  }

  /// Whether the loss names a class to go to. The ratio of logits has another form for a goal.
  private func isTargeted(_ targets: Targets) -> Bool {
    loss != .crossEntropy && (loss != .logitRatio || targets.goals != nil)
  }
}

extension APGD.Path {
  fileprivate mutating func move(in ball: Ball, around center: [Float], momentum: Bool) {
    let a: Float = momentum ? 0.75 : 1
    var ahead = point
    ball.step(&ahead, along: slope[...], size: step)
    ball.project(&ahead, around: center)
    for index in point.indices {
      ahead[index] =
        point[index] + a * (ahead[index] - point[index])
        + (1 - a) * (point[index] - previous[index])
    }
    ball.project(&ahead, around: center)
    previous = point
    point = ahead
  }

  /// Halves the step and goes back to the best point where the loss rose too seldom, or did not reach a new height since the last
  /// check although the step was not halved there.
  fileprivate mutating func check(period: Int, _ rho: Float) {
    let isIdle = !wasHalved && bestAtLastCheck >= bestLoss
    wasHalved = Float(rises) <= Float(period) * rho || isIdle
    bestAtLastCheck = bestLoss
    rises = 0
    if wasHalved {
      step /= 2
      point = best
      slope = bestSlope
    }
  }
}
