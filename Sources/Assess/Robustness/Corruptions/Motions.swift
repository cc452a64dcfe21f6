// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// What moves while the shutter is open.
extension Raster {
  func motionBlur(_ severity: Severity, _ draws: inout Draws) -> Raster {
    let (radius, sigma): (Int, Double) = severity.of(
      small: [(6, 1), (6, 1.5), (6, 2), (8, 2), (9, 2.5)],
      large: [(10, 3), (15, 5), (15, 8), (15, 12), (20, 15)])
    let angle = draws.uniform(-45, 45)
    return mapPlanes { $0.motionBlurred(radius: radius, sigma: sigma, degrees: angle) }
  }

  /// The mean of the picture and of its enlargements.
  func zoomBlur(_ severity: Severity) -> Raster {
    let (count, step): (Int, Double) = severity.of(
      small: [(7, 0.01), (12, 0.01), (16, 0.01), (21, 0.01), (26, 0.01)],
      large: [(12, 0.01), (16, 0.01), (11, 0.02), (13, 0.02), (11, 0.03)])
    return mapPlanes { plane in
      var sum = plane
      for index in 0..<count {
        let larger = plane.zoomed(1 + Double(index) * step)
        for at in sum.values.indices { sum.values[at] += larger.values[at] }
      }
      return sum.map { $0 / Float(count + 1) }
    }
  }
}

extension Plane {
  /// A trace of half a Gaussian in one direction, as ImageMagick draws it.
  /// - Parameters:
  ///   - radius: the trace is `2 * radius + 1` pixels long.
  ///   - degrees: from the positive x axis towards the positive y axis.
  func motionBlurred(radius: Int, sigma: Double, degrees: Float) -> Plane {
    let angle = Double(degrees) * .pi / 180
    let weights = (0...2 * radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let sum = weights.reduce(0, +)
    let taps = weights.indices.map { index in
      Tap(
        y: Int((Double(index) * sin(angle) - 0.5).rounded(.up)),
        x: Int((Double(index) * cos(angle) - 0.5).rounded(.up)),
        weight: Float(weights[index] / sum))
    }
    return correlated(taps.filter { $0.weight > 1e-7 }, .nearest)
  }
}
