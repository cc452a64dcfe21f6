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
  /// Sixteen references side by side, and first the first eight dimensions of all: most are told from them alone. Of n blocks, block b has
  /// the dimension d of its references at 8 (n (d / 8) + b) + d % 8.
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
    let blockCount = (count + 15) / 16
    blocks = (0..<blockCount * 32).map { place in
      let (number, dimension) = (place / 8 % blockCount, place / 8 / blockCount * 8 + place % 8)
      var block = SIMD16<Float>()
      // What is left of the last block repeats the last reference, which makes none nearer.
      for lane in 0..<16 {
        block[lane] = facts.points[min(number * 16 + lane, count - 1) * 32 + dimension]
      }
      return block
    }
  }

  package var width: Int { facts.width }
  package var references: Int { facts.points.count / 32 }

  /// The distance to the nearest reference; NaN for a vector that has one.
  /// - Parameter enough: what need not be told from any smaller distance. It spares the rest of the references once one is so near.
  package func distance(_ vector: Span<Float>, enough: Float = -.infinity) -> Float {
    var length: Float = 1
    if facts.isRelative {
      var square: Float = 0
      for place in vector.indices { square += vector[place] * vector[place] }
      length = max(square.squareRoot(), .leastNormalMagnitude)
    }
    // A little less, so that no rounding below makes more of it than is enough.
    let limit = enough > 0 ? enough * length * enough * length * 0.99999 : -1
    let point = projection(vector)
    var nearest = Float.infinity
    let count = blocks.count / 32
    for number in 0..<count {
      var sum = SIMD16<Float>()
      var isNearer = false
      for part in 0..<4 {
        let start = 8 * (count * part + number)
        for dimension in 0..<8 {
          let difference = blocks[start + dimension] - point[8 * part + dimension]
          sum += difference * difference
        }
        // The sums only grow: when all are beyond what is nearest, none comes back.
        isNearer = Self.isAny(sum, below: SIMD16(repeating: nearest))
        guard isNearer else { break }
      }
      guard isNearer else { continue }
      for lane in 0..<16 where sum[lane] < nearest { nearest = sum[lane] }
      if nearest <= limit { break }
    }
    // A comparison with NaN lets the infinity stand, which is above every threshold.
    let distance = nearest.squareRoot()
    return facts.isRelative ? distance / length : distance
  }

  private static func isAny(_ left: SIMD16<Float>, below right: SIMD16<Float>) -> Bool {
    let marks = SIMD16<Int32>.zero.replacing(with: SIMD16(repeating: 1), where: left .< right)
    let half = marks.lowHalf | marks.highHalf
    let quarter = half.lowHalf | half.highHalf
    return (quarter[0] | quarter[1]) | (quarter[2] | quarter[3]) != 0
  }
}
