// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Maps vectors to 32 numbers so that distances stay about what they were (Johnson and Lindenstrauss 1984): a matrix of normal
/// numbers that a seed decides. Who does not know the seed cannot aim at what the projection does not see.
struct RandomProjection: Sendable {
  typealias Point = SIMD32<Float>

  /// Elements of the vectors.
  let width: Int
  /// The elements that are looked at; nil for all.
  private let elements: [Int]?
  /// A row for each of these elements.
  private let rows: [Point]

  /// - Parameters:
  ///   - width: elements of the vectors, at least 1.
  ///   - scale: by what each element is multiplied first; nil for 1.
  init(width: Int, seed: UInt64, scale: [Float]? = nil) {
    self.width = width
    var draws = Draws(seed: seed)
    elements =
      width > Self.mostElements ? draws.sample(Self.mostElements, of: width).sorted() : nil
    let norm = (1 / Float(Point.scalarCount)).squareRoot()
    let shown = elements ?? Array(0..<width)
    rows = shown.map { element in
      var row = Point()
      for place in stride(from: 0, to: Point.scalarCount, by: 2) {
        (row[place], row[place + 1]) = draws.normals()
      }
      return row * norm * (scale?[element] ?? 1)
    }
  }

  /// - Parameter vector: ``width`` elements.
  func callAsFunction(_ vector: Span<Float>) -> Point {
    precondition(vector.count == width, "a vector of another width than the projection's")
    // Four sums do not wait for each other.
    var sums = (Point(), Point())
    if let elements {
      for place in elements.indices { sums.0 += rows[place] * vector[elements[place]] }
      return sums.0
    }
    let even = rows.count & ~1
    for place in stride(from: 0, to: even, by: 2) {
      sums.0 += rows[place] * vector[place]
      sums.1 += rows[place + 1] * vector[place + 1]
    }
    if even < rows.count { sums.0 += rows[even] * vector[even] }
    return sums.0 + sums.1
  }
}
