// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The part of the grid on which a sum of losses is computed. The transform is cyclic: what is beyond one end of the window
/// comes in at the other. How much that can be is bounded by Chernoff.
struct LossWindow {
  let low: Int
  /// A power of two.
  let size: Int
  /// Tilted mass from beyond the ends that any loss in the window may have, at most; 0 where `wrapped` says it better.
  var strays = 0.0
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
  init?(whole parts: [BoundedLoss.Repeated], wanted: Double = 1e-18, largest: Int) {
    let bounds = Chernoff(parts)
    let interval = bounds.interval
    let top = bounds.order(1, from: 0, for: -log(wanted))
    // Raising what is below takes an order of at least the tilt: there, the tilt is undone.
    let bottom = bounds.order(-1, from: parts[0].loss.tilt, for: -log(wanted))
    let span = (top.distance + bottom.distance) / interval + 3
    guard let size = Self.size(span, largest) else { return nil }
    // Room to spare goes to both ends.
    low = Int((-bottom.distance / interval).rounded(.down)) - (size - Int(span)) / 2
    self.size = size
    let (first, end) = (Double(low) * interval, Double(low + size) * interval)
    let above = exp(bounds.logMass(top.order, beyond: end - interval))
    raised = exp(bounds.logMass(-bottom.order, beyond: first))
    strays = above + raised
    beyond = above * exp(bounds.logMoment - bounds.tilt * end)
  }

  /// Only losses from about `epsilon` on: what is below does not count for delta there, and counts for less by
  /// e^(tilt * width of the window) where it comes in at the top.
  init?(from epsilon: Double, at delta: Double, of parts: [BoundedLoss.Repeated], largest: Int) {
    let bounds = Chernoff(parts)
    let (interval, tilt) = (bounds.interval, bounds.tilt)
    // Both in units of delta at epsilon should be e^-32, which is little against rounding.
    let amplified = bounds.logMoment - tilt * epsilon - log(delta)
    let top = bounds.order(1, from: 0, for: 32 + max(0, amplified))
    let span = max(top.distance - epsilon, (32 - log(delta)) / tilt) / interval + 3
    guard let size = Self.size(span, largest) else { return nil }
    low = Int((epsilon / interval).rounded(.down))
    self.size = size
    let width = Double(size) * interval
    let end = Double(low) * interval + width
    let above = bounds.logMass(top.order, beyond: end - interval)
    beyond = exp(above + bounds.logMoment - tilt * end)
    wrapped.below = 2 * exp(-tilt * width)
    // Tilted mass beyond epsilon + width, at the weight of epsilon.
    wrapped.offset = bounds.logMoment + bounds.logMass(top.order, beyond: width)
    wrapped.order = tilt + top.order
  }

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
  private let deviation: Double

  init(_ parts: [BoundedLoss.Repeated]) {
    self.parts = parts
    interval = parts[0].loss.interval
    tilt = parts[0].loss.tilt
    logMoment = parts.reduce(0) { $0 + Double($1.times) * $1.loss.logMoment }
    let variance = parts.reduce(0) { $0 + Double($1.times) * $1.loss.moments.variance }
    deviation = max(variance.squareRoot(), interval)
  }

  private func sum(_ order: Double, _ bound: KeyPath<BoundedLoss, [Double]>) -> Double {
    parts.reduce(0) { $0 + Double($1.times) * $1.loss.logMoment(order, of: bound) }
  }

  /// The order that gives the nearest end beyond which there is less than exp(-target), and that end; `sign` is -1 for the
  /// lower tail, whose end is negated.
  func order(_ sign: Double, from smallest: Double, for target: Double) -> (order: Double, distance: Double) {
    let scale = (2 * target).squareRoot() / deviation
    var best = (order: 0.0, distance: Double.infinity)
    for factor in [0.06, 0.12, 0.25, 0.4, 0.55, 0.7, 0.85, 1, 1.2, 2] {
      let order = max(smallest, factor * scale)
      let distance = (sum(sign * order, \.upper) + target) / order
      if distance < best.distance { best = (order, distance) }
    }
    return best
  }

  /// ln of the tilted mass beyond an edge, at most, for both bounds; below it for negative orders.
  func logMass(_ order: Double, beyond edge: Double) -> Double {
    // The rounding of the moments is far below a factor of two.
    log(2) + max(sum(order, \.upper), sum(order, \.lower)) - order * edge
  }
}
