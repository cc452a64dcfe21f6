// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

extension BoundedLoss {
  /// Steps and how often they are taken.
  typealias Repeated = (loss: BoundedLoss, times: Int)

  /// The sum of the losses of all steps, by the discrete Fourier transform, `upper` as the real part and `lower` as the
  /// imaginary one of the same numbers. Every number is off by rounding, which is bounded by the number of operations; the
  /// bound is added to every mass of `upper` and taken from every mass of `lower`.
  ///
  /// - Parameters:
  ///   - parts: on the same grid with the same tilt; at least one.
  ///   - window: what of the sum is wanted.
  static func composed(_ parts: [Repeated], in window: LossWindow) -> BoundedLoss {
    let first = parts[0].loss
    let logMoment = parts.reduce(0) { $0 + Double($1.times) * $1.loss.logMoment }
    let origin = parts.reduce(0) { $0 + Double($1.times) * $1.loss.offset }
    let sum = Spectrum(of: parts, size: window.size).masses()
    var (upper, lower) = ([Double](), [Double]())
    upper.reserveCapacity(window.size)
    lower.reserveCapacity(window.size)
    let start = window.low & (window.size - 1)
    let width = Double(window.size) * first.interval
    let tails = window.steeper + [window.above]
    // Mass from beyond the ends, where it is more than a little of the rounding. What comes from above falls with the loss, what
    // comes from below rises.
    let little = window.isWhole ? 1e-3 * sum.roundOff : 0
    let last = origin + Double(window.low + window.size - 1) * first.interval
    let isBelow = window.isWhole && window.below.mass(beyond: last - width) > little
    var isAbove = window.isWhole
    for offset in 0..<window.size {
      let slot = (start + offset) & (window.size - 1)
      let loss = origin + Double(window.low + offset) * first.interval
      var high = max(0, sum.upper[slot / 4][slot % 4] + sum.roundOff)
      // Far up, rounding is more than there can be.
      if window.isWhole, high < 10 * sum.roundOff {
        for tail in tails { high = min(high, tail.mass(beyond: loss)) }
      }
      var low = sum.lower[slot / 4][slot % 4] - sum.roundOff - 2 * little
      if isAbove {
        let stray = window.above.mass(beyond: loss + width)
        low -= stray
        isAbove = stray > little
      }
      if isBelow { low -= window.below.mass(beyond: loss - width) }
      upper.append(high)
      lower.append(max(0, low))
    }
    upper[0] += window.raised
    let infinity = parts.reduce(window.beyond) { $0 + Double($1.times) * $1.loss.infinity }
    return BoundedLoss(
      interval: first.interval, offset: origin, tilt: first.tilt, logMoment: logMoment,
      indices: Array(window.low..<window.low + window.size), upper: upper, lower: lower,
      infinity: infinity, wrapped: window.wrapped)
  }

  /// Mean and variance of the loss in the tilted distribution.
  var moments: (mean: Double, variance: Double) {
    var (sum, first, second) = (0.0, 0.0, 0.0)
    for entry in indices.indices {
      let loss = loss(entry)
      sum += upper[entry]
      first += upper[entry] * loss
      second += upper[entry] * loss * loss
    }
    let mean = first / sum
    return (mean, max(0, second / sum - mean * mean))
  }

  /// ln of the sum of mass * e^(order * loss).
  func logMoment(_ order: Double, of side: Side) -> Double {
    let masses = masses(side)
    let count = indices.count
    let ratio = exp(order * interval)
    // From index to index by one multiplication where nothing can become too small for that.
    let steady = abs(order) * (loss(count - 1) - loss(0)) < 600
    var largest = max(order * loss(0), order * loss(count - 1))
    if !steady {
      largest = -.infinity
      for entry in 0..<count where masses[entry] > 0 {
        largest = max(largest, log(masses[entry]) + order * loss(entry))
      }
    }
    var (sum, weight, before) = (0.0, 0.0, Int.min)
    for entry in 0..<count where steady || masses[entry] > 0 {
      let index = indices[entry]
      if steady {
        weight = index == before &+ 1 ? weight * ratio : exp(order * loss(entry) - largest)
        sum += masses[entry] * weight
      } else {
        sum += exp(log(masses[entry]) + order * loss(entry) - largest)
      }
      before = index
    }
    return largest + log(sum)
  }
}
