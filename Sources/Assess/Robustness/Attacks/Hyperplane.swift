// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// All points x with w x + offset = 0: where, as far as one slope tells, the model changes its mind.
struct Hyperplane {
  let slope: ArraySlice<Float>
  let offset: Float

  /// The shortest change that takes `point` to the plane without leaving the box [0, 1]; where the box does not reach the plane,
  /// the one that comes nearest to it.
  ///
  /// Every feature goes towards the plane until it meets the side of the box. In the maximum norm all go equally far, in L2 each
  /// in proportion to its slope; so the way that is covered is a sum of functions that rise and then stay, and the length is
  /// found by going through the places where one of them stops rising.
  func change(from point: [Float], _ norm: Norm) -> [Float] {
    let height = zip(slope, point).reduce(offset) { $0 + $1.0 * $1.1 }
    // Down where the height is positive: each feature against its slope.
    let down: Float = height >= 0 ? -1 : 1
    var change = [Float](repeating: 0, count: point.count)
    var stops: [(at: Float, rate: Float)] = []
    stops.reserveCapacity(point.count)
    for (index, weight) in slope.enumerated() where weight != 0 && weight.isFinite {
      let room = weight * down > 0 ? 1 - point[index] : point[index]
      let rate = abs(weight)
      switch norm {
      case .linf: stops.append((room, rate))
      case .l2: stops.append((room / rate, rate * rate))
      }
    }
    let length = Self.length(reaching: abs(height), stops)
    for (index, weight) in slope.enumerated() where weight != 0 && weight.isFinite {
      let room = weight * down > 0 ? 1 - point[index] : point[index]
      let way = min(room, norm == .linf ? length : length * abs(weight))
      change[index] = weight * down > 0 ? way : -way
    }
    return change
  }

  /// The x at which the sum of rate * min(x, at) is `goal`; infinity when it never is.
  private static func length(reaching goal: Float, _ stops: [(at: Float, rate: Float)]) -> Float {
    var rate = stops.reduce(0) { $0 + $1.rate }
    var covered: Float = 0
    var last: Float = 0
    for stop in stops.sorted(by: { $0.at < $1.at }) {
      let next = covered + rate * (stop.at - last)
      if next >= goal { return rate > 0 ? last + (goal - covered) / rate : last }
      (covered, last) = (next, stop.at)
      rate -= stop.rate
    }
    return .infinity
  }
}
