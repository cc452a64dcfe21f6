// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

@testable import MartletAccounting

@Suite struct FourierTransformTests {
  typealias Vector = SIMD4<Double>

  /// A sequence without symmetry, and its transform by the definition.
  private static func sample(_ size: Int) -> (values: [(Double, Double)], transform: [(Double, Double)]) {
    let values = (0..<size).map { (sin(Double($0 * $0)) + 0.3, cos(Double(3 * $0 + 1))) }
    let transform = (0..<size).map { frequency in
      var (x, y) = (0.0, 0.0)
      for (index, value) in values.enumerated() {
        let angle = -2 * Double.pi * Double(index * frequency % size) / Double(size)
        x += value.0 * cos(angle) - value.1 * sin(angle)
        y += value.0 * sin(angle) + value.1 * cos(angle)
      }
      return (x, y)
    }
    return (values, transform)
  }

  private static func frequency(_ vector: Int, _ lane: Int, _ size: Int) -> Int {
    let bits = (size / 4).trailingZeroBitCount
    var (reversed, rest) = (0, vector)
    for _ in 0..<bits {
      reversed = reversed << 1 | rest & 1
      rest >>= 1
    }
    return reversed + lane * size / 4
  }

  @Test(arguments: [16, 32, 64, 128, 512, 1024])
  func itIsTheTransformByDefinitionAndBack(size: Int) {
    let transform = FourierTransform(size: size)
    let (values, expected) = Self.sample(size)
    var x = (0..<size / 4).map { v in
      Vector(values[4 * v].0, values[4 * v + 1].0, values[4 * v + 2].0, values[4 * v + 3].0)
    }
    var y = (0..<size / 4).map { v in
      Vector(values[4 * v].1, values[4 * v + 1].1, values[4 * v + 2].1, values[4 * v + 3].1)
    }
    let magnitude = values.reduce(0) { $0 + hypot($1.0, $1.1) }
    transform.forward(&x, &y)
    var worst = 0.0
    for vector in 0..<size / 4 {
      for lane in 0..<4 {
        let value = expected[Self.frequency(vector, lane, size)]
        worst = max(worst, hypot(x[vector][lane] - value.0, y[vector][lane] - value.1))
      }
    }
    // The definition's own rounding is of the same size.
    #expect(worst < 2 * transform.roundOff * magnitude)
    transform.backward(&x, &y)
    for index in 0..<size {
      let off = hypot(
        x[index / 4][index % 4] / Double(size) - values[index].0,
        y[index / 4][index % 4] / Double(size) - values[index].1)
      #expect(off < 1e-14)
    }
  }

  @Test(arguments: [16, 64, 512])
  func negativeFrequenciesAreInTheMirror(size: Int) {
    for vector in 0..<size / 4 {
      let mirror = FourierTransform.mirror(of: vector)
      for lane in 0..<4 {
        let other = vector == 0 ? (4 - lane) % 4 : 3 - lane
        let sum = Self.frequency(vector, lane, size) + Self.frequency(mirror, other, size)
        #expect(sum % size == 0)
      }
    }
  }
}
