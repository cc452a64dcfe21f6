// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Maps vectors to 32 numbers so that distances stay about what they were (Johnson and Lindenstrauss 1984): a matrix of normal
/// numbers that a seed decides. Who does not know the seed cannot aim at what the projection does not see.
struct RandomProjection: Sendable {
  /// 32 numbers. In two halves: sixteen floats and their sums fit into the registers of every processor that we run on, and 32
  /// do not.
  struct Point: Sendable {
    var low = SIMD16<Float>()
    var high = SIMD16<Float>()

    subscript(place: Int) -> Float { place < 16 ? low[place] : high[place - 16] }
  }

  static let dimensions = 32

  /// Elements of the vectors.
  let width: Int
  /// The elements that are looked at; nil for all.
  private let elements: [Int]?
  /// A row for each of these elements, by halves.
  private let lows: [SIMD16<Float>]
  private let highs: [SIMD16<Float>]

  /// - Parameters:
  ///   - width: elements of the vectors, at least 1.
  ///   - scale: by what each element is multiplied first; nil for 1.
  init(width: Int, seed: UInt64, scale: [Float]? = nil) {
    self.width = width
    var draws = Draws(seed: seed)
    elements =
      width > Limits.guardElements ? draws.sample(Limits.guardElements, of: width).sorted() : nil
    let norm = (1 / Float(Self.dimensions)).squareRoot()
    var (lows, highs): ([SIMD16<Float>], [SIMD16<Float>]) = ([], [])
    for element in elements ?? Array(0..<width) {
      let factor = norm * (scale?[element] ?? 1)
      lows.append(Self.half(&draws) * factor)
      highs.append(Self.half(&draws) * factor)
    }
    (self.lows, self.highs) = (lows, highs)
  }

  private static func half(_ draws: inout Draws) -> SIMD16<Float> {
    var row = SIMD16<Float>()
    for place in stride(from: 0, to: 16, by: 2) { (row[place], row[place + 1]) = draws.normals() }
    return row
  }

  /// - Parameter vector: ``width`` elements.
  func callAsFunction(_ vector: Span<Float>) -> Point {
    precondition(vector.count == width, "a vector of another width than the projection's")
    guard let elements else { return Point(low: Self.sum(lows, vector), high: Self.sum(highs, vector)) }
    let shown = elements.map { vector[$0] }
    return Point(low: Self.sum(lows, shown.span), high: Self.sum(highs, shown.span))
  }

  private static func sum(_ rows: [SIMD16<Float>], _ vector: Span<Float>) -> SIMD16<Float> {
    var sum = SIMD16<Float>()
    for place in rows.indices { sum += rows[place] * vector[place] }
    return sum
  }
}
