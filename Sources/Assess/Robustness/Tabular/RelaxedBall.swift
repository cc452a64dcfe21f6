// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTables

/// The ball around a row in which types are forgotten: every feature that has a slope is a number from 0 to what it counts. The
/// members of a one-hot group share what the group counts.
struct RelaxedBall: Sendable {
  let radius: Double
  let center: [Double]
  private let space: TableSpace
  private let origin: [Double]
  /// What a whole range counts; 0 for what is held fast.
  private let weights: [Double]
  private let low: [Double]
  private let high: [Double]

  init(_ space: TableSpace, around origin: [Double]) {
    (self.space, self.origin, radius) = (space, origin, space.radius)
    let features = space.schema.features
    let derived = Set(space.schema.derivations.map(\.feature))
    var weights: [Double] = []
    for (index, feature) in features.enumerated() {
      let isHeld =
        feature.change == .no || feature.kind == .category || space.ranges[index] <= 0
        || derived.contains(index)
      let share = feature.group != nil && space.norm == .l2 ? 0.5.squareRoot() : 1
      weights.append(isHeld ? 0 : feature.cost * share)
    }
    self.weights = weights
    let place = { (index: Int, raw: Double) in
      weights[index] > 0 ? weights[index] * (raw - features[index].low) / space.ranges[index] : 0
    }
    center = origin.indices.map { place($0, origin[$0]) }
    low = origin.indices.map { features[$0].change == .increase ? place($0, origin[$0]) : 0 }
    high = origin.indices.map { features[$0].change == .decrease ? place($0, origin[$0]) : weights[$0] }
  }

  /// The row at a point, with derived features computed.
  func raw(_ point: [Double]) -> [Double] {
    var row = origin
    for index in row.indices where weights[index] > 0 && point[index] != center[index] {
      row[index] =
        space.schema.features[index].low + point[index] / weights[index] * space.ranges[index]
    }
    space.derive(&row, origin)
    return row
  }

  /// Slopes by raw values, turned into slopes of length 1 by the coordinates of the ball.
  func slope(_ raw: [Double]) -> [Double] {
    var slope = raw.indices.map {
      weights[$0] > 0 && raw[$0].isFinite ? raw[$0] * space.ranges[$0] / weights[$0] : 0
    }
    let length = slope.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0, length.isFinite else { return slope.map { _ in 0 } }
    for index in slope.indices { slope[index] /= length }
    return slope
  }

  /// A step of the length `size` along a slope, and back into the ball.
  func stepped(_ point: [Double], along slope: [Double], size: Double) -> [Double] {
    var ahead = point
    switch space.norm {
    case .linf:
      for index in ahead.indices { ahead[index] += slope[index] > 0 ? size : slope[index] < 0 ? -size : 0 }
    case .l2:
      let length = slope.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for index in ahead.indices { ahead[index] += size * slope[index] / (length + 1e-12) }
    }
    project(&ahead)
    return ahead
  }

  func project(_ point: inout [Double]) {
    var factor = 1.0
    if space.norm == .l2 {
      let length = zip(point, center).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      if length > radius { factor = radius / length }
    }
    for index in point.indices {
      var change = (point[index] - center[index]) * factor
      if space.norm == .linf { change = min(max(change, -radius), radius) }
      point[index] =
        weights[index] > 0 ? min(max(center[index] + change, low[index]), high[index]) : center[index]
    }
  }

  func start(_ stream: inout RandomStream) -> [Double] {
    var point = center
    for index in point.indices where weights[index] > 0 {
      point[index] += space.norm == .linf ? radius * (2 * stream.unit() - 1) : stream.normal()
    }
    project(&point)
    return point
  }
}
