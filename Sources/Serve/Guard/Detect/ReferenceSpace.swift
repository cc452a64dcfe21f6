// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How far a vector is from the nearest of some that are known to be benign.
package struct ReferenceSpace: Sendable {
  /// What a file has of it.
  struct Facts: Codable, Sendable, Equatable {
    let width: Int
    let seed: UInt64
    /// By what each element is multiplied first.
    let scale: [Float]?
    /// Projected references, 32 numbers each.
    let points: [Float]
    /// Whether a distance is divided by the length of the vector.
    let isRelative: Bool
  }

  let facts: Facts
  private let projection: RandomProjection
  private let blocks: ReferenceBlocks

  /// - Parameter references: vectors of `width` elements.
  init(references: [[Float]], width: Int, seed: UInt64, scale: [Float]? = nil, isRelative: Bool) {
    let projection = RandomProjection(width: width, seed: seed, scale: scale)
    var points: [Float] = []
    for reference in references {
      let point = projection(reference.span)
      points += (0..<RandomProjection.dimensions).map { point[$0] }
    }
    self.init(
      .init(width: width, seed: seed, scale: scale, points: points, isRelative: isRelative), projection)
  }

  init(_ facts: Facts) {
    self.init(
      facts, RandomProjection(width: facts.width, seed: facts.seed, scale: facts.scale))
  }

  private init(_ facts: Facts, _ projection: RandomProjection) {
    (self.facts, self.projection) = (facts, projection)
    blocks = ReferenceBlocks(facts.points)
  }

  package var width: Int { facts.width }
  package var references: Int { facts.points.count / 32 }

  /// The distance to the nearest reference; NaN for a vector that has one.
  /// - Parameters:
  ///   - enough: what need not be told from any smaller distance.
  ///   - most: what need not be told from any larger distance.
  package func distance(
    _ vector: Span<Float>, enough: Float = -.infinity, most: Float = .infinity
  ) -> Float {
    var length: Float = 1
    if facts.isRelative {
      var square: Float = 0
      for place in vector.indices { square += vector[place] * vector[place] }
      length = max(square.squareRoot(), .leastNormalMagnitude)
    }
    let (near, far) = (enough * length, most * length)
    // A little less and a little more, so that no rounding below makes another side of it.
    let nearest = blocks.nearest(
      to: projection(vector), enough: enough > 0 ? near * near * 0.99999 : -1,
      most: most > 0 ? far * far * 1.00001 : .infinity)
    // A comparison with NaN lets the infinity stand, which is above every threshold.
    let distance = nearest.squareRoot()
    return facts.isRelative ? distance / length : distance
  }
}
