// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What changes where things are in a picture.
extension Raster {
  /// Shrinks by a box, and enlarges again: as Pillow's box filter, without its rounding to 256 levels.
  func pixelate(_ severity: Severity) -> Raster {
    let scale: Double = severity.of(small: [0.95, 0.9, 0.85, 0.75, 0.65], large: [0.6, 0.5, 0.4, 0.3, 0.25])
    return mapPlanes { plane in
      plane.boxResized(height: Int(Double(height) * scale), width: Int(Double(width) * scale))
        .boxResized(height: height, width: width)
    }
  }

  /// A random affine map, then a smooth field of displacements.
  func elasticTransform(_ severity: Severity, _ draws: inout Draws) -> Raster {
    // How far things move, how smooth that is, and the reach of the affine map; as parts of the picture's shorter side.
    let (strength, smoothness, affine): (Float, Double, Float) = severity.of(
      small: [(0, 0, 0.08), (0.05, 0.2, 0.07), (0.08, 0.06, 0.06), (0.1, 0.04, 0.05), (0.1, 0.03, 0.03)],
      large: [(2, 0.7, 0.1), (2, 0.08, 0.2), (0.05, 0.01, 0.02), (0.07, 0.01, 0.02), (0.12, 0.01, 0.02)])
    // ImageNet-C has 244 where its pictures have 224 pixels.
    let side = Float(min(height, width)) * (severity.isSmall ? 1 : 244.0 / 224)
    let map = AffineMap.random(height: height, width: width, reach: affine * side, &draws)
    let (across, down) = (
      displacements(strength * side, smoothness * Double(side), &draws),
      displacements(strength * side, smoothness * Double(side), &draws)
    )
    return mapPlanes { plane in
      let mapped = Plane(height: height, width: width) { y, x in
        let (sourceX, sourceY) = map.source(x: Float(x), y: Float(y))
        return plane.bilinear(y: sourceY, x: sourceX, border: .mirror)
      }
      guard strength > 0 else { return mapped }
      return Plane(height: height, width: width) { y, x in
        mapped.bilinear(y: Float(y) + down[y, x], x: Float(x) + across[y, x], border: .reflect)
      }
    }
  }

  private func displacements(_ strength: Float, _ smoothness: Double, _ draws: inout Draws) -> Plane {
    Plane(height: height, width: width) { _, _ in draws.uniform(-1, 1) }
      .blurred(sigma: smoothness, truncate: 3, border: .reflect).map { $0 * strength }
  }
}

/// Where in a picture a pixel of the mapped one comes from.
struct AffineMap: Sendable {
  private let x: (Float, Float, Float)
  private let y: (Float, Float, Float)

  func source(x pixelX: Float, y pixelY: Float) -> (x: Float, y: Float) {
    (x.0 * pixelX + x.1 * pixelY + x.2, y.0 * pixelX + y.1 * pixelY + y.2)
  }

  /// The map that takes three points around the middle to where they are moved at random.
  /// - Parameter reach: in pixels, of each coordinate.
  static func random(height: Int, width: Int, reach: Float, _ draws: inout Draws) -> AffineMap {
    let (middleX, middleY, side) = (Float(width / 2), Float(height / 2), Float(min(height, width) / 3))
    let before = [
      (middleX + side, middleY + side), (middleX + side, middleY - side), (middleX - side, middleY - side),
    ]
    let after = before.map { point in
      (point.0 + draws.uniform(-reach, reach), point.1 + draws.uniform(-reach, reach))
    }
    return AffineMap(from: after, to: before) ?? AffineMap(x: (1, 0, 0), y: (0, 1, 0))
  }

  private init(x: (Float, Float, Float), y: (Float, Float, Float)) { (self.x, self.y) = (x, y) }

  /// Nil where the three points to start from lie on a line.
  private init?(from start: [(Float, Float)], to end: [(Float, Float)]) {
    let (a, b) = (
      (start[1].0 - start[0].0, start[1].1 - start[0].1), (start[2].0 - start[0].0, start[2].1 - start[0].1)
    )
    let determinant = a.0 * b.1 - a.1 * b.0
    guard abs(determinant) > 1e-3 else { return nil }
    func row(_ values: (Float, Float, Float)) -> (Float, Float, Float) {
      let (first, second) = (values.1 - values.0, values.2 - values.0)
      let byX = (first * b.1 - second * a.1) / determinant
      let byY = (second * a.0 - first * b.0) / determinant
      return (byX, byY, values.0 - byX * start[0].0 - byY * start[0].1)
    }
    self.init(x: row((end[0].0, end[1].0, end[2].0)), y: row((end[0].1, end[1].1, end[2].1)))
  }
}

extension Plane {
  /// Each pixel is the mean of those whose middles lie in its box, first along the rows, then along the columns.
  func boxResized(height newHeight: Int, width newWidth: Int) -> Plane {
    let (columns, rows) = (Self.boxes(width, newWidth), Self.boxes(height, newHeight))
    let narrow = Plane(height: height, width: newWidth) { y, x in
      columns[x].reduce(0) { $0 + self[y, $1] } / Float(columns[x].count)
    }
    return Plane(height: newHeight, width: newWidth) { y, x in
      rows[y].reduce(0) { $0 + narrow[$1, x] } / Float(rows[y].count)
    }
  }

  private static func boxes(_ count: Int, _ wanted: Int) -> [Range<Int>] {
    let scale = Double(count) / Double(wanted)
    let size = max(scale, 1)
    return (0..<wanted).map { index in
      let middle = (Double(index) + 0.5) * scale
      var box = max(0, Int(middle - size / 2 + 0.5))..<min(count, Int(middle + size / 2 + 0.5))
      // A pixel whose middle lies on the border of two boxes belongs to the first, up to how Pillow rounds.
      func isInside(_ pixel: Int) -> Bool {
        let offset = (Double(pixel) - middle + 0.5) * (1 / size)
        return offset > -0.5 && offset <= 0.5
      }
      while box.count > 1, !isInside(box.lowerBound) { box.removeFirst() }
      while box.count > 1, !isInside(box.upperBound - 1) { box.removeLast() }
      return box
    }
  }
}
