// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Square Attack (Andriushchenko et al. 2020, arXiv 1912.00049): random search that changes one square of the image at a time and
/// keeps what lowers the margin. It only asks for scores: where it finds what attacks with slopes do not, the slopes lie.
///
/// What is no image, with other than three axes, has no squares: there a random part of the features is changed.
struct Square: Attack {
  var queries = 5000

  var name: String { "Square" }

  private static let firstPart: Float = 0.8

  private struct Search {
    let target: Int
    var best: [Float]
    var margin: Float = .infinity
  }

  /// Channels, rows and columns.
  private struct Grid {
    let channels: Int
    let height: Int
    let width: Int
    var isImage: Bool { height > 1 && width > 1 }
    var area: Int { height * width }

    init(_ shape: [Int]) {
      if shape.count == 3 {
        (channels, height, width) = (shape[0], shape[1], shape[2])
      } else if shape.count == 2, shape[0] > 1, shape[1] > 1 {
        (channels, height, width) = (1, shape[0], shape[1])
      } else {
        (channels, height, width) = (1, 1, shape.reduce(1, *))
      }
    }
  }

  func run(_ targets: Targets, on model: AttackModel) throws(RobustnessError) -> [[Float]?] {
    let grid = Grid(targets.shape)
    let random = CounterRandom(seed: targets.seed).derived(7_001)
    var found = [[Float]?](repeating: nil, count: targets.count)
    var searches = (0..<targets.count).map { target in
      Search(target: target, best: start(targets, target, grid, random))
    }
    for query in 0..<queries {
      if searches.isEmpty || targets.isOver() { break }
      let tries =
        query == 0
        ? searches.map(\.best)
        : searches.map { change($0, targets, grid, random.derived(query), query: query - 1) }
      let logits = try model.logits(tries.flatMap { $0 }, count: searches.count)
      for row in searches.indices {
        let target = searches[row].target
        let (margin, isRight) = Self.margin(logits, row, targets.labels[target], model)
        if !isRight { found[target] = tries[row] }
        if margin < searches[row].margin || !isRight {
          (searches[row].best, searches[row].margin) = (tries[row], margin)
        }
      }
      searches.removeAll { found[$0.target] != nil }
    }
    return found
  }

  /// z_y minus the highest other score; not right where a score is not finite.
  private static func margin(
    _ logits: [Float], _ row: Int, _ label: Int64, _ model: AttackModel
  ) -> (Float, isRight: Bool) {
    let scores = logits[row * model.classCount..<(row + 1) * model.classCount]
    let own = scores.startIndex + Int(label)
    var other = -Float.infinity
    for index in scores.indices where index != own { other = max(other, scores[index]) }
    return (scores[own] - other, model.best(logits, at: row) == label)
  }

  /// Vertical stripes: all rows of a column are raised or lowered together. In L2 the change is cut to the ball.
  private func start(_ targets: Targets, _ target: Int, _ grid: Grid, _ random: CounterRandom) -> [Float] {
    let (center, row, radius) = (targets.centers[target], targets.rows[target], size(targets.ball, grid))
    var point = center
    for index in point.indices {
      let (channel, column) = (index / grid.area, index % grid.width)
      let sign: Float = random.symmetric(row, channel * grid.width + column) < 0 ? -1 : 1
      point[index] += sign * radius
    }
    targets.ball.project(&point, around: center)
    return point
  }

  /// How far a feature is changed: in L2 by what each has when the length is spread over all.
  private func size(_ ball: Ball, _ grid: Grid) -> Float {
    switch ball.norm {
    case .linf: ball.radius
    case .l2: ball.radius / Float(grid.channels * grid.area).squareRoot() * 4
    }
  }

  private func change(
    _ search: Search, _ targets: Targets, _ grid: Grid, _ random: CounterRandom, query: Int
  ) -> [Float] {
    let row = targets.rows[search.target]
    let part = Self.part(query)
    var point = search.best
    let amount = 2 * size(targets.ball, grid)
    if grid.isImage {
      let side = min(
        max(Int((part * Float(grid.area)).squareRoot().rounded()), 1), min(grid.height, grid.width) - 1)
      let top = random.below(grid.height - side, row, 0)
      let left = random.below(grid.width - side, row, 1)
      for channel in 0..<grid.channels {
        let sign: Float = random.symmetric(row, 2 + channel) < 0 ? -1 : 1
        for y in top..<top + side {
          let line = channel * grid.area + y * grid.width
          for x in left..<left + side { point[line + x] += sign * amount }
        }
      }
    } else {
      for index in point.indices {
        let draw = random.symmetric(row, 2 * index)
        // At least one feature, whatever the part.
        let isChosen = (draw + 1) / 2 < part || index == random.below(point.count, row, 2 * point.count)
        if isChosen { point[index] += random.symmetric(row, 2 * index + 1) < 0 ? -amount : amount }
      }
    }
    targets.ball.project(&point, around: targets.centers[search.target])
    return point
  }

  /// The part of the image that is changed, halved after certain numbers of queries (the reference's schedule).
  private static func part(_ query: Int) -> Float {
    let halvings = [10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000].count { query > $0 }
    return firstPart / Float(1 << halvings)
  }
}
