// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The edges of a picture, and how far away they are.
enum EdgeMap {
  /// Canny's edges (1986): where the slope is steepest along itself and above `high`, or above `low` and joined to such a place.
  static func edges(of plane: Plane, low: Float, high: Float) -> [Bool] {
    let (height, width) = (plane.height, plane.width)
    let (across, down) = slopes(of: plane)
    let steepness = Plane(
      height: height, width: width, values: zip(across.values, down.values).map { abs($0) + abs($1) })
    func steep(_ y: Int, _ x: Int) -> Float {
      (0..<height).contains(y) && (0..<width).contains(x) ? steepness[y, x] : 0
    }
    var (isRidge, isEdge) = (
      [Bool](repeating: false, count: height * width), [Bool](repeating: false, count: height * width)
    )
    var open: [(y: Int, x: Int)] = []
    for y in 0..<height {
      for x in 0..<width where steepness[y, x] > low {
        let (here, alongX, alongY) = (steepness[y, x], across[y, x], down[y, x])
        let isTop: Bool
        if abs(alongY) < 0.41421356 * abs(alongX) {
          isTop = here > steep(y, x - 1) && here >= steep(y, x + 1)
        } else if abs(alongY) > 2.41421356 * abs(alongX) {
          isTop = here > steep(y - 1, x) && here >= steep(y + 1, x)
        } else {
          let side = (alongX < 0) == (alongY < 0) ? 1 : -1
          isTop = here > steep(y - 1, x - side) && here > steep(y + 1, x + side)
        }
        guard isTop else { continue }
        isRidge[y * width + x] = true
        if here > high { open.append((y, x)) }
      }
    }
    while let (y, x) = open.popLast() {
      guard !isEdge[y * width + x] else { continue }
      isEdge[y * width + x] = true
      for nearY in max(y - 1, 0)...min(y + 1, height - 1) {
        for nearX in max(x - 1, 0)...min(x + 1, width - 1) where isRidge[nearY * width + nearX] {
          if !isEdge[nearY * width + nearX] { open.append((nearY, nearX)) }
        }
      }
    }
    return isEdge
  }

  /// Sobel's.
  private static func slopes(of plane: Plane) -> (across: Plane, down: Plane) {
    let taps: [(y: Int, x: Int, weight: Float)] = [
      (-1, -1, -1), (0, -1, -2), (1, -1, -1), (-1, 1, 1), (0, 1, 2), (1, 1, 1),
    ]
    return (
      plane.correlated(taps.map { .init(y: $0.y, x: $0.x, weight: $0.weight) }, .nearest),
      plane.correlated(taps.map { .init(y: $0.x, x: $0.y, weight: $0.weight) }, .nearest)
    )
  }

  /// How far each pixel lies from the nearest edge, in pixels and no more than `most`, by Borgefors' steps (1986) of 1, 1.4 and
  /// 2.1969.
  static func distances(to edges: [Bool], height: Int, width: Int, most: Float) -> Plane {
    let steps: [(y: Int, x: Int, length: Float)] = [
      (0, -1, 1), (-1, 0, 1), (-1, -1, 1.4), (-1, 1, 1.4), (-1, -2, 2.1969), (-1, 2, 2.1969),
      (-2, -1, 2.1969),
      (-2, 1, 2.1969),
    ]
    var result = Plane(height: height, width: width, values: edges.map { $0 ? 0 : most })
    func relax(_ y: Int, _ x: Int, _ sign: Int) {
      for step in steps {
        let (otherY, otherX) = (y + sign * step.y, x + sign * step.x)
        guard (0..<height).contains(otherY), (0..<width).contains(otherX) else { continue }
        result[y, x] = min(result[y, x], result[otherY, otherX] + step.length)
      }
    }
    for y in 0..<height { for x in 0..<width { relax(y, x, 1) } }
    for y in (0..<height).reversed() { for x in (0..<width).reversed() { relax(y, x, -1) } }
    return result
  }
}
