// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The account in one direction, on grids of given intervals.
struct DirectedAccount {
  private let losses: [StepLoss]
  private let curves: [MomentCurve]
  private let times: [Int]
  private let delta: Double
  private let reach: Double
  /// The tilt at which Chernoff's bound on epsilon is best, and that bound.
  private let best: (tilt: Double, epsilon: Double)
  /// Of the loss of one step of each phase, without rare large losses.
  private let deviations: [Double]

  struct Bounds {
    let range: ClosedRange<Double>
    /// For one step; the smallest of all phases.
    let interval: Double

    /// Both hold.
    func intersected(with other: Bounds) -> Bounds {
      let low = max(range.lowerBound, other.range.lowerBound)
      let high = min(range.upperBound, other.range.upperBound)
      return Bounds(range: min(low, high)...high, interval: interval)
    }
  }

  init(phases: [Phase], delta: Double, direction: Direction) {
    let times = phases.map(\.steps)
    let count = times.reduce(0) { $0 + Double($1) }
    // What is beyond is a ten-thousand-millionth of delta in all.
    let reach = (2 * (log(count) - log(delta) + 23)).squareRoot()
    losses = phases.map { StepLoss(noise: $0.noiseMultiplier, rate: $0.samplingRate, direction: direction) }
    let curves = losses.map { MomentCurve($0, from: -reach * $0.noise, to: reach * $0.noise + 1) }
    func bound(_ logOrder: Double) -> Double {
      let order = exp(logOrder)
      return (Self.sum(curves, times, order).logMoment - log(delta)) / order
    }
    let deviation = Self.sum(curves, times, 0).deviation
    let centre = log((1 - 2 * log(delta)).squareRoot() / max(deviation, 1e-300))
    let coarse = stride(from: centre - 30, through: centre + 8, by: 1).min { bound($0) < bound($1) }!
    let logTilt = valley(of: bound, from: coarse - 1, to: coarse + 1, rounds: 16)
    best = (exp(logTilt), bound(logTilt))
    deviations = curves.map { min($0(0).variance, $0(exp(logTilt)).variance).squareRoot() }
    (self.curves, self.times, self.delta, self.reach) = (curves, times, delta, reach)
  }

  private static func sum(
    _ curves: [MomentCurve], _ times: [Int], _ order: Double
  ) -> (logMoment: Double, deviation: Double) {
    var (moment, variance) = (0.0, 0.0)
    for (curve, times) in zip(curves, times) {
      let value = curve(order)
      moment += Double(times) * value.logMoment
      variance += Double(times) * value.variance
    }
    return (moment, variance.squareRoot())
  }

  /// The spread of one step: of all phases the smallest, which needs the finest grid.
  var scale: Double { deviations.min() ?? 0 }

  /// Bounds on a grid of this interval for the phase with the smallest spread, or of a larger one if that is too fine.
  ///
  /// - Parameter known: a lower bound; the larger the better.
  func bounds(interval: Double, known: Double) -> Bounds {
    let aim = Aim(self, known)
    var interval = interval
    while true {
      if let found = attempt(interval, aim) { return found }
      interval *= 1.5
    }
  }

  /// Which part of the sum is looked at, and with which tilt.
  private struct Aim {
    var tilt: Double
    /// No losses below are looked at.
    let floor: Double
    /// How much of the grid the sum takes from there, about.
    var span: Double
    /// That of Chernoff's bound on its end.
    var order: Double

    init(_ account: DirectedAccount, _ known: Double) {
      let (best, logDelta) = (account.best, log(account.delta))
      func sum(_ order: Double) -> (logMoment: Double, deviation: Double) {
        DirectedAccount.sum(account.curves, account.times, order)
      }
      let floor = max(known, best.epsilon - 2 * sum(best.tilt).deviation - 3 / best.tilt)
      // Smaller tilts have less heavy tails above, and let in more mass from below and more rounding.
      let count = account.times.reduce(0) { $0 + Double($1) }
      let tolerated = max(5, log(1e7 / count))
      (tilt, span, self.order) = (best.tilt, .infinity, best.tilt)
      for factor in [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3] {
        let order = factor * best.tilt
        let (moment, deviation) = sum(order)
        // In units of delta, what a tilted mass of 1 counts for.
        guard factor == 1 || moment - order * max(known, best.epsilon - 3 / best.tilt) - logDelta <= tolerated
        else { break }
        let target = 32 + max(0, moment - order * floor - logDelta)
        func distance(_ logOrder: Double) -> Double {
          (sum(order + exp(logOrder)).logMoment - moment + target) / exp(logOrder)
        }
        let middle = log((2 * target).squareRoot() / max(deviation, 1e-300))
        let nearest = valley(of: distance, from: middle - 6, to: middle + 1, rounds: 12)
        let width = max(distance(nearest) - floor, (32 - logDelta) / order)
        if width < span { (tilt, span, self.order) = (order, width, exp(nearest)) }
      }
      self.floor = floor
    }
  }

  private func attempt(_ interval: Double, _ aim: Aim) -> Bounds? {
    let limit = PrivacyAccount.largestTransform
    let plan = plan(interval, aim.span)
    var parts: [BoundedLoss.Repeated] = []
    var roundOff = (loss: 0.0, mass: 0.0)
    for phase in losses.indices {
      let (step, level) = (losses[phase], plan.levels[phase])
      let fine = plan.interval / Double(level.factor)
      let largest = max(
        abs(step.loss(at: -reach * step.noise)), abs(step.loss(at: reach * step.noise + 1)))
      // Numbers of points that are no whole numbers of the machine.
      guard fine > 0, largest / fine < 1e15 else { return nil }
      let loss = BoundedLoss(
        step, interval: fine, tilt: aim.tilt, logMoment: curves[phase](aim.tilt).logMoment,
        weight: (best.tilt, curves[phase](best.tilt).logMoment), reach: reach)
      let off = BoundedLoss.roundOff(largestLoss: largest)
      roundOff.loss += Double(times[phase]) * off.loss
      roundOff.mass += Double(times[phase]) * off.mass
      if level.factor == 1 {
        parts.append((loss, times[phase]))
        continue
      }
      let blocks = [(level.block, times[phase] / level.block), (times[phase] % level.block, 1)]
      for (block, count) in blocks where block > 0 {
        guard let window = LossWindow(
          whole: [(loss, block)], wanted: 1e-10 / Double(count), largest: limit) else { return nil }
        let sum = BoundedLoss.composed([(loss, block)], in: window)
        parts.append((sum.coarsened(by: level.factor), count))
      }
    }
    guard let window = LossWindow(
      from: aim.floor, at: delta, of: parts, order: aim.order, largest: limit) else { return nil }
    let sum = BoundedLoss.composed(parts, in: window)
    let smallest = plan.levels.reduce(plan.interval) { min($0, plan.interval / Double($1.factor)) }
    return Bounds(range: sum.epsilons(at: delta, roundOff: roundOff), interval: smallest)
  }

  /// How steps are put together: `block` of them on a grid that is finer by `factor` than that of the whole, and the blocks
  /// then on that of the whole. A sum of many steps needs no grid as fine as one step does.
  private struct Level {
    var block: Int
    var factor: Int
  }

  private func plan(_ interval: Double, _ span: Double) -> (interval: Double, levels: [Level]) {
    let flat = (interval, losses.map { _ in Level(block: 1, factor: 1) })
    if span / interval < 150_000 { return flat }
    // Each phase may have an interval in proportion to its spread.
    let fine = deviations.map { interval * $0 / scale }
    // Rounding a block adds a sixteenth of what rounding its steps did.
    func factor(_ block: Int) -> Int { max(1, Int((Double(block) / 16).squareRoot())) }
    let blocks = times.map { max(1, min($0, Int(4 * Double($0).squareRoot()))) }
    let whole = zip(fine, blocks).reduce(Double.infinity) { min($0, $1.0 * Double(factor($1.1))) }
    // Blocks take transforms too.
    if whole < 4 * interval { return flat }
    let levels = zip(fine, blocks).map { fine, block in
      let factor = Int((whole / fine).rounded(.up))
      return factor <= 1 ? Level(block: 1, factor: 1) : Level(block: block, factor: factor)
    }
    return (whole, levels)
  }
}
