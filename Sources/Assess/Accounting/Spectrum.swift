// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The Fourier transform of a sum of losses, its upper bound as the real part and its lower bound as the imaginary part of the
/// same numbers, and how far it can be off.
struct Spectrum {
  typealias Vector = SIMD4<Double>

  private let transform: FourierTransform
  private var x: [Vector] = []
  private var y: [Vector] = []
  /// How far the transform of either bound can be off, a frequency; of each pair f and -f only at the first.
  private var errors: [Vector]

  /// - Parameter parts: losses and how often they are taken; at least one.
  init(of parts: [BoundedLoss.Repeated], size: Int) {
    transform = FourierTransform(size: size)
    errors = [Vector](repeating: .zero, count: size / 4)
    for part in parts { multiply(by: part.loss, times: part.times) }
  }

  private mutating func multiply(by loss: BoundedLoss, times: Int) {
    var x = [Vector](repeating: .zero, count: transform.size / 4)
    var y = [Vector](repeating: .zero, count: transform.size / 4)
    var magnitude = 0.0
    for entry in loss.indices.indices {
      let slot = loss.indices[entry] & (transform.size - 1)
      x[slot / 4][slot % 4] += loss.upper[entry]
      y[slot / 4][slot % 4] += loss.lower[entry]
      magnitude += loss.upper[entry] + loss.lower[entry]
    }
    transform.forward(&x, &y)
    let error = transform.roundOff * magnitude
    let isFirst = self.x.isEmpty
    for vector in 0..<transform.size / 4 {
      let mirror = FourierTransform.mirror(of: vector)
      if mirror < vector { continue }
      let part = Bounds(x[vector], y[vector], mirror: x[mirror], y[mirror], vector)
      var (upper, upperError) = part.upper.power(times, error)
      var (lower, lowerError) = part.lower.power(times, error)
      var off = upperError.larger(than: lowerError)
      if !isFirst {
        let before = Bounds(self.x[vector], self.y[vector], mirror: self.x[mirror], self.y[mirror], vector)
        let size = before.upper.magnitude.larger(than: before.lower.magnitude)
        let factor = upper.magnitude.larger(than: lower.magnitude)
        // The product of two inexact numbers, and its own rounding.
        off = errors[vector] * (factor + off) + size * (off + factor * 0x1p-50)
        (upper, lower) = (upper * before.upper, lower * before.lower)
      }
      errors[vector] = off
      (x[vector], y[vector]) = (upper.x - lower.y, upper.y + lower.x)
      if mirror != vector {
        x[mirror] = Bounds.mirrored(upper.x + lower.y, vector)
        y[mirror] = Bounds.mirrored(lower.x - upper.y, vector)
      }
    }
    (self.x, self.y) = (x, y)
  }

  /// The masses of the sum, and by how much each of them can be off.
  consuming func masses() -> (upper: [Vector], lower: [Vector], roundOff: Double) {
    let (transform, errors) = (transform, errors)
    var (x, y) = (x, y)
    (self.x, self.y) = ([], [])
    var (off, magnitude) = (Vector.zero, Vector.zero)
    for vector in 0..<transform.size / 4 {
      // An error of f is one of -f.
      off += errors[vector] * 4
      magnitude += Complex(x: x[vector], y: y[vector]).magnitude
    }
    transform.backward(&x, &y)
    let scale = 1 / Double(transform.size)
    for vector in x.indices {
      x[vector] *= scale
      y[vector] *= scale
    }
    return (x, y, (off.sum() + transform.roundOff * magnitude.sum()) * scale)
  }
}

/// The transforms of both bounds at the frequencies of a vector.
private struct Bounds {
  typealias Vector = SIMD4<Double>

  let upper: Complex
  let lower: Complex

  /// Those of real sequences are the conjugate at -f of what they are at f, which tells the two apart.
  init(_ x: Vector, _ y: Vector, mirror mx: Vector, _ my: Vector, _ vector: Int) {
    let (mx, my) = (Self.mirrored(mx, vector), Self.mirrored(my, vector))
    upper = Complex(x: (x + mx) * 0.5, y: (y - my) * 0.5)
    lower = Complex(x: (y + my) * 0.5, y: (mx - x) * 0.5)
  }

  /// The lanes in the order in which they hold the frequencies -f of the vector.
  static func mirrored(_ value: Vector, _ vector: Int) -> Vector {
    vector == 0
      ? Vector(value[0], value[3], value[2], value[1]) : Vector(value[3], value[2], value[1], value[0])
  }
}

/// Four complex numbers.
private struct Complex {
  typealias Vector = SIMD4<Double>

  var x: Vector
  var y: Vector

  var magnitude: Vector { (x * x + y * y).squareRoot() }

  static func * (a: Complex, b: Complex) -> Complex {
    Complex(x: a.x * b.x - a.y * b.y, y: a.x * b.y + a.y * b.x)
  }

  /// A power of numbers of magnitude about 1 at most that are off by `error`, and how far it can be off.
  func power(_ times: Int, _ error: Double) -> (Complex, Vector) {
    guard times > 1 else { return (self, Vector(repeating: error)) }
    // The power before the last one, which the error is multiplied with.
    var power = self
    let exponent = times - 1
    for bit in stride(from: Int.bitWidth - exponent.leadingZeroBitCount - 2, through: 0, by: -1) {
      power = power * power
      if exponent >> bit & 1 == 1 { power = power * self }
      // Numbers that are too small for full precision are slow, and count for nothing: 1e-140 is more than they are.
      if (power.x * power.x + power.y * power.y).max() < 1e-300 {
        power = Complex(x: .zero, y: .zero)
        break
      }
    }
    let count = Double(times)
    // |(z + e)^n - z^n| <= n e (|z| + e)^(n-1). Where |z| > n e, the last factor is below 2.72 |z|^(n-1), elsewhere
    // |z| + e < (n + 1) e. Each of the multiplications adds three units of rounding.
    let steady = 2.72 * power.magnitude + (2 * error * (count + 1) + 1e-140)
    return (power * self, steady * (count * (error + 0x1p-51)))
  }
}

extension SIMD4<Double> {
  fileprivate func larger(than other: Self) -> Self { replacing(with: other, where: other .> self) }
}
