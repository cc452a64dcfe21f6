// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What lies between the camera and the world.
extension Raster {
  /// Flakes that fall in one direction, over a picture that the snow has made paler.
  func snow(_ severity: Severity, _ draws: inout Draws) -> Raster {
    typealias Flakes = (
      mean: Float, deviation: Float, size: Double, threshold: Float, length: Int, sigma: Double, clear: Float
    )
    let flakes: Flakes = severity.of(
      small: [
        (0.1, 0.2, 1, 0.6, 8, 3, 0.95), (0.1, 0.2, 1, 0.5, 10, 4, 0.9), (0.15, 0.3, 1.75, 0.55, 10, 4, 0.9),
        (0.25, 0.3, 2.25, 0.6, 12, 6, 0.85), (0.3, 0.3, 1.25, 0.65, 14, 12, 0.8),
      ],
      large: [
        (0.1, 0.3, 3, 0.5, 10, 4, 0.8), (0.2, 0.3, 2, 0.5, 12, 4, 0.7), (0.55, 0.3, 4, 0.9, 12, 8, 0.7),
        (0.55, 0.3, 4.5, 0.85, 12, 8, 0.65), (0.55, 0.3, 2.5, 0.85, 12, 12, 0.55),
      ])
    let angle = draws.uniform(-135, -45)
    let layer = Plane(height: height, width: width) { _, _ in flakes.mean + flakes.deviation * draws.normal()
    }
    .zoomed(flakes.size).map { $0 < flakes.threshold ? 0 : min($0, 1) }
    .motionBlurred(radius: flakes.length, sigma: flakes.sigma, degrees: angle).values
    let pale = luma.map { $0 * 1.5 + 0.5 }.values
    return mapPlanes { plane in
      var changed = plane
      for at in layer.indices {
        let value = plane.values[at]
        changed.values[at] =
          flakes.clear * value + (1 - flakes.clear) * max(value, pale[at]) + layer[at]
          + layer[layer.count - 1 - at]
      }
      return changed
    }
  }

  /// A cloud of the diamond-square algorithm over the picture.
  func fog(_ severity: Severity, _ draws: inout Draws) -> Raster {
    let (density, decay): (Float, Float) = severity.of(
      small: [(0.2, 3), (0.5, 3), (0.75, 2.5), (1, 2), (1.5, 1.75)],
      large: [(1.5, 2), (2, 2), (2.5, 1.7), (2.5, 1.5), (3, 1.4)])
    let cloud = Plasma.cloud(height: height, width: width, decay: decay, &draws)
    let brightest = planes.flatMap(\.values).max() ?? 0
    let scale = brightest / (brightest + density)
    return mapPlanes { plane in
      Plane(height: height, width: width) { y, x in (plane[y, x] + density * cloud[y, x]) * scale }
    }
  }

  /// Frozen water on a window: a texture of ours in place of the reference's photographs.
  func frost(_ severity: Severity, _ draws: inout Draws) -> Raster {
    let (clear, ice): (Float, Float) = severity.of(
      small: [(1, 0.2), (1, 0.3), (0.9, 0.4), (0.85, 0.4), (0.75, 0.45)],
      large: [(1, 0.4), (0.8, 0.6), (0.7, 0.7), (0.65, 0.7), (0.6, 0.75)])
    let texture = FrostTexture.plane(height: height, width: width, &draws)
    let tint = channels(of: FrostTexture.tint)
    var changed = self
    for channel in planes.indices {
      for at in texture.values.indices {
        changed.planes[channel].values[at] =
          clear * planes[channel].values[at] + ice * min(texture.values[at] * tint[channel], 1)
      }
    }
    return changed
  }
}
