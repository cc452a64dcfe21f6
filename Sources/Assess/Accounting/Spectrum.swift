// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The Fourier transforms of an upper and a lower sum of losses, and how far they can be off.
struct Spectrum {
  typealias Vector = SIMD4<Double>

  private let transform: FourierTransform
  private var upperReal: [Vector]
  private var upperImaginary: [Vector]
  private var lowerReal: [Vector]
  private var lowerImaginary: [Vector]
  /// How far the product at each frequency can be off, in either of the two.
  private var errors: [Vector]

  init(size: Int) {
    transform = FourierTransform(size: size)
    let one = [Vector](repeating: Vector(repeating: 1), count: size / 4)
    let zero = [Vector](repeating: .zero, count: size / 4)
    (upperReal, upperImaginary, lowerReal, lowerImaginary, errors) = (one, zero, one, zero, zero)
  }

  /// Adds a loss `times` times. Only one of each pair of frequencies f and -f is kept.
  mutating func multiply(by loss: BoundedLoss, times: Int) {
    var x = [Vector](repeating: .zero, count: transform.size / 4)
    var y = x
    var magnitude = 0.0
    for entry in loss.indices.indices {
      let slot = loss.indices[entry] & (transform.size - 1)
      x[slot / 4][slot % 4] += loss.upper[entry]
      y[slot / 4][slot % 4] += loss.lower[entry]
      magnitude += loss.upper[entry] + loss.lower[entry]
    }
    transform.forward(&x, &y)
    let error = transform.roundOff * magnitude
    for vector in 0..<transform.size / 4 {
      let mirror = FourierTransform.mirror(of: vector)
      if mirror < vector { continue }
      let (mx, my) = (Self.reversed(x[mirror], vector), Self.reversed(y[mirror], vector))
      let (x, y) = (x[vector], y[vector])
      let upper = Self.power((x + mx) * 0.5, (y - my) * 0.5, times, error)
      let lower = Self.power((y + my) * 0.5, (mx - x) * 0.5, times, error)
      let off = upper.error.replacing(with: lower.error, where: lower.error .> upper.error)
      let (ux, uy) = (upperReal[vector], upperImaginary[vector])
      let (lx, ly) = (lowerReal[vector], lowerImaginary[vector])
      let size = Self.larger(Self.magnitude(ux, uy), Self.magnitude(lx, ly))
      let factor = Self.larger(Self.magnitude(upper.x, upper.y), Self.magnitude(lower.x, lower.y))
      // The product of two inexact numbers, and its own rounding.
      errors[vector] = errors[vector] * (factor + off) + size * (off + factor * 0x1p-51)
      upperReal[vector] = ux * upper.x - uy * upper.y
      upperImaginary[vector] = ux * upper.y + uy * upper.x
      lowerReal[vector] = lx * lower.x - ly * lower.y
      lowerImaginary[vector] = lx * lower.y + ly * lower.x
    }
  }

  /// The masses of the sums, and by how much each of them can be off.
  consuming func masses() -> (masses: (upper: [Vector], lower: [Vector]), roundOff: Double) {
    var x = [Vector](repeating: .zero, count: transform.size / 4)
    var y = x
    var (off, magnitude) = (Vector.zero, Vector.zero)
    let scale = 1 / Double(transform.size)
    for vector in 0..<transform.size / 4 {
      let mirror = FourierTransform.mirror(of: vector)
      if mirror < vector { continue }
      let (ux, uy) = (upperReal[vector] * scale, upperImaginary[vector] * scale)
      let (lx, ly) = (lowerReal[vector] * scale, lowerImaginary[vector] * scale)
      let both: Double = mirror == vector ? 1 : 2
      off += errors[vector] * (2 * both)
      magnitude += (Self.magnitude(ux, uy) + Self.magnitude(lx, ly)) * both
      x[vector] = ux - ly
      y[vector] = uy + lx
      if mirror != vector {
        x[mirror] = Self.reversed(ux + ly, vector)
        y[mirror] = Self.reversed(lx - uy, vector)
      }
    }
    transform.backward(&x, &y)
    return ((x, y), off.sum() * scale + transform.roundOff * magnitude.sum())
  }

  /// Lane by lane the frequency -f of another vector.
  private static func reversed(_ value: Vector, _ vector: Int) -> Vector {
    vector == 0
      ? Vector(value[0], value[3], value[2], value[1]) : Vector(value[3], value[2], value[1], value[0])
  }

  private static func magnitude(_ x: Vector, _ y: Vector) -> Vector { (x * x + y * y).squareRoot() }

  private static func larger(_ a: Vector, _ b: Vector) -> Vector { a.replacing(with: b, where: b .> a) }

  /// A power of numbers of magnitude about 1 at most that are off by `error`, and how far it can be off.
  private static func power(
    _ x: Vector, _ y: Vector, _ times: Int, _ error: Double
  ) -> (x: Vector, y: Vector, error: Vector) {
    guard times > 1 else { return (x, y, Vector(repeating: error)) }
    // The power before the last one, which the error is multiplied with.
    var (px, py) = (x, y)
    let exponent = times - 1
    for bit in stride(from: Int.bitWidth - exponent.leadingZeroBitCount - 2, through: 0, by: -1) {
      (px, py) = (px * px - py * py, 2 * px * py)
      if exponent >> bit & 1 == 1 { (px, py) = (px * x - py * y, px * y + py * x) }
      // Numbers that are too small for full precision are slow, and count for nothing: 1e-140 is more than they are.
      if (px * px + py * py).max() < 1e-300 {
        (px, py) = (.zero, .zero)
        break
      }
    }
    let count = Double(times)
    // |(z + e)^n - z^n| <= n e (|z| + e)^(n-1). Where |z| > n e, the last factor is below e |z|^(n-1) (here e = 2.72);
    // elsewhere |z| + e < (n + 1) e. Each of the multiplications adds three units of rounding.
    let steady = 2.72 * magnitude(px, py) + 2 * error * (count + 1) + 1e-140
    return (px * x - py * y, px * y + py * x, steady * (count * (error + 0x1p-51)))
  }
}
