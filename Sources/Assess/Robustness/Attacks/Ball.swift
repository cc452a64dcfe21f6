// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How a change of an input is measured.
package enum Norm: String, Sendable, CaseIterable {
  /// The largest change of a feature.
  case linf
  /// The root of the sum of squares.
  case l2
}

/// All inputs within some distance of an example, and within the box [0, 1].
struct Ball: Sendable {
  let norm: Norm
  let radius: Float

  /// The length of a change.
  func length(_ change: [Float]) -> Float {
    switch norm {
    case .linf: return change.reduce(0) { max($0, abs($1)) }
    case .l2: return change.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
  }

  func distance(_ point: [Float], _ center: [Float]) -> Float {
    switch norm {
    case .linf: return zip(point, center).reduce(0) { max($0, abs($1.0 - $1.1)) }
    case .l2:
      return zip(point, center).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
  }

  /// The nearest point of the ball around `center`, for L2 first of the ball and then of the box.
  func project(_ point: inout [Float], around center: [Float]) {
    switch norm {
    case .linf:
      for index in point.indices {
        let low = max(0, center[index] - radius)
        let high = min(1, center[index] + radius)
        point[index] = max(low, min(high, point[index]))
      }
    case .l2:
      let distance = distance(point, center)
      let factor = distance > radius ? radius / (distance + 1e-12) : 1
      for index in point.indices {
        point[index] = max(0, min(1, center[index] + (point[index] - center[index]) * factor))
      }
    }
  }

  /// Adds a step of the length `size` in the direction that raises the loss most. A slope that is not a number leads nowhere.
  func step(_ point: inout [Float], along slope: ArraySlice<Float>, size: Float) {
    switch norm {
    case .linf:
      for (index, value) in zip(point.indices, slope) {
        point[index] += value > 0 ? size : value < 0 ? -size : 0
      }
    case .l2:
      let length = slope.reduce(0) { $1.isFinite ? $0 + $1 * $1 : $0 }.squareRoot()
      let factor = size / (length + 1e-12)
      for (index, value) in zip(point.indices, slope) where value.isFinite { point[index] += value * factor }
    }
  }

  /// A random point of the ball at full length from `center`: evenly spread values over the largest of them, or normal values
  /// over their length.
  func start(around center: [Float], _ random: CounterRandom, row: Int) -> [Float] {
    var change = center.indices.map {
      norm == .linf ? random.symmetric(row, $0) : random.normal(row, $0)
    }
    let factor = radius / (length(change) + 1e-12)
    for index in change.indices { change[index] = max(0, min(1, center[index] + change[index] * factor)) }
    return change
  }
}
