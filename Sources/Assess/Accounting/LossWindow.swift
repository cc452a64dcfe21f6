// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The part of the grid on which a sum of losses is computed. The transform is cyclic: what is beyond one end of the window
/// comes in at the other. How much that can be is bounded by Chernoff.
struct LossWindow {
  let low: Int
  /// A power of two.
  let size: Int
  /// Chernoff's bounds on the tilted mass from a loss on, and up to it.
  var above = Tail()
  var below = Tail()
  /// Better than `above` farther up.
  var steeper: [Tail] = []
  /// Tilted mass at the lowest loss that stands for all that is below the window.
  var raised = 0.0
  /// Mass above the window.
  var beyond = 0.0
  var wrapped = Wrapped()

  /// All but a little of the sum, on both sides, in its tilted distribution.
  ///
  /// - Parameters:
  ///   - tilted: how much tilted mass may be missing at either end.
  ///   - mass: how much mass may be missing above, where it counts as infinite loss.
  ///   - largest: the largest size.
  /// - Returns: nil when the window would be larger.
  init?(whole parts: [BoundedLoss.Repeated], tilted: Double, mass: Double, largest: Int) {
    let bounds = Chernoff(parts)
    let interval = bounds.interval
    let top = bounds.order { order in
      max(bounds.distance(order, for: -log(tilted)), bounds.distance(order, forMass: -log(mass)))
    }
    // Raising what is below takes an order of at least the tilt: there, the tilt is undone.
    let bottom = bounds.order { order in
      bounds.distance(-max(bounds.tilt, order), for: -log(tilted))
    }
    let span = (top.distance + bottom.distance) / interval + 3
    guard let size = Self.size(span, largest) else { return nil }
    // Room to spare goes to the lower end: higher up, what rounding adds would count for more than what is there.
    low = Int(((top.distance - bounds.offset) / interval).rounded(.up)) + 1 - size
    self.size = size
    let first = bounds.offset + Double(low) * interval
    let end = bounds.offset + Double(low + size) * interval
    above = bounds.tail(top.order)
    steeper = [1.5, 2.2, 3.5].map { bounds.tail($0 * top.order) }
    below = bounds.tail(-max(bounds.tilt, bottom.order))
    raised = below.mass(beyond: first)
    beyond = above.mass(beyond: end) * exp(bounds.logMoment - bounds.tilt * end)
  }

  /// Only losses from about `epsilon` on: what is below does not count for delta there, and counts for less by
  /// e^(tilt * width of the window) where it comes in at the top.
  ///
  /// - Parameter order: about that of Chernoff's bound which gives the smallest window.
  init?(
    from epsilon: Double, at delta: Double, of parts: [BoundedLoss.Repeated], order: Double, largest: Int
  ) {
    let bounds = Chernoff(parts)
    let (interval, tilt) = (bounds.interval, bounds.tilt)
    // Both in units of delta at epsilon should be e^-32, which is little against rounding.
    let amplified = bounds.logMoment - tilt * epsilon - log(delta)
    // What rounding left far up in blocks of steps makes large orders worse than they were for single steps.
    let ends = [1, 0.75, 0.55, 0.4, 0.3].map { part in
      (order: part * order, distance: bounds.distance(part * order, for: 32 + max(0, amplified)))
    }
    let (order, top) = ends.min { $0.distance < $1.distance }!
    let span = max(top - epsilon, (32 - log(delta)) / tilt) / interval + 3
    guard let size = Self.size(span, largest) else { return nil }
    low = Int(((epsilon - bounds.offset) / interval).rounded(.down))
    self.size = size
    let width = Double(size) * interval
    let end = bounds.offset + Double(low) * interval + width
    let above = bounds.tail(order)
    beyond = above.mass(beyond: end) * exp(bounds.logMoment - tilt * end)
    wrapped.below = 2 * exp(-tilt * width)
    // Tilted mass beyond epsilon + width, at the weight of epsilon.
    wrapped.offset = bounds.logMoment + above.offset - order * width
    wrapped.order = tilt + order
  }

  /// exp(offset - order * loss).
  struct Tail {
    var offset = -Double.infinity
    var order = 0.0

    func mass(beyond loss: Double) -> Double { exp(offset - order * loss) }
  }

  /// Whether mass from beyond the ends is bounded loss by loss.
  var isWhole: Bool { above.order > 0 }

  private static func size(_ span: Double, _ largest: Int) -> Int? {
    guard span.isFinite, span <= Double(largest) else { return nil }
    var size = 16
    while Double(size) < span { size *= 2 }
    return size
  }
}

/// Chernoff's bounds on the tails of a sum of losses, in its tilted distribution.
private struct Chernoff {
  let parts: [BoundedLoss.Repeated]
  let interval: Double
  /// Of index 0 of the sum.
  let offset: Double
  let tilt: Double
  let logMoment: Double

  init(_ parts: [BoundedLoss.Repeated]) {
    self.parts = parts
    interval = parts[0].loss.interval
    offset = parts.reduce(0) { $0 + Double($1.times) * $1.loss.offset }
    tilt = parts[0].loss.tilt
    logMoment = parts.reduce(0) { $0 + Double($1.times) * $1.loss.logMoment }
  }

  private func sum(_ order: Double, _ bound: BoundedLoss.Side) -> Double {
    parts.reduce(0) { $0 + Double($1.times) * $1.loss.logMoment(order, of: bound) }
  }

  /// The end beyond which there is less than exp(-target); negated for the lower end, which has a negative order.
  func distance(_ order: Double, for target: Double) -> Double {
    (sum(order, .upper) + target) / abs(order)
  }

  /// The end above which there is less mass than exp(-target), without the tilt.
  func distance(_ order: Double, forMass target: Double) -> Double {
    (sum(order, .upper) + logMoment + target) / (order + tilt)
  }

  /// The order that gives the nearest end, and that end.
  func order(of distance: (Double) -> Double) -> (order: Double, distance: Double) {
    let variance = parts.reduce(0) { $0 + Double($1.times) * $1.loss.moments.variance }
    let scale = log(10 / max(variance.squareRoot(), interval))
    let best = exp(valley(of: { distance(exp($0)) }, from: scale - 7, to: scale + 1, rounds: 16))
    return (best, distance(best))
  }

  /// The tilted mass above any loss, at most, for both bounds; below it for negative orders.
  func tail(_ order: Double) -> LossWindow.Tail {
    // The rounding of the moments is far below a factor of two.
    LossWindow.Tail(offset: log(2) + max(sum(order, .upper), sum(order, .lower)), order: order)
  }
}
