// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The account of steps of Laplace noise. Adding and removing a record are alike: the pair is its own mirror image.
///
/// With b the scale, the loss is 1/b with chance 1/2, -1/b with chance e^(-1/b)/2, and has the density e^(l/2) e^(-1/2b) / 4
/// between. Intervals divide 1/b, so both ends lie on the grid.
struct LaplaceAccount {
  let phase: Phase
  let delta: Double
  let precision: Double

  func epsilon() -> (bounds: EpsilonBounds, interval: Double?) {
    let scale = phase.noiseMultiplier
    // Delta 0 has a finite epsilon already.
    var bounds = EpsilonBounds(lower: 0, upper: Double(phase.steps) / scale)
    var cells = 64
    while cells < 1 << 16, let finer = self.bounds(cells) {
      bounds = bounds.intersected(with: finer)
      if bounds.isClose(precision) { break }
      cells *= 4
    }
    return (bounds, 1 / (scale * Double(cells)))
  }

  func bounds(_ cells: Int) -> EpsilonBounds? {
    let (scale, times) = (phase.noiseMultiplier, Double(phase.steps))
    let interval = 1 / (scale * Double(cells))
    let (upper, lower) = masses(cells, interval)
    let losses = (-cells...cells).map { Double($0) * interval }
    let curve = MomentCurve(losses: losses, masses: upper)
    let logDelta = log(delta)
    func bound(_ logOrder: Double) -> Double {
      let order = exp(logOrder)
      return (times * curve(order).logMoment - logDelta) / order
    }
    let centre = log((2 * -logDelta + 1).squareRoot() * scale / times.squareRoot())
    let tilt = exp(valley(of: bound, from: centre - 12, to: centre + 6, rounds: 30))
    let logMoment = curve(tilt).logMoment
    let tilts = losses.map { exp(tilt * $0 - logMoment) }
    var step = BoundedLoss(
      interval: interval, offset: 0, tilt: tilt, logMoment: logMoment, indices: Array(-cells...cells),
      upper: zip(upper, tilts).map { $0 * $1 }, lower: zip(lower, tilts).map { $0 * $1 }, infinity: 0)
    step.normalise()
    var sum = step
    if phase.steps > 1 {
      let window = LossWindow(
        whole: [(step, phase.steps)], tilted: 1e-12, mass: 1e-9 * delta,
        largest: PrivacyAccount.largestTransform)
      guard let window else { return nil }
      sum = BoundedLoss.composed([(step, phase.steps)], in: window)
    }
    let off = BoundedLoss.roundOff(largestLoss: 1 / scale)
    return sum.epsilons(at: delta, roundOff: (times * off.loss, times * off.mass))
  }

  private func masses(_ cells: Int, _ interval: Double) -> (upper: [Double], lower: [Double]) {
    let scale = phase.noiseMultiplier
    let density = 0.25 * exp(-0.5 / scale)
    var upper = [Double](repeating: 0, count: 2 * cells + 1)
    var lower = upper
    (upper[0], lower[0]) = (0.5 * exp(-1 / scale), 0.5 * exp(-1 / scale))
    (upper[2 * cells], lower[2 * cells]) = (0.5, 0.5)
    for cell in 0..<2 * cells {
      let start = Double(cell - cells) * interval
      // Mass of P between here and the next point, and of P - e^start Q.
      let mass = 2 * density * exp(0.5 * start) * expm1(0.5 * interval)
      let excess = 2 * density * exp(0.5 * start) * (expm1(0.5 * interval) + expm1(-0.5 * interval))
      let above = min(mass, excess / -expm1(-interval))
      upper[cell] += mass - above
      upper[cell + 1] += above
      // A cell around a point has the loss of the point: P and Q have densities e^(l/2) and e^(-l/2) there. Those at the
      // ends are half as wide and are rounded down.
      if cell > 0 { lower[cell] += 4 * density * exp(0.5 * start) * sinh(0.25 * interval) }
    }
    lower[0] += 2 * density * exp(-0.5 / scale) * expm1(0.25 * interval)
    lower[2 * cells - 1] += 2 * density * exp(0.5 / scale) * -expm1(-0.25 * interval)
    return (upper, lower)
  }
}
