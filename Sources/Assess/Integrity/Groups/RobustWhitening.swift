// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// How far each row of a class lies from the bulk of the class, in units of the bulk's own spread (after SPECTRE: Hayase, Kong, Somani
/// and Oh, arXiv 2104.11315).
///
/// The class is put on its ten principal axes. The 60 % of its rows next to the median are the bulk; their mean and covariance, with a
/// little added so that no direction has none, are the measure. Poisoned rows stand out although they shape the axes themselves.
struct RobustWhitening: Sendable {
  /// Row after row, on the whitened axes.
  let places: [Double]
  let axes: Int
  /// The length of each.
  let scores: [Double]

  private static let axisCount = 10
  private static let bulk = 0.6
  private static let added = 1e-3

  /// - Parameter rows: the rows of one class.
  init(_ values: [Float], width: Int, rows: [Int]) {
    let principal = PrincipalAxes(values, width: width, rows: rows, wanted: Self.axisCount)
    let projected = principal.project(values, rows: rows).map(Double.init)
    let (count, axes) = (rows.count, principal.count)
    self.axes = axes
    var median = [Double](repeating: 0, count: axes)
    for axis in 0..<axes {
      let sorted = (0..<count).map { projected[$0 * axes + axis] }.sorted()
      median[axis] = sorted[count / 2]
    }
    let distances = (0..<count).map { row in
      (0..<axes).reduce(0.0) { sum, axis in
        let beside = projected[row * axes + axis] - median[axis]
        return sum + beside * beside
      }
    }
    let core = distances.indices.sorted { distances[$0] < distances[$1] }.prefix(
      max(min(count, 3), Int(Self.bulk * Double(count))))
    var mean = [Double](repeating: 0, count: axes)
    for row in core {
      for axis in 0..<axes { mean[axis] += projected[row * axes + axis] / Double(core.count) }
    }
    var covariance = [Double](repeating: 0, count: axes * axes)
    for row in core {
      for a in 0..<axes {
        let beside = projected[row * axes + a] - mean[a]
        for b in 0...a { covariance[a * axes + b] += beside * (projected[row * axes + b] - mean[b]) }
      }
    }
    for a in 0..<axes {
      for b in 0...a { covariance[a * axes + b] /= Double(max(1, core.count - 1)) }
      covariance[a * axes + a] += Self.added
    }
    let root = Self.cholesky(covariance, axes)
    var places: [Double] = []
    places.reserveCapacity(count * axes)
    for row in 0..<count {
      // Solves L w = z - mean: then w has the identity as its covariance.
      var whitened = [Double](repeating: 0, count: axes)
      for a in 0..<axes {
        var value = projected[row * axes + a] - mean[a]
        for b in 0..<a { value -= root[a * axes + b] * whitened[b] }
        whitened[a] = value / root[a * axes + a]
      }
      places += whitened
    }
    self.places = places
    scores = (0..<count).map { row in
      (0..<axes).reduce(0.0) { $0 + places[row * axes + $1] * places[row * axes + $1] }.squareRoot()
    }
  }

  /// The lower triangle L with L times its transpose the matrix, which is positive definite.
  private static func cholesky(_ matrix: [Double], _ size: Int) -> [Double] {
    var root = [Double](repeating: 0, count: size * size)
    for a in 0..<size {
      for b in 0...a {
        var sum = matrix[a * size + b]
        for k in 0..<b { sum -= root[a * size + k] * root[b * size + k] }
        root[a * size + b] = a == b ? max(sum, 1e-12).squareRoot() : sum / root[b * size + b]
      }
    }
    return root
  }

  /// The squares of the places on the first principal axis of the centred rows (Tran, Li and Madry 2018).
  static func spectral(_ values: [Float], width: Int, rows: [Int]) -> [Double] {
    PrincipalAxes(values, width: width, rows: rows, wanted: 1).project(values, rows: rows)
      .map { Double($0) * Double($0) }
  }
}
