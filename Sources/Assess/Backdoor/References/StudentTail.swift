// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The upper tail of Student's t distribution.
enum StudentTail {
  /// The chance of more than `t` with so many degrees of freedom, by Simpson's rule over the angle: t = sqrt(v) tan(a) makes of the
  /// density a power of the cosine.
  static func above(_ t: Double, freedom v: Double) -> Double {
    guard t.isFinite else { return t > 0 ? 0 : 1 }
    guard t >= 0 else { return 1 - above(-t, freedom: v) }
    let steps = 2_000
    func area(from low: Double, to high: Double) -> Double {
      let width = (high - low) / Double(steps)
      let sum = (0...steps).reduce(0.0) { sum, step in
        let weight = step == 0 || step == steps ? 1.0 : step.isMultiple(of: 2) ? 2 : 4
        return sum + weight * pow(max(0, cos(low + Double(step) * width)), v - 1)
      }
      return sum * width / 3
    }
    let angle = atan(t / v.squareRoot())
    return area(from: angle, to: .pi / 2) / (2 * area(from: 0, to: .pi / 2))
  }
}
