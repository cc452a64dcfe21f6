// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

extension Plane {
  /// Smoothed by a Gaussian that is cut off after `truncate` standard deviations, as scipy's `gaussian_filter`.
  /// - Parameter sigma: in pixels; what is too small to reach a neighbour changes nothing.
  func blurred(sigma: Double, truncate: Double = 4, border: Border = .nearest) -> Plane {
    let radius = Int(truncate * sigma + 0.5)
    return radius == 0 ? self : filtered(Self.gaussian(radius: radius, sigma: sigma), border)
  }

  /// A Gaussian at the whole numbers from `-radius` to `radius`, of sum one.
  static func gaussian(radius: Int, sigma: Double) -> [Float] {
    let weights = (-radius...radius).map { exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
    let sum = weights.reduce(0, +)
    return weights.map { Float($0 / sum) }
  }

  /// The mean of three by three pixels.
  func boxBlurred() -> Plane { filtered([Float](repeating: 1 / 3, count: 3), .mirror) }

  /// Weighted means along the rows, then along the columns.
  /// - Parameter kernel: an odd number of weights.
  func filtered(_ kernel: [Float], _ border: Border) -> Plane {
    let radius = kernel.count / 2
    var rows = Plane(height: height, width: width)
    var line = [Float](repeating: 0, count: width + 2 * radius)
    for y in 0..<height {
      for place in line.indices { line[place] = self[y, border.index(place - radius, of: width)] }
      for x in 0..<width {
        var sum: Float = 0
        for tap in kernel.indices { sum += kernel[tap] * line[x + tap] }
        rows[y, x] = sum
      }
    }
    var result: [Float] = []
    result.reserveCapacity(height * width)
    for y in 0..<height {
      var sums = [Float](repeating: 0, count: width)
      for tap in kernel.indices {
        let start = border.index(y + tap - radius, of: height) * width
        Self.add(rows.values, from: start, times: kernel[tap], to: &sums)
      }
      result += sums
    }
    return Plane(height: height, width: width, values: result)
  }

  /// A pixel that counts for the ones around it, by how far it lies away from them.
  struct Tap: Sendable {
    let y: Int
    let x: Int
    let weight: Float
  }

  /// The weighted sum of the pixels around each.
  func correlated(_ taps: [Tap], _ border: Border) -> Plane {
    let reach = taps.reduce(0) { max($0, abs($1.y), abs($1.x)) }
    let wide = width + 2 * reach
    let padded = Plane(height: height + 2 * reach, width: wide) { y, x in
      self[border.index(y - reach, of: height), border.index(x - reach, of: width)]
    }
    var result: [Float] = []
    result.reserveCapacity(height * width)
    for y in 0..<height {
      var sums = [Float](repeating: 0, count: width)
      for tap in taps {
        Self.add(
          padded.values, from: (y + tap.y + reach) * wide + tap.x + reach, times: tap.weight, to: &sums)
      }
      result += sums
    }
    return Plane(height: height, width: width, values: result)
  }

  /// Adds a part of a line, weighted.
  private static func add(_ line: [Float], from start: Int, times weight: Float, to sums: inout [Float]) {
    // The whole part at once is checked, so that the loop need not be.
    let (part, count) = (line.span.extracting(start..<start + sums.count), sums.count)
    var sums = sums.mutableSpan
    for x in 0..<count { sums[x] += weight * part[x] }
  }

  /// Enlarged from its middle, cut to its own size: as scipy's `zoom` of first order makes it, whose outermost pixels stay.
  func zoomed(_ factor: Double) -> Plane {
    let columns = Self.magnified(width, factor)
    var result = Plane(height: height, width: width)
    var line = [Float](repeating: 0, count: width)
    for (y, row) in Self.magnified(height, factor).enumerated() {
      let (upper, lower) = (row.first * width, row.second * width)
      for x in 0..<width {
        line[x] = values[upper + x] * (1 - row.share) + values[lower + x] * row.share
      }
      for x in 0..<width {
        let column = columns[x]
        result.values[y * width + x] =
          line[column.first] * (1 - column.share) + line[column.second] * column.share
      }
    }
    return result
  }

  /// The two pixels of a line that each pixel of its enlargement lies between, and the share of the second.
  private static func magnified(_ count: Int, _ factor: Double) -> [(first: Int, second: Int, share: Float)] {
    let shown = Int((Double(count) / factor).rounded(.up))
    let enlarged = Int((Double(shown) * factor).rounded(.toNearestOrEven))
    let step = enlarged > 1 ? Double(shown - 1) / Double(enlarged - 1) : 0
    return (0..<count).map { index in
      let place = min(Double(index + (enlarged - count) / 2) * step, Double(shown - 1))
      let first = (count - shown) / 2 + Int(place)
      return (first, min(first + 1, count - 1), Float(place - place.rounded(.down)))
    }
  }
}
