// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// HopSkipJump (Chen, Jordan and Wainwright 2020, arXiv 1904.02144): walks along the border of a class towards the example, asking for
/// nothing but classes. The way across the border is estimated from the answers around a point of it.
struct HopSkipJump: Attack {
  var steps = 64
  var name: String { "HopSkipJump" }

  /// Random points that are tried for one that the model gets wrong.
  private static let starts = 1_000
  private static let mostSamples = 10_000

  func run(_ targets: Targets, on model: AttackModel) throws(RobustnessError) -> [[Float]?] {
    var found: [[Float]?] = []
    for target in 0..<targets.count {
      if targets.isOver() {
        found.append(nil)
        continue
      }
      let walk = Walk(
        targets: targets, target: target, center: targets.centers[target],
        random: CounterRandom(seed: targets.seed).derived(11_003),
        model: model)
      found.append(try walk.run(steps: steps, starts: Self.starts, most: Self.mostSamples, targets.isOver))
    }
    return found
  }
}

/// The search from one example.
private struct Walk {
  let targets: Targets
  let target: Int
  let center: [Float]
  let random: CounterRandom
  let model: AttackModel

  /// Numbers that are asked about together.
  private static let valuesAtOnce = 1 << 20
  private var ball: Ball { targets.ball }
  private var row: Int { targets.rows[target] }
  private var width: Int { center.count }
  /// How near to the border a search stops, as a part of the way.
  private var precision: Float {
    let d = Float(width)
    return ball.norm == .l2 ? 1 / (d * d.squareRoot()) : 1 / (d * d)
  }

  func run(
    steps: Int, starts: Int, most: Int, _ isOver: () -> Bool
  ) throws(RobustnessError) -> [Float]? {
    guard var point = try start(starts) else { return nil }
    point = try border(towards: point)
    for step in 1...max(1, steps) {
      let distance = ball.distance(point, center)
      if distance <= ball.radius { return point }
      if isOver() { return nil }
      let samples = min(Int(100 * Float(step).squareRoot()), most)
      let reach =
        step == 1 ? 0.1 : precision * distance * (ball.norm == .l2 ? Float(width).squareRoot() : Float(width))
      let way = try across(point, samples, reach: max(reach, 1e-6), random.derived(step))
      // As long a step as keeps the point on the wrong side.
      var size = distance / Float(step).squareRoot()
      var next = point
      for _ in 0..<30 {
        next = point.indices.map { max(0, min(1, point[$0] + size * way[$0])) }
        if try isWrong([next])[0] { break }
        size /= 2
      }
      guard try isWrong([next])[0] else { return nil }
      point = try border(towards: next)
    }
    return ball.distance(point, center) <= ball.radius ? point : nil
  }

  private func start(_ tries: Int) throws(RobustnessError) -> [Float]? {
    // Noise is next to never of one class: an example of it begins there.
    if let goals = targets.goals { return targets.examples[goals[target]] }
    let batch = 100
    for first in stride(from: 0, to: tries, by: batch) {
      let points = (first..<first + batch).map { attempt in
        (0..<width).map { random.derived(500 + attempt).unit(row, $0) }
      }
      if let place = try isWrong(points).firstIndex(of: true) { return points[place] }
    }
    return targets.examples.keys.sorted().first { $0 != targets.labels[target] }
      .flatMap { targets.examples[$0] }
  }

  /// The point nearest to the example on the way to a wrong one that is still wrong, by bisection.
  private func border(towards point: [Float]) throws(RobustnessError) -> [Float] {
    var (right, wrong): (Float, Float) = (0, ball.norm == .l2 ? 1 : ball.distance(point, center))
    let stop = max(precision * wrong, 1e-6)
    while wrong - right > stop {
      let middle = (right + wrong) / 2
      if try isWrong([blend(point, middle)])[0] { wrong = middle } else { right = middle }
    }
    return blend(point, wrong)
  }

  /// In L2 a part of the way, in the maximum norm no feature further away than that.
  private func blend(_ point: [Float], _ way: Float) -> [Float] {
    switch ball.norm {
    case .l2: point.indices.map { center[$0] + way * (point[$0] - center[$0]) }
    case .linf: point.indices.map { max(center[$0] - way, min(center[$0] + way, point[$0])) }
    }
  }

  /// The direction in which the model is wrong, from answers around a point of the border.
  private func across(
    _ point: [Float], _ samples: Int, reach: Float, _ random: CounterRandom
  ) throws(RobustnessError) -> [Float] {
    // The sums of the moves to wrong points and to right ones: with them no move has to be kept.
    var (wrong, right) = ([Float](repeating: 0, count: width), [Float](repeating: 0, count: width))
    var wrongs = 0
    let batch = max(1, Self.valuesAtOnce / width)
    for first in stride(from: 0, to: samples, by: batch) {
      var moves: [[Float]] = []
      var points: [[Float]] = []
      for sample in first..<min(first + batch, samples) {
        let draw = random.derived(sample)
        var move = (0..<width).map { ball.norm == .l2 ? draw.normal(row, $0) : draw.symmetric(row, $0) }
        let length = move.reduce(0) { $0 + $1 * $1 }.squareRoot() + 1e-12
        let moved = point.indices.map { max(0, min(1, point[$0] + reach * move[$0] / length)) }
        // What the box has left of it.
        for index in move.indices { move[index] = (moved[index] - point[index]) / reach }
        moves.append(move)
        points.append(moved)
      }
      for (move, isWrong) in zip(moves, try isWrong(points)) {
        if isWrong { wrongs += 1 }
        for index in move.indices {
          if isWrong { wrong[index] += move[index] } else { right[index] += move[index] }
        }
      }
    }
    // The mean of (sign - mean sign) times the move; of the sign times the move where all have the same.
    let mean = Float(2 * wrongs - samples) / Float(samples)
    let isMixed = wrongs > 0 && wrongs < samples
    let (up, down) = isMixed ? (1 - mean, -1 - mean) : (1, -1)
    let way = zip(wrong, right).map { (up * $0 + down * $1) / Float(samples) }
    switch ball.norm {
    case .linf: return way.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }
    case .l2:
      let length = way.reduce(0) { $0 + $1 * $1 }.squareRoot() + 1e-12
      return way.map { $0 / length }
    }
  }

  private func isWrong(_ points: [[Float]]) throws(RobustnessError) -> [Bool] {
    let logits = try model.logits(points.flatMap { $0 }, count: points.count)
    return points.indices.map { targets.isFooled(model.best(logits, at: $0), at: target) }
  }
}
