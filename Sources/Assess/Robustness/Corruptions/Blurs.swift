// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What a camera does that is out of focus, or looks through something.
extension Raster {
  func gaussianBlur(_ severity: Severity) -> Raster {
    let sigma: Double = severity.of(small: [0.4, 0.6, 0.7, 0.8, 1], large: [1, 2, 3, 4, 6])
    return mapPlanes { $0.blurred(sigma: sigma) }
  }

  /// Each point becomes a disc with a soft edge.
  func defocusBlur(_ severity: Severity) -> Raster {
    let (radius, softness): (Double, Double) = severity.of(
      small: [(0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (1, 0.2), (1.5, 0.1)],
      large: [(3, 0.1), (4, 0.5), (6, 0.5), (8, 0.5), (10, 0.5)])
    let taps = Self.disc(radius: radius, softness: softness)
    return mapPlanes { $0.correlated(taps, .mirror) }
  }

  private static func disc(radius: Double, softness: Double) -> [Plane.Tap] {
    let reach = radius <= 8 ? 8 : Int(radius)
    let hard = Plane(height: 2 * reach + 1, width: 2 * reach + 1) { y, x in
      Double((y - reach) * (y - reach) + (x - reach) * (x - reach)) <= radius * radius ? 1 : 0
    }
    let area = hard.values.reduce(0, +)
    let kernel = Plane.gaussian(radius: radius <= 8 ? 1 : 2, sigma: softness)
    let soft = hard.map { $0 / area }.filtered(kernel, .mirror)
    return soft.values.indices.filter { soft.values[$0] > 1e-9 }.map {
      Plane.Tap(y: $0 / soft.width - reach, x: $0 % soft.width - reach, weight: soft.values[$0])
    }
  }

  /// Frosted glass: pixels take the colour of one nearby, one after the other from the lower right, between two blurs.
  ///
  /// The reference means to swap the two. In its arrays of coloured pixels the swap overwrites one with the other; the data
  /// sets that results are compared on were made so, and so does this.
  func glassBlur(_ severity: Severity, _ draws: inout Draws) -> Raster {
    let (sigma, reach, rounds): (Double, Int, Int) = severity.of(
      small: [(0.05, 1, 1), (0.25, 1, 1), (0.4, 1, 1), (0.25, 1, 2), (0.4, 1, 2)],
      large: [(0.7, 1, 2), (0.9, 2, 1), (1, 2, 3), (1.1, 3, 2), (1.5, 4, 2)])
    var shuffled = mapPlanes { $0.blurred(sigma: sigma) }
    for _ in 0..<rounds {
      for y in stride(from: height - reach, to: reach, by: -1) {
        for x in stride(from: width - reach, to: reach, by: -1) {
          let (right, down) = (draws.step(within: reach), draws.step(within: reach))
          for channel in planes.indices {
            shuffled.planes[channel][y, x] = shuffled.planes[channel][y + down, x + right]
          }
        }
      }
    }
    return shuffled.mapPlanes { $0.blurred(sigma: sigma) }
  }
}
