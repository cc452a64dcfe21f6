// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Adam (Kingma and Ba 2015) over a list of numbers.
struct Adam {
  private var means: [Float]
  private var squares: [Float]
  private var steps = 0
  private let (beta1, beta2): (Float, Float)

  init(count: Int, beta1: Float = 0.5, beta2: Float = 0.9) {
    means = [Float](repeating: 0, count: count)
    squares = means
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  /// Follows the slopes downwards.
  mutating func step(_ values: inout [Float], _ slopes: [Float], rate: Float) {
    steps += 1
    let first = rate / (1 - pow(beta1, Float(steps)))
    let root = (1 - pow(beta2, Float(steps))).squareRoot()
    for place in values.indices {
      let slope = slopes[place].isFinite ? slopes[place] : 0
      means[place] = beta1 * means[place] + (1 - beta1) * slope
      squares[place] = beta2 * squares[place] + (1 - beta2) * slope * slope
      values[place] -= first * means[place] / (squares[place].squareRoot() / root + 1e-8)
    }
  }
}
