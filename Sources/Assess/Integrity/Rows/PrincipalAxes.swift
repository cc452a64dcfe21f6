// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTraining

/// The directions in which rows differ most, found by powers of their covariance (Halko, Martinsson and Tropp 2011).
struct PrincipalAxes: Sendable {
  let mean: [Float]
  /// Axis after axis, each of length 1, the most important first.
  let axes: [Float]
  let count: Int
  let width: Int

  private static let rounds = 6

  /// - Parameters:
  ///   - values: row after row.
  ///   - chosen: the rows that count.
  ///   - wanted: how many axes; fewer where the rows have fewer.
  init(_ values: [Float], width: Int, rows chosen: [Int], wanted: Int) {
    self.width = width
    let count = max(1, min(wanted, width, chosen.count - 1))
    var mean = [Float](repeating: 0, count: width)
    for row in chosen { for index in 0..<width { mean[index] += values[row * width + index] } }
    for index in 0..<width { mean[index] /= Float(max(1, chosen.count)) }
    // A few more than are wanted make the last ones good.
    let block = min(width, count + 6)
    var random = SeededRandom(seed: 1, stream: 3)
    var axes = (0..<block * width).map { _ in Float(random.next() >> 40) * 0x1p-23 - 1 }
    Self.orthonormalise(&axes, block, width)
    for _ in 0..<Self.rounds {
      var next = [Float](repeating: 0, count: block * width)
      var beside = [Float](repeating: 0, count: width)
      for row in chosen {
        for index in 0..<width { beside[index] = values[row * width + index] - mean[index] }
        for axis in 0..<block {
          let product = Self.dot(beside, axes, axis * width)
          Self.add(product, beside, to: &next, axis * width)
        }
      }
      axes = next
      Self.orthonormalise(&axes, block, width)
    }
    self.mean = mean
    self.axes = Array(axes.prefix(count * width))
    self.count = count
  }

  /// The places of rows on the axes, row after row.
  func project(_ values: [Float], rows chosen: [Int]) -> [Float] {
    var out: [Float] = []
    out.reserveCapacity(chosen.count * count)
    var beside = [Float](repeating: 0, count: width)
    for row in chosen {
      for index in 0..<width { beside[index] = values[row * width + index] - mean[index] }
      for axis in 0..<count { out.append(Self.dot(beside, axes, axis * width)) }
    }
    return out
  }

  private static func dot(_ row: [Float], _ axes: [Float], _ start: Int) -> Float {
    unsafe row.withUnsafeBufferPointer { row in
      unsafe axes.withUnsafeBufferPointer { axes in
        var sum = SIMD8<Float>()
        var index = 0
        while index + 8 <= row.count {
          let (a, b) = unsafe (
            UnsafeRawPointer(row.baseAddress! + index).loadUnaligned(as: SIMD8<Float>.self),
            UnsafeRawPointer(axes.baseAddress! + start + index).loadUnaligned(as: SIMD8<Float>.self)
          )
          sum += a * b
          index += 8
        }
        var total = sum.sum()
        while index < row.count {
          total += unsafe row[index] * axes[start + index]
          index += 1
        }
        return total
      }
    }
  }

  private static func add(_ factor: Float, _ row: [Float], to axes: inout [Float], _ start: Int) {
    unsafe row.withUnsafeBufferPointer { row in
      unsafe axes.withUnsafeMutableBufferPointer { axes in
        for index in 0..<row.count { unsafe axes[start + index] += factor * row[index] }
      }
    }
  }

  /// Gram and Schmidt, twice.
  private static func orthonormalise(_ axes: inout [Float], _ count: Int, _ width: Int) {
    for axis in 0..<count {
      for _ in 0..<2 {
        for other in 0..<axis {
          var product: Float = 0
          for index in 0..<width { product += axes[axis * width + index] * axes[other * width + index] }
          for index in 0..<width { axes[axis * width + index] -= product * axes[other * width + index] }
        }
      }
      var length: Float = 0
      for index in 0..<width { length += axes[axis * width + index] * axes[axis * width + index] }
      length = length.squareRoot()
      for index in 0..<width {
        axes[axis * width + index] = length > 1e-12 ? axes[axis * width + index] / length : 0
      }
    }
  }
}
