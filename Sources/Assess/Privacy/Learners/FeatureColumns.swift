// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Numbers of some rows, column by column: what trees learn from.
struct FeatureColumns: Sendable {
  let rows: Int
  let count: Int
  /// Column `c` of row `r` is at `c * rows + r`.
  private(set) var values: [Float]

  /// - Parameter rowMajor: `rows` times `count` values.
  init(rowMajor: [Float], rows: Int, count: Int) {
    (self.rows, self.count) = (rows, count)
    values = [Float](repeating: 0, count: rows * count)
    for row in 0..<rows {
      for column in 0..<count { values[column * rows + row] = rowMajor[row * count + column] }
    }
  }

  /// - Parameter columns: each as long as there are rows.
  init(_ columns: [[Float]]) {
    (rows, count) = (columns.first?.count ?? 0, columns.count)
    values = columns.flatMap { $0 }
  }

  func column(_ column: Int) -> ArraySlice<Float> { values[column * rows..<(column + 1) * rows] }

  /// Some of the rows.
  func rows(_ chosen: [Int]) -> FeatureColumns {
    FeatureColumns((0..<count).map { column in chosen.map { values[column * rows + $0] } })
  }

  /// The columns that vary most, at most so many, in their order.
  func widest(_ most: Int) -> FeatureColumns {
    guard count > most else { return self }
    let spread = (0..<count).map { column -> Double in
      let own = self.column(column)
      let mean = own.reduce(0.0) { $0 + Double($1) } / Double(max(1, rows))
      return own.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    }
    let chosen = spread.indices.sorted { (spread[$1], $0) < (spread[$0], $1) }.prefix(most).sorted()
    return FeatureColumns(chosen.map { Array(column($0)) })
  }

  func adding(_ columns: [[Float]]) -> FeatureColumns {
    FeatureColumns((0..<count).map { Array(column($0)) } + columns)
  }
}
