// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff

/// The attack of Carlini and Wagner in L2 (2017, arXiv 1608.04644, section VI): descends, in a space that has no box, on the square
/// of the change plus a multiple of how far the model is from being wrong. The multiple is found by bisection.
struct CarliniWagner: Attack {
  /// Multiples that are tried, and steps of descent for each.
  var searches = 9
  var steps = 200
  /// By how much the wrong class must win.
  var confidence: Float = 0

  var name: String { "CW-L2" }

  private static let firstWeight: Float = 1e-1
  /// Of the first step; the last is a hundredth of it. The authors take 0.01 throughout and 10,000 steps, most of which a value at
  /// the edge of the box needs to get off it.
  private static let stepSize: Float = 0.1

  /// The state of the search from one example. The point is (tanh(w) + 1) / 2, which lies in the box for every w.
  fileprivate struct Search {
    let target: Int
    var weight = CarliniWagner.firstWeight
    var low: Float = 0
    var high: Float?
    var w: [Float]
    /// The running means of Adam.
    var mean: [Float]
    var square: [Float]
    /// Whether the model was wrong on the way with this weight.
    var succeeded = false
    /// The cost at the last look, to stop where nothing moves.
    var lastCost: Float = .infinity
    var isIdle = false
  }

  func run(_ targets: Targets, on model: AttackModel) throws(RobustnessError) -> [[Float]?] {
    var found = [[Float]?](repeating: nil, count: targets.count)
    let homes = targets.centers.map { $0.map(Self.unbounded) }
    var searches = homes.indices.map { target in
      Search(target: target, w: homes[target], mean: [], square: [])
    }
    for _ in 0..<self.searches {
      searches.removeAll { found[$0.target] != nil }
      if searches.isEmpty || targets.isOver() { break }
      for index in searches.indices { searches[index].begin(at: homes[searches[index].target]) }
      try descend(&searches, targets, model, &found)
      for index in searches.indices { searches[index].chooseWeight() }
    }
    return found
  }

  private func descend(
    _ searches: inout [Search], _ targets: Targets, _ model: AttackModel, _ found: inout [[Float]?]
  ) throws(RobustnessError) {
    for step in 0...steps {
      let live = searches.indices.filter { !searches[$0].isIdle && found[searches[$0].target] == nil }
      if live.isEmpty || targets.isOver() { return }
      let points = live.map { searches[$0].w.map(Self.bounded) }
      let answer = try model.margin(points, targets, live.map { searches[$0].target })
      let width = model.space.width
      for (row, index) in live.enumerated() {
        let center = targets.centers[searches[index].target]
        let isFooled = targets.isFooled(model.best(answer.logits, at: row), at: searches[index].target)
        if isFooled, answer.loss[row] >= confidence || answer.loss[row].isNaN {
          searches[index].succeeded = true
          if targets.ball.distance(points[row], center) <= targets.ball.radius {
            found[searches[index].target] = points[row]
            continue
          }
        }
        let gap = confidence - answer.loss[row]
        let slope = answer.slopes[row * width..<(row + 1) * width]
        let distance = targets.ball.distance(points[row], center)
        let cost = distance * distance + searches[index].weight * max(0, gap)
        if step > 0, step % max(1, steps / 4) == 0 {
          searches[index].isIdle = cost > searches[index].lastCost * 0.9999
          searches[index].lastCost = cost
        }
        let force = gap > 0 ? searches[index].weight : 0
        let gradient = zip(zip(points[row], center), slope).map { places, slope in
          // The derivative of the point with respect to w is (1 - tanh(w)^2) / 2 = 2 x (1 - x).
          let (x, home) = places
          return (2 * (x - home) - force * (slope.isFinite ? slope : 0)) * 2 * x * (1 - x)
        }
        let size = Self.stepSize * (1 - 0.99 * Float(step) / Float(steps))
        searches[index].step(along: gradient, size: size, count: step + 1)
      }
    }
  }

  /// A little inside of the box, where the slope of tanh is not yet zero.
  private static func unbounded(_ place: Float) -> Float {
    atanh((2 * place - 1) * 0.9999)
  }

  private static func bounded(_ w: Float) -> Float { (tanh(w) + 1) / 2 }
}

extension CarliniWagner.Search {
  fileprivate mutating func begin(at home: [Float]) {
    w = home
    mean = [Float](repeating: 0, count: home.count)
    square = mean
    (succeeded, isIdle, lastCost) = (false, false, .infinity)
  }

  /// Less of it where the model was wrong, more where it was not: tenfold until it is wrong once, then by bisection.
  fileprivate mutating func chooseWeight() {
    if succeeded { high = weight } else { low = weight }
    weight = high.map { (low + $0) / 2 } ?? weight * 10
  }

  /// One step of Adam (Kingma and Ba 2015, arXiv 1412.6980) with its usual constants.
  fileprivate mutating func step(along gradient: [Float], size: Float, count: Int) {
    let (forMean, forSquare) = (1 - pow(0.9, Float(count)), 1 - pow(0.999, Float(count)))
    for index in w.indices {
      mean[index] = 0.9 * mean[index] + 0.1 * gradient[index]
      square[index] = 0.999 * square[index] + 0.001 * gradient[index] * gradient[index]
      w[index] -= size * (mean[index] / forMean) / ((square[index] / forSquare).squareRoot() + 1e-8)
    }
  }
}
