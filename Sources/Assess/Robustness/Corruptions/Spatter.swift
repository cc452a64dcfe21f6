// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Drops on the lens.
extension Raster {
  private static let water: (red: Float, green: Float, blue: Float) = (175.0 / 255, 238.0 / 255, 238.0 / 255)
  private static let mud: (red: Float, green: Float, blue: Float) = (63.0 / 255, 42.0 / 255, 20.0 / 255)

  func spatter(_ severity: Severity, _ draws: inout Draws) -> Raster {
    typealias Drops = (
      mean: Float, deviation: Float, size: Double, threshold: Float, strength: Double, isMud: Bool
    )
    let drops: Drops = severity.of(
      small: [
        (0.62, 0.1, 0.7, 0.7, 0.5, false), (0.65, 0.1, 0.8, 0.7, 0.5, false),
        (0.65, 0.3, 1, 0.69, 0.5, false),
        (0.65, 0.1, 0.7, 0.69, 0.6, true), (0.65, 0.1, 0.5, 0.68, 0.6, true),
      ],
      large: [
        (0.65, 0.3, 4, 0.69, 0.6, false), (0.65, 0.3, 3, 0.68, 0.6, false), (0.65, 0.3, 2, 0.68, 0.5, false),
        (0.65, 0.3, 1, 0.65, 1.5, true), (0.67, 0.4, 1, 0.65, 1.5, true),
      ])
    let liquid = Plane(height: height, width: width) { _, _ in drops.mean + drops.deviation * draws.normal() }
      .blurred(sigma: drops.size).map { $0 < drops.threshold ? 0 : $0 }
    if drops.isMud {
      let cover = liquid.map { $0 > drops.threshold ? 1 : 0 }.blurred(sigma: drops.strength).map {
        $0 < 0.8 ? 0 : $0
      }
      return covered(by: cover, colour: Self.mud) { value, cover in value * (1 - cover) }
    }
    return covered(by: Self.shine(of: liquid).map { $0 * Float(drops.strength) }, colour: Self.water) {
      value, _ in value
    }
  }

  private func covered(
    by cover: Plane, colour: (red: Float, green: Float, blue: Float),
    _ kept: (_ value: Float, _ cover: Float) -> Float
  ) -> Raster {
    var result = self
    for (channel, tint) in channels(of: colour).enumerated() {
      for at in cover.values.indices {
        result.planes[channel].values[at] =
          kept(planes[channel].values[at], cover.values[at]) + cover.values[at] * tint
      }
    }
    return result
  }

  /// How drops of water gleam: by their depth, and by the distance to their edges seen from one side.
  /// - Returns: from 0 to 1.
  private static func shine(of liquid: Plane) -> Plane {
    let depth = liquid.map { min($0 * 255, 255).rounded(.down) }
    let distance = EdgeMap.distances(
      to: EdgeMap.edges(of: depth, low: 50, high: 150), height: depth.height, width: depth.width, most: 20)
    let relief: [Plane.Tap] = [
      .init(y: -1, x: -1, weight: -2), .init(y: -1, x: 0, weight: -1), .init(y: 0, x: -1, weight: -1),
      .init(y: 0, x: 0, weight: 1), .init(y: 0, x: 1, weight: 1), .init(y: 1, x: 0, weight: 1),
      .init(y: 1, x: 1, weight: 2),
    ]
    let gleam = distance.boxBlurred().map { $0.rounded(.down) }.equalised().correlated(relief, .mirror)
      .map { min(max($0, 0), 255) }.boxBlurred().map { $0.rounded() }
    var shine = depth
    for at in shine.values.indices { shine.values[at] *= gleam.values[at] }
    let most = shine.values.max() ?? 0
    return most > 0 ? shine.map { $0 / most } : shine
  }
}

extension Plane {
  /// Spread so that all levels from 0 to 255 are as frequent as can be. Of whole numbers from 0 to 255.
  func equalised() -> Plane {
    var counts = [Int](repeating: 0, count: 256)
    for value in values { counts[Int(value)] += 1 }
    let first = counts.firstIndex { $0 > 0 } ?? 0
    guard counts[first] < values.count else { return self }
    let scale = 255 / Float(values.count - counts[first])
    var (levels, sum) = ([Float](repeating: 0, count: 256), 0)
    for level in first + 1..<256 {
      sum += counts[level]
      levels[level] = (Float(sum) * scale).rounded()
    }
    return map { levels[Int($0)] }
  }
}
