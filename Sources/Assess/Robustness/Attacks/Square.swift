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

  struct Search {
    let target: Int
    var best: [Float]
    var margin: Float = .infinity
  }

  /// Channels, rows and columns.
  struct Grid {
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
        let margin = Self.margin(logits, row, targets, target, model)
        let isFooled = targets.isFooled(model.best(logits, at: row), at: target)
        if isFooled { found[target] = tries[row] }
        if margin < searches[row].margin || isFooled {
          (searches[row].best, searches[row].margin) = (tries[row], margin)
        }
      }
      searches.removeAll { found[$0.target] != nil }
    }
    return found
  }

  /// What is to be lowered: z_y minus the highest other score, or the highest other score minus that of the goal.
  private static func margin(
    _ logits: [Float], _ row: Int, _ targets: Targets, _ target: Int, _ model: AttackModel
  ) -> Float {
    let scores = logits[row * model.classCount..<(row + 1) * model.classCount]
    let own = scores.startIndex + Int((targets.goals ?? targets.labels)[target])
    var other = -Float.infinity
    for index in scores.indices where index != own { other = max(other, scores[index]) }
    return targets.goals == nil ? scores[own] - other : other - scores[own]
  }

  private func start(_ targets: Targets, _ target: Int, _ grid: Grid, _ random: CounterRandom) -> [Float] {
    let (center, row) = (targets.centers[target], targets.rows[target])
    if targets.ball.norm == .l2, grid.isImage {
      return SquareBumps.start(around: center, targets.ball.radius, grid, random, row: row)
    }
    // Vertical stripes: all rows of a column are raised or lowered together.
    var point = center
    let size = size(targets.ball, point.count)
    for index in point.indices {
      let stripe = index / grid.area * grid.width + index % grid.width
      point[index] += random.symmetric(row, stripe) < 0 ? -size : size
    }
    targets.ball.project(&point, around: center)
    return point
  }

  /// How far a feature is changed: in L2 by what each has when the length is spread over all.
  private func size(_ ball: Ball, _ count: Int) -> Float {
    ball.norm == .linf ? ball.radius : ball.radius / Float(count).squareRoot()
  }

  private func change(
    _ search: Search, _ targets: Targets, _ grid: Grid, _ random: CounterRandom, query: Int
  ) -> [Float] {
    let (center, row) = (targets.centers[search.target], targets.rows[search.target])
    let part = Self.part(query)
    if targets.ball.norm == .l2, grid.isImage {
      return SquareBumps.change(
        search.best, around: center, targets.ball.radius, part: part, grid, random, row: row)
    }
    var point = search.best
    let amount = 2 * size(targets.ball, point.count)
    if grid.isImage {
      let side = grid.side(of: part, atLeast: 1)
      let (top, left) = (grid.top(side, random, row, 0), grid.left(side, random, row, 1))
      for channel in 0..<grid.channels {
        let sign: Float = random.symmetric(row, 2 + channel) < 0 ? -1 : 1
        grid.each(channel, top, left, side) { point[$0] += sign * amount }
      }
    } else {
      // At least one feature, whatever the part.
      let always = random.below(point.count, row, 2 * point.count)
      for index in point.indices where random.unit(row, 2 * index) < part || index == always {
        point[index] += random.symmetric(row, 2 * index + 1) < 0 ? -amount : amount
      }
    }
    targets.ball.project(&point, around: center)
    return point
  }

  /// The part of the image that is changed, halved after certain numbers of queries (the reference's schedule).
  private static func part(_ query: Int) -> Float {
    let halvings = [10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000].count { query > $0 }
    return firstPart / Float(1 << halvings)
  }
}

extension Square.Grid {
  /// The side of a square that covers a part of the image.
  func side(of part: Float, atLeast least: Int) -> Int {
    min(max(Int((part * Float(area)).squareRoot().rounded()), least), max(1, min(height, width) - 1))
  }

  func top(_ side: Int, _ random: CounterRandom, _ row: Int, _ place: Int) -> Int {
    random.below(max(1, height - side), row, place)
  }

  func left(_ side: Int, _ random: CounterRandom, _ row: Int, _ place: Int) -> Int {
    random.below(max(1, width - side), row, place)
  }

  /// The places of a square in the memory of an example, row by row.
  func each(_ channel: Int, _ top: Int, _ left: Int, _ side: Int, _ body: (Int) -> Void) {
    for y in top..<top + side {
      let line = channel * area + y * width + left
      for place in line..<line + side { body(place) }
    }
  }
}
