// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Where attacks do their sums: every feature of an example lies in [0, 1], from its lowest to its highest value in the box,
/// so that one radius has the same meaning for all of them.
struct UnitSpace: Sendable {
  let bounds: Bounds
  /// The box is [0, 1] itself: nothing to convert, and nothing lost to rounding.
  private let isIdentity: Bool
  var width: Int { bounds.low.count }

  init(_ bounds: Bounds) {
    self.bounds = bounds
    isIdentity = bounds.low.allSatisfy { $0 == 0 } && bounds.high.allSatisfy { $0 == 1 }
  }

  /// Rows of values as the model takes them, turned into places in the box. A feature that cannot vary is at 0.
  func places(of values: [Float]) -> [Float] {
    if isIdentity { return values }
    return values.indices.map { index in
      let feature = index % width
      let (low, range) = (bounds.low[feature], bounds.high[feature] - bounds.low[feature])
      return range > 0 ? max(0, min(1, (values[index] - low) / range)) : 0
    }
  }

  /// The other way round.
  func values(at places: [Float]) -> [Float] {
    if isIdentity { return places }
    return places.indices.map { index in
      let feature = index % width
      let (low, high) = (bounds.low[feature], bounds.high[feature])
      return max(low, min(high, low + places[index] * (high - low)))
    }
  }

  /// Turns slopes by value into slopes by place.
  func scale(_ slopes: inout [Float]) {
    if isIdentity { return }
    for index in slopes.indices { slopes[index] *= bounds.high[index % width] - bounds.low[index % width] }
  }
}
