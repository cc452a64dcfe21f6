// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The discrete Fourier transform of `size` complex numbers, in place, four numbers a vector.
///
/// Entry `i` of the input is lane `i % 4` of vector `i / 4`. So the four lanes hold four interleaved sequences, which are
/// transformed side by side, and a last pass over the lanes puts them together. The result is in bit-reversed order,
/// which `backward` takes as it is: frequency `f + lane * size/4` is in vector `r`, where `f` is `r` with its bits reversed.
///
/// Frequencies are halved in the order of their bits, as in number-theoretic transforms: all of a block share one root.
struct FourierTransform {
  /// A power of two, at least 16.
  let size: Int
  /// exp(-i pi/2 v(r)), where v(r) has the bits of r behind the point in reverse order (van der Corput).
  private let real: [Double]
  private let imaginary: [Double]

  typealias Vector = SIMD4<Double>

  /// Each number that comes out is off by at most this, times the sum of the magnitudes of all that went in: every one of the
  /// log2(size) levels multiplies with a root (off by 8 units of rounding, its own error included) and adds once
  /// (Higham, Accuracy and Stability of Numerical Algorithms, 24.1).
  var roundOff: Double { 10 * 0x1p-53 * Double(size.trailingZeroBitCount + 2) }

  init(size: Int) {
    precondition(size >= 16 && size.nonzeroBitCount == 1)
    self.size = size
    let count = size / 4
    // Roots are products of two exact ones: of the low bits and of the high bits of their index.
    let low = min(count, 256)
    let fine = (0..<low).map { Self.angle($0) }
    let coarse = (0..<count / low).map { Self.angle($0 * 256) }
    var (real, imaginary) = ([Double](), [Double]())
    real.reserveCapacity(count)
    imaginary.reserveCapacity(count)
    for first in coarse.indices {
      let (c, s) = (cos(coarse[first]), sin(coarse[first]))
      for second in fine.indices {
        let (x, y) = (cos(fine[second]), sin(fine[second]))
        real.append(c * x - s * y)
        imaginary.append(-(c * y + s * x))
      }
    }
    self.real = real
    self.imaginary = imaginary
  }

  private static func angle(_ index: Int) -> Double {
    var (value, place, rest) = (0.0, 0.5, index)
    while rest > 0 {
      if rest & 1 == 1 { value += place }
      place /= 2
      rest >>= 1
    }
    return 0.5 * Double.pi * value
  }

  /// The vector in which the negatives of the frequencies of vector `r` are, with the lanes in reverse order; but those of
  /// vector 0 are its own lanes 0, 3, 2, 1.
  static func mirror(of vector: Int) -> Int {
    guard vector > 0 else { return 0 }
    let block = 1 << (Int.bitWidth - 1 - vector.leadingZeroBitCount)
    return 3 * block - 1 - vector
  }

  func forward(_ x: inout [Vector], _ y: inout [Vector]) {
    var x = x.mutableSpan
    var y = y.mutableSpan
    var (length, blocks) = (size / 4, 1)
    while length >= 4 {
      let quarter = length / 4
      for block in 0..<blocks {
        let root = Roots(real[block], imaginary[block])
        var (a, b) = (block * length, block * length + quarter)
        var (c, d) = (b + quarter, b + 2 * quarter)
        for _ in 0..<quarter {
          let (bx, by) = (x[b] * root.x1 - y[b] * root.y1, x[b] * root.y1 + y[b] * root.x1)
          let (cx, cy) = (x[c] * root.x2 - y[c] * root.y2, x[c] * root.y2 + y[c] * root.x2)
          let (dx, dy) = (x[d] * root.x3 - y[d] * root.y3, x[d] * root.y3 + y[d] * root.x3)
          let (px, py, qx, qy) = (x[a] + cx, y[a] + cy, x[a] - cx, y[a] - cy)
          let (rx, ry, sx, sy) = (bx + dx, by + dy, bx - dx, by - dy)
          x[a] = px + rx
          y[a] = py + ry
          x[b] = px - rx
          y[b] = py - ry
          x[c] = qx + sy
          y[c] = qy - sx
          x[d] = qx - sy
          y[d] = qy + sx
          a += 1
          b += 1
          c += 1
          d += 1
        }
      }
      length = quarter
      blocks *= 4
    }
    if length == 2 {
      for block in 0..<blocks {
        let root = Roots(real[block], imaginary[block])
        let (a, b) = (2 * block, 2 * block + 1)
        let (bx, by) = (x[b] * root.x2 - y[b] * root.y2, x[b] * root.y2 + y[b] * root.x2)
        (x[b], y[b]) = (x[a] - bx, y[a] - by)
        x[a] += bx
        y[a] += by
      }
    }
    for vector in 0..<size / 4 {
      let (rx, ry) = Self.lanes(real[vector], imaginary[vector])
      let tx = x[vector] * rx - y[vector] * ry
      let ty = x[vector] * ry + y[vector] * rx
      let (px, py, qx, qy) = (tx[0] + tx[2], ty[0] + ty[2], tx[0] - tx[2], ty[0] - ty[2])
      let (ux, uy, vx, vy) = (tx[1] + tx[3], ty[1] + ty[3], tx[1] - tx[3], ty[1] - ty[3])
      x[vector] = Vector(px + ux, qx + vy, px - ux, qx - vy)
      y[vector] = Vector(py + uy, qy - vx, py - uy, qy + vx)
    }
  }

  /// The inverse of `forward`, `size` times too large.
  func backward(_ x: inout [Vector], _ y: inout [Vector]) {
    var x = x.mutableSpan
    var y = y.mutableSpan
    for vector in 0..<size / 4 {
      let (tx, ty) = (x[vector], y[vector])
      let (px, py, qx, qy) = (tx[0] + tx[2], ty[0] + ty[2], tx[0] - tx[2], ty[0] - ty[2])
      let (ux, uy, vx, vy) = (tx[1] + tx[3], ty[1] + ty[3], tx[1] - tx[3], ty[1] - ty[3])
      let sx = Vector(px + ux, qx - vy, px - ux, qx + vy)
      let sy = Vector(py + uy, qy + vx, py - uy, qy - vx)
      let (rx, ry) = Self.lanes(real[vector], imaginary[vector])
      x[vector] = sx * rx + sy * ry
      y[vector] = sy * rx - sx * ry
    }
    var (length, blocks) = (1, size / 4)
    if blocks.trailingZeroBitCount % 2 == 1 {
      (length, blocks) = (2, blocks / 2)
      for block in 0..<blocks {
        let root = Roots(real[block], imaginary[block])
        let (a, b) = (2 * block, 2 * block + 1)
        let (bx, by) = (x[a] - x[b], y[a] - y[b])
        x[a] += x[b]
        y[a] += y[b]
        x[b] = bx * root.x2 + by * root.y2
        y[b] = by * root.x2 - bx * root.y2
      }
    }
    while blocks > 1 {
      let quarter = length
      length *= 4
      blocks /= 4
      for block in 0..<blocks {
        let root = Roots(real[block], imaginary[block])
        var (a, b) = (block * length, block * length + quarter)
        var (c, d) = (b + quarter, b + 2 * quarter)
        for _ in 0..<quarter {
          let (px, py, rx, ry) = (x[a] + x[b], y[a] + y[b], x[a] - x[b], y[a] - y[b])
          let (qx, qy) = (x[c] + x[d], y[c] + y[d])
          // i times the difference of the second pair.
          let (sx, sy) = (y[d] - y[c], x[c] - x[d])
          let (bx, by, cx, cy) = (rx + sx, ry + sy, px - qx, py - qy)
          let (dx, dy) = (rx - sx, ry - sy)
          x[a] = px + qx
          y[a] = py + qy
          x[b] = bx * root.x1 + by * root.y1
          y[b] = by * root.x1 - bx * root.y1
          x[c] = cx * root.x2 + cy * root.y2
          y[c] = cy * root.x2 - cx * root.y2
          x[d] = dx * root.x3 + dy * root.y3
          y[d] = dy * root.x3 - dx * root.y3
          a += 1
          b += 1
          c += 1
          d += 1
        }
      }
    }
  }

  /// A root, its square and its cube, in all lanes.
  private struct Roots {
    let x1, y1, x2, y2, x3, y3: Vector

    init(_ x: Double, _ y: Double) {
      let (x2, y2) = (x * x - y * y, 2 * x * y)
      (x1, y1) = (Vector(repeating: x), Vector(repeating: y))
      (self.x2, self.y2) = (Vector(repeating: x2), Vector(repeating: y2))
      x3 = Vector(repeating: x * x2 - y * y2)
      y3 = Vector(repeating: x * y2 + y * x2)
    }
  }

  /// The powers 0 to 3 of a root, one a lane.
  private static func lanes(_ x: Double, _ y: Double) -> (Vector, Vector) {
    let (x2, y2) = (x * x - y * y, 2 * x * y)
    return (Vector(1, x, x2, x * x2 - y * y2), Vector(0, y, y2, x * y2 + y * x2))
  }
}
