// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Projected references in blocks of sixteen that lie near each other. The search for the nearest one begins where it is likely, and
/// leaves out blocks that are too far away to have it: for most queries it reads a few of them, and not all.
struct ReferenceBlocks: Sendable {
  private static let size = 16
  private static let dimensions = RandomProjection.dimensions

  private let count: Int
  /// Sixteen references side by side: the dimension d of block b at 32 b + d.
  private let points: [SIMD16<Float>]
  /// The centres of sixteen blocks side by side, in the same way.
  private let centres: [SIMD16<Float>]
  /// The distance from each centre to the farthest reference of its block.
  private let radii: [Float]

  /// - Parameter references: 32 numbers each, of one reference or more.
  init(_ references: [Float]) {
    let all = Array(0..<references.count / Self.dimensions)
    let blocks = Self.split(all, references)
    func point(_ reference: Int, _ dimension: Int) -> Float {
      references[reference * Self.dimensions + dimension]
    }
    let middles = blocks.map { block in
      (0..<Self.dimensions).map { dimension in
        block.reduce(0) { $0 + point($1, dimension) } / Float(block.count)
      }
    }
    radii = zip(blocks, middles).map { block, middle in
      block.map { reference in
        middle.indices.reduce(Float(0)) { sum, dimension in
          let difference = point(reference, dimension) - middle[dimension]
          return sum + difference * difference
        }.squareRoot()
      }.max() ?? 0
    }
    count = blocks.count
    points = Self.sideBySide(blocks.count) { block, dimension, lane in
      // What is left of a block repeats its last reference, which makes none nearer.
      point(blocks[block][min(lane, blocks[block].count - 1)], dimension)
    }
    let groups = (blocks.count + Self.size - 1) / Self.size
    centres = Self.sideBySide(groups) { group, dimension, lane in
      middles[min(group * Self.size + lane, blocks.count - 1)][dimension]
    }
  }

  private static func sideBySide(_ count: Int, _ number: (Int, Int, Int) -> Float) -> [SIMD16<Float>] {
    (0..<count * dimensions).map { place in
      var block = SIMD16<Float>()
      for lane in 0..<size { block[lane] = number(place / dimensions, place % dimensions, lane) }
      return block
    }
  }

  /// Halves them along the line through two that are far apart, until there are sixteen at most.
  private static func split(_ all: [Int], _ references: [Float]) -> [[Int]] {
    guard all.count > size else { return [all] }
    func square(_ a: Int, _ b: Int) -> Float {
      (0..<dimensions).reduce(0) { sum, dimension in
        let difference = references[a * dimensions + dimension] - references[b * dimensions + dimension]
        return sum + difference * difference
      }
    }
    func farthest(from one: Int) -> Int { all.max { square(one, $0) < square(one, $1) }! }
    let left = farthest(from: all[0])
    let right = farthest(from: left)
    let order = all.map { (reference: $0, place: square($0, left) - square($0, right)) }
      .sorted { ($0.place, $0.reference) < ($1.place, $1.reference) }.map(\.reference)
    // So that all blocks but one are full.
    let half = max(size, order.count / 2 / size * size)
    return split(Array(order[..<half]), references) + split(Array(order[half...]), references)
  }

  /// The square of the distance from a point to the nearest reference; infinity for a point that is no number.
  /// - Parameters:
  ///   - enough: what need not be told from any smaller square: the search ends there.
  ///   - most: what need not be told from any larger square.
  func nearest(to point: RandomProjection.Point, enough: Float, most: Float) -> Float {
    // By block, the square of the distance to its centre: `Limits.guardReferences` make no more blocks.
    var squares = InlineArray<64, Float>(repeating: .infinity)
    var (first, least) = (0, Float.infinity)
    for group in 0..<(count + Self.size - 1) / Self.size {
      var sum = SIMD16<Float>()
      for dimension in 0..<Self.dimensions {
        let difference = centres[Self.dimensions * group + dimension] - point[dimension]
        sum += difference * difference
      }
      for lane in 0..<Self.size {
        squares[Self.size * group + lane] = sum[lane]
        if sum[lane] < least { (first, least) = (Self.size * group + lane, sum[lane]) }
      }
    }
    var nearest = look(at: first, point, .infinity)
    var reach = min(nearest, most).squareRoot()
    for block in 0..<count where block != first {
      guard nearest > enough else { break }
      // No reference of a block is nearer than its centre less its radius. A little more, so that no rounding leaves out the nearest.
      let far = (reach + radii[block]) * 1.0001
      guard squares[block] < far * far else { continue }
      nearest = look(at: block, point, nearest)
      reach = min(nearest, most).squareRoot()
    }
    return nearest
  }

  /// The least of the squares of the distances to the references of a block, and of one that is known.
  private func look(at block: Int, _ point: RandomProjection.Point, _ known: Float) -> Float {
    var sum = SIMD16<Float>()
    let limit = SIMD16(repeating: known)
    for part in 0..<4 {
      for dimension in 8 * part..<8 * part + 8 {
        let difference = points[Self.dimensions * block + dimension] - point[dimension]
        sum += difference * difference
      }
      // The sums only grow: when all are beyond what is nearest, none comes back. A comparison with NaN is none either.
      guard Self.isAny(sum, below: limit) else { return known }
    }
    return min(known, sum.min())
  }

  private static func isAny(_ left: SIMD16<Float>, below right: SIMD16<Float>) -> Bool {
    let marks = SIMD16<Int32>.zero.replacing(with: SIMD16(repeating: 1), where: left .< right)
    let half = marks.lowHalf | marks.highHalf
    let quarter = half.lowHalf | half.highHalf
    return (quarter[0] | quarter[1]) | (quarter[2] | quarter[3]) != 0
  }
}
