// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Numbers of some rows, column by column: what trees learn from.
package struct FeatureColumns: Sendable {
  package let rows: Int
  package let count: Int
  /// Column `c` of row `r` is at `c * rows + r`.
  package private(set) var values: [Float]

  /// - Parameter rowMajor: `rows` times `count` values.
  package init(rowMajor: [Float], rows: Int, count: Int) {
    (self.rows, self.count) = (rows, count)
    values = [Float](repeating: 0, count: rows * count)
    for row in 0..<rows {
      for column in 0..<count { values[column * rows + row] = rowMajor[row * count + column] }
    }
  }

  /// - Parameter columns: each as long as there are rows.
  package init(_ columns: [[Float]]) {
    (rows, count) = (columns.first?.count ?? 0, columns.count)
    values = columns.flatMap { $0 }
  }

  package func column(_ column: Int) -> ArraySlice<Float> { values[column * rows..<(column + 1) * rows] }

  /// The columns that vary most, at most so many, in their order.
  package func widest(_ most: Int) -> FeatureColumns {
    guard count > most else { return self }
    let spread = (0..<count).map { column -> Double in
      let own = self.column(column)
      let mean = own.reduce(0.0) { $0 + Double($1) } / Double(max(1, rows))
      return own.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    }
    let chosen = spread.indices.sorted { (spread[$1], $0) < (spread[$0], $1) }.prefix(most).sorted()
    return FeatureColumns(chosen.map { Array(column($0)) })
  }

  package func adding(_ columns: [[Float]]) -> FeatureColumns {
    FeatureColumns((0..<count).map { Array(column($0)) } + columns)
  }

  /// Some of the rows, in this order.
  package func rows(_ chosen: [Int]) -> FeatureColumns {
    FeatureColumns(
      (0..<count).map { column in
        let values = self.column(column)
        return chosen.map { values[values.startIndex + $0] }
      })
  }
}
