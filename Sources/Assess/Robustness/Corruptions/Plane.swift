// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// One channel of a picture, row by row.
struct Plane: Equatable, Sendable {
  let height: Int
  let width: Int
  var values: [Float]

  init(height: Int, width: Int, values: [Float]) {
    precondition(values.count == height * width, "a plane needs one value a pixel")
    (self.height, self.width, self.values) = (height, width, values)
  }

  init(height: Int, width: Int, repeating value: Float = 0) {
    self.init(height: height, width: width, values: [Float](repeating: value, count: height * width))
  }

  /// A plane whose values are made one after the other, row by row.
  init(height: Int, width: Int, _ value: (_ y: Int, _ x: Int) -> Float) {
    var values: [Float] = []
    values.reserveCapacity(height * width)
    for y in 0..<height { for x in 0..<width { values.append(value(y, x)) } }
    self.init(height: height, width: width, values: values)
  }

  subscript(y: Int, x: Int) -> Float {
    get { values[y * width + x] }
    set { values[y * width + x] = newValue }
  }

  func map(_ body: (Float) -> Float) -> Plane {
    Plane(height: height, width: width, values: values.map(body))
  }

  /// Between the four pixels around a place that lies inside, up to `border`.
  func bilinear(y: Float, x: Float, border: Border) -> Float {
    let (top, left) = (y.rounded(.down), x.rounded(.down))
    let (down, right) = (y - top, x - left)
    let (y0, x0) = (border.index(Int(top), of: height), border.index(Int(left), of: width))
    let (y1, x1) = (border.index(Int(top) + 1, of: height), border.index(Int(left) + 1, of: width))
    let upper = self[y0, x0] * (1 - right) + self[y0, x1] * right
    let lower = self[y1, x0] * (1 - right) + self[y1, x1] * right
    return upper * (1 - down) + lower * down
  }
}

/// What stands for the pixels outside of a picture.
enum Border: Sendable {
  /// a a | a b c d | d d
  case nearest
  /// b a | a b c d | d c
  case reflect
  /// c b | a b c d | c b
  case mirror

  /// The pixel that stands for the one at `index` of a line of `count`.
  func index(_ index: Int, of count: Int) -> Int {
    if index >= 0, index < count { return index }
    guard count > 1 else { return 0 }
    switch self {
    case .nearest: return min(max(index, 0), count - 1)
    case .reflect:
      let place = Self.modulo(index, 2 * count)
      return place < count ? place : 2 * count - 1 - place
    case .mirror:
      let place = Self.modulo(index, 2 * count - 2)
      return place < count ? place : 2 * count - 2 - place
    }
  }

  private static func modulo(_ index: Int, _ period: Int) -> Int {
    let rest = index % period
    return rest < 0 ? rest + period : rest
  }
}
