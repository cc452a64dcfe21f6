// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What inputs may be: a range for each element, in which everything is measured in shares.
struct InputDomain: Sendable {
  /// Of one row, without the batch.
  let shape: [Int]
  let lows: [Float]
  /// The width of the range of each element; 0 for one that is always the same.
  let spans: [Float]
  /// The elements that a trigger covers together: of a picture the channels of a pixel, of a table each by itself.
  let places: Int

  var width: Int { lows.count }
  /// `[C, H, W]` or `[H, W]` of a picture.
  var isPicture: Bool { shape.count == 3 && (shape[0] == 1 || shape[0] == 3) || shape.count == 2 }

  /// The range of a picture is that of all its elements together, that of a table the range of each column.
  /// - Parameter values: rows of the data, one after the other.
  init(_ values: [Float], shape: [Int]) {
    let width = shape.reduce(1, *)
    self.shape = shape
    let isPicture = shape.count >= 2
    var lows = [Float](repeating: .infinity, count: width)
    var highs = [Float](repeating: -.infinity, count: width)
    for place in values.indices {
      lows[place % width] = min(lows[place % width], values[place])
      highs[place % width] = max(highs[place % width], values[place])
    }
    if isPicture {
      let (low, high) = (lows.min() ?? 0, highs.max() ?? 1)
      lows = lows.map { _ in low }
      highs = highs.map { _ in high }
    }
    self.lows = lows
    spans = zip(lows, highs).map { max(0, $1 - $0) }
    places = shape.count == 3 ? shape[1] * shape[2] : width
  }

  /// Rows of the data as shares of the range.
  func shares(_ values: [Float]) -> [Float] {
    let width = width
    return values.indices.map { place in
      let span = spans[place % width]
      return span > 0 ? (values[place] - lows[place % width]) / span : 0
    }
  }

  /// The inverse of ``shares(_:)``.
  func values(_ shares: [Float]) -> [Float] {
    let width = width
    return shares.indices.map { place in lows[place % width] + shares[place] * spans[place % width] }
  }
}
