// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What a column has in it.
package struct ColumnSummary: Codable, Equatable, Sendable {
  package struct Value: Codable, Equatable, Sendable {
    package let value: String
    package let count: Int
  }

  package let name: String
  package let type: String
  /// Values that are there, all elements of arrays counted.
  package let count: Int
  package let missing: Int
  /// Of numbers.
  package let low: Double?
  package let high: Double?
  package let mean: Double?
  package let deviation: Double?
  package let isWhole: Bool?
  /// The 0, 1, 5, 25, 50, 75, 95, 99 and 100 % points, in the sample but for the first and the last.
  package let quantiles: [Double]?
  /// The values with how often they occur, the most frequent first; nil where there are more than 256.
  package let values: [Value]?
  /// How often a value falls into each of 64 classes that are cut by its hash: a sketch of columns with many values.
  package let buckets: [Int]?

  /// The shares that ``quantiles`` are of.
  package static let shares = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1]

  init(_ column: Column, _ tally: ColumnTally, sample: [Double]) {
    name = column.name
    type = column.typeText
    (count, missing) = (tally.count, tally.missing)
    let hasNumbers = column.kind.isNumber && tally.low <= tally.high
    (low, high) = hasNumbers ? (tally.low, tally.high) : (nil, nil)
    mean = hasNumbers ? tally.mean : nil
    deviation =
      hasNumbers && tally.count > 1
      ? (tally.squares / Double(tally.count - 1)).squareRoot() : hasNumbers ? 0 : nil
    isWhole = hasNumbers ? tally.isWhole : nil
    if hasNumbers, !sample.isEmpty {
      let sorted = sample.sorted()
      quantiles = Self.shares.map { share in
        if share == 0 { return tally.low }
        if share == 1 { return tally.high }
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(sorted.count - 1, below + 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
      }
    } else {
      quantiles = nil
    }
    values = tally.values.flatMap { counted in
      counted.isEmpty
        ? nil
        : counted.values.map { Value(value: $0.cell.text, count: $0.count) }
          .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
    }
    buckets = values == nil && !tally.buckets.isEmpty && tally.count > 0 ? tally.buckets : nil
  }
}
