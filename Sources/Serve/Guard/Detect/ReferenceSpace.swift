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
  /// Sixteen references side by side: block b has the dimension d of its references at 32 b + d.
  private let blocks: [SIMD16<Float>]

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
    let count = facts.points.count / 32
    blocks = (0..<(count + 15) / 16 * 32).map { place in
      var block = SIMD16<Float>()
      // What is left of the last block repeats the last reference, which makes none nearer.
      for lane in 0..<16 {
        block[lane] = facts.points[min(place / 32 * 16 + lane, count - 1) * 32 + place % 32]
      }
      return block
    }
  }

  package var width: Int { facts.width }
  package var references: Int { facts.points.count / 32 }

  /// The distance to the nearest reference; NaN for a vector that has one.
  package func distance(_ vector: Span<Float>) -> Float {
    let point = projection(vector)
    var nearest = SIMD16<Float>(repeating: .infinity)
    for start in stride(from: 0, to: blocks.count, by: 32) {
      var sum = SIMD16<Float>()
      for dimension in 0..<32 {
        let difference = blocks[start + dimension] - point[dimension]
        sum += difference * difference
      }
      nearest = nearest.replacing(with: sum, where: sum .< nearest)
    }
    let distance = nearest.min().squareRoot()
    // A comparison with NaN lets the infinity stand, which is above every threshold.
    guard facts.isRelative else { return distance }
    var square: Float = 0
    for place in vector.indices { square += vector[place] * vector[place] }
    return distance / max(square.squareRoot(), .leastNormalMagnitude)
  }
}
