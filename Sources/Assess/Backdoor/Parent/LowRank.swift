// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTraining

/// Whether a matrix is of low rank, found by multiplying it with random vectors (Halko, Martinsson and Tropp 2011).
enum LowRank {
  private static let most = 64

  /// - Parameters:
  ///   - values: row after row.
  ///   - leftOver: the length of what may be left, as a share of the whole.
  /// - Returns: the rank, where it is at most a quarter of what it could be.
  static func rank(of values: [Float], rows: Int, columns: Int, leftOver: Double) -> Int? {
    let most = min(Self.most, min(rows, columns) / 4)
    guard most > 0 else { return nil }
    let whole = values.reduce(0.0) { $0 + Double($1) * Double($1) }
    guard whole > 0, whole.isFinite else { return nil }
    var random = SeededRandom(seed: 5, stream: 31)
    var basis: [[Double]] = []
    var explained = 0.0
    while basis.count < most {
      // A random combination of the columns, less what is known of it.
      var vector = [Double](repeating: 0, count: rows)
      let weights = (0..<columns).map { _ in Double(random.next() >> 11) * 0x1p-52 - 1 }
      for row in 0..<rows {
        var sum = 0.0
        for column in 0..<columns { sum += Double(values[row * columns + column]) * weights[column] }
        vector[row] = sum
      }
      for _ in 0..<2 {
        for known in basis {
          let along = zip(vector, known).reduce(0.0) { $0 + $1.0 * $1.1 }
          for row in 0..<rows { vector[row] -= along * known[row] }
        }
      }
      let length = vector.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { break }
      for row in 0..<rows { vector[row] /= length }
      // How much of the matrix lies along it.
      var shadow = [Double](repeating: 0, count: columns)
      for row in 0..<rows {
        for column in 0..<columns { shadow[column] += vector[row] * Double(values[row * columns + column]) }
      }
      explained += shadow.reduce(0.0) { $0 + $1 * $1 }
      basis.append(vector)
      if whole - explained <= leftOver * leftOver * whole { return basis.count }
    }
    return nil
  }
}
