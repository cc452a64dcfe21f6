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
    var result = Plane(height: height, width: width)
    for y in 0..<height {
      for tap in kernel.indices {
        let (weight, start) = (kernel[tap], border.index(y + tap - radius, of: height) * width)
        for x in 0..<width { result.values[y * width + x] += weight * rows.values[start + x] }
      }
    }
    return result
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
    var result = Plane(height: height, width: width)
    for tap in taps {
      for y in 0..<height {
        let start = (y + tap.y + reach) * wide + tap.x + reach
        for x in 0..<width { result.values[y * width + x] += tap.weight * padded.values[start + x] }
      }
    }
    return result
  }

  /// Enlarged from its middle, cut to its own size: as scipy's `zoom` of first order makes it, whose outermost pixels stay.
  func zoomed(_ factor: Double) -> Plane {
    let (rows, columns) = (Magnified(height, factor), Magnified(width, factor))
    return Plane(height: height, width: width) { y, x in
      bilinear(y: rows.place(y), x: columns.place(x), border: .nearest)
    }
  }

  /// The part of a line that an enlargement shows.
  private struct Magnified {
    private let first: Int
    private let last: Int
    private let trimmed: Int
    private let step: Double

    init(_ count: Int, _ factor: Double) {
      let shown = Int((Double(count) / factor).rounded(.up))
      let enlarged = Int((Double(shown) * factor).rounded(.toNearestOrEven))
      first = (count - shown) / 2
      last = first + shown - 1
      trimmed = (enlarged - count) / 2
      step = enlarged > 1 ? Double(shown - 1) / Double(enlarged - 1) : 0
    }

    func place(_ index: Int) -> Float {
      Float(min(Double(first) + Double(index + trimmed) * step, Double(last)))
    }
  }
}
