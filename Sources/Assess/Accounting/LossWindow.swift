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
  ///   - wanted: how much tilted mass may be outside.
  ///   - largest: the largest size.
  /// - Returns: nil when the window would be larger.
  init?(whole parts: [BoundedLoss.Repeated], wanted: Double, largest: Int) {
    let bounds = Chernoff(parts)
    let interval = bounds.interval
    let top = bounds.end(1, from: 0, for: -log(wanted))
    // Raising what is below takes an order of at least the tilt: there, the tilt is undone.
    let bottom = bounds.end(-1, from: parts[0].loss.tilt, for: -log(wanted))
    let span = (top.distance + bottom.distance) / interval + 3
    guard let size = Self.size(span, largest) else { return nil }
    // Room to spare goes to the lower end: higher up, what rounding adds would count for more than what is there.
    low = Int((top.distance / interval).rounded(.up)) + 1 - size
    self.size = size
    let (first, end) = (Double(low) * interval, Double(low + size) * interval)
    above = bounds.tail(top.order)
    steeper = [1.5, 2.2, 3.5].map { bounds.tail($0 * top.order) }
    below = bounds.tail(-bottom.order)
    raised = below.mass(beyond: first)
    beyond = above.mass(beyond: end) * exp(bounds.logMoment - bounds.tilt * end)
  }

  /// Only losses from about `epsilon` on: what is below does not count for delta there, and counts for less by
  /// e^(tilt * width of the window) where it comes in at the top.
  ///
  /// - Parameter order: that of Chernoff's bound on what is above; any will do, and some give smaller windows.
  init?(
    from epsilon: Double, at delta: Double, of parts: [BoundedLoss.Repeated], order: Double, largest: Int
  ) {
    let bounds = Chernoff(parts)
    let (interval, tilt) = (bounds.interval, bounds.tilt)
    // Both in units of delta at epsilon should be e^-32, which is little against rounding.
    let amplified = bounds.logMoment - tilt * epsilon - log(delta)
    let top = bounds.distance(order, for: 32 + max(0, amplified))
    let span = max(top - epsilon, (32 - log(delta)) / tilt) / interval + 3
    guard let size = Self.size(span, largest) else { return nil }
    low = Int((epsilon / interval).rounded(.down))
    self.size = size
    let width = Double(size) * interval
    let end = Double(low) * interval + width
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
  let tilt: Double
  let logMoment: Double

  init(_ parts: [BoundedLoss.Repeated]) {
    self.parts = parts
    interval = parts[0].loss.interval
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

  /// The order that gives the nearest end, and that end; `sign` is -1 for the lower one.
  func end(_ sign: Double, from smallest: Double, for target: Double) -> (order: Double, distance: Double) {
    let variance = parts.reduce(0) { $0 + Double($1.times) * $1.loss.moments.variance }
    let scale = log((2 * target).squareRoot() / max(variance.squareRoot(), interval))
    func order(_ logOrder: Double) -> Double { sign * max(smallest, exp(logOrder)) }
    let best = order(
      valley(of: { distance(order($0), for: target) }, from: scale - 7, to: scale + 1, rounds: 16))
    return (abs(best), distance(best, for: target))
  }

  /// The tilted mass above any loss, at most, for both bounds; below it for negative orders.
  func tail(_ order: Double) -> LossWindow.Tail {
    // The rounding of the moments is far below a factor of two.
    LossWindow.Tail(offset: log(2) + max(sum(order, .upper), sum(order, .lower)), order: order)
  }
}
