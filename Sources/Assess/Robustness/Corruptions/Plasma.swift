// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A cloud of random heights, by the diamond-square algorithm (Fournier, Fussell and Carpenter 1982) on a torus.
enum Plasma {
  /// - Parameter decay: by how much less each finer grid moves than the one before, with the square of it.
  /// - Returns: from 0 to 1, the upper left part of the smallest square with a power of two as side.
  static func cloud(height: Int, width: Int, decay: Float, _ draws: inout Draws) -> Plane {
    var side = 1
    while side < max(height, width) { side *= 2 }
    var map = Plane(height: side, width: side)
    var (step, wobble) = (side, Float(100))
    while step >= 2 {
      refine(&map, step: step, reach: wobble * wobble, &draws)
      step /= 2
      wobble /= decay
    }
    let (low, high) = (map.values.min() ?? 0, map.values.max() ?? 0)
    let range = high > low ? high - low : 1
    return Plane(height: height, width: width) { y, x in (map[y, x] - low) / range }
  }

  private static func refine(_ map: inout Plane, step: Int, reach: Float, _ draws: inout Draws) {
    let (side, half) = (map.width, step / 2)
    func value(_ y: Int, _ x: Int) -> Float { map[(y + side) % side, (x + side) % side] }
    for y in stride(from: half, to: side, by: step) {
      for x in stride(from: half, to: side, by: step) {
        let sum =
          value(y - half, x - half) + value(y - half, x + half) + value(y + half, x - half)
          + value(y + half, x + half)
        map[y, x] = sum / 4 + draws.uniform(-reach, reach)
      }
    }
    for (top, left) in [(0, half), (half, 0)] {
      for y in stride(from: top, to: side, by: step) {
        for x in stride(from: left, to: side, by: step) {
          let sum = value(y - half, x) + value(y + half, x) + value(y, x - half) + value(y, x + half)
          map[y, x] = sum / 4 + draws.uniform(-reach, reach)
        }
      }
    }
  }
}
