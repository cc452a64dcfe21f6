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

  struct Result {
    var bounds: EpsilonBounds
    /// For one step; the smallest of all phases.
    let interval: Double
  }

  init(phases: [Phase], delta: Double, direction: Direction) {
    let times = phases.map(\.steps)
    let count = times.reduce(0) { $0 + Double($1) }
    // What is beyond is a ten-thousand-millionth of delta in all.
    let reach = (2 * (log(count) - log(delta) + 23)).squareRoot()
    losses = phases.map { StepLoss(noise: $0.noiseMultiplier, rate: $0.samplingRate, direction: direction) }
    let curves = losses.map { MomentCurve($0, from: -reach * $0.noise, to: reach * $0.noise + 1) }
    // 1 - e^-x is at most e^(order * x) times this for x > 0, which makes Chernoff's bound one on delta.
    func logShare(_ order: Double) -> Double { -order * log1p(1 / order) - log1p(order) }
    func bound(_ logOrder: Double) -> Double {
      let order = exp(logOrder)
      return (Self.sum(curves, times, order).logMoment + logShare(order) - log(delta)) / order
    }
    let deviation = Self.sum(curves, times, 0).deviation
    let centre = log((1 - 2 * log(delta)).squareRoot() / max(deviation, 1e-300))
    let coarse = stride(from: centre - 30, through: centre + 8, by: 1).min { bound($0) < bound($1) }!
    var logTilt = valley(of: bound, from: coarse - 1, to: coarse + 1, rounds: 16)
    // Where the loss has a largest value and delta is small, ever larger tilts are ever so little better.
    while bound(logTilt - 0.7) < bound(logTilt) * (1 + 1e-7) { logTilt -= 0.7 }
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
  func epsilon(interval: Double, known: Double) -> Result {
    // Where nothing is found, epsilon may be less than is probable.
    for slack in [1.0, 5, 25] {
      let floor = max(known, probable(slack))
      let result = epsilon(interval, Aim(self, floor))
      if result.bounds.lower > 0 || floor <= known || slack == 25 { return result }
    }
    preconditionFailure("the last slack returns")
  }

  private func epsilon(_ interval: Double, _ aim: Aim) -> Result {
    var interval = max(interval, aim.span / 1e6)
    for _ in 0..<40 {
      if let found = attempt(interval, aim) { return found }
      interval *= 1.5
    }
    // No grid fits: the losses of one step are too far apart.
    return Result(bounds: EpsilonBounds(lower: 0, upper: .infinity), interval: interval)
  }

  /// What epsilon is probably more than.
  private func probable(_ slack: Double) -> Double {
    let spread = best.tilt * Self.sum(curves, times, best.tilt).deviation
    return max(0, best.epsilon - slack * (2 + log1p(spread)) / best.tilt)
  }

  /// The interval of a grid that the sum takes some ten thousand points of.
  var coarse: Double { Aim(self, probable(1)).span / 30_000 }

  /// Which part of the sum is looked at, and with which tilt.
  private struct Aim {
    var tilt: Double
    /// No losses below are looked at.
    let floor: Double
    /// How much of the grid the sum takes from there, about.
    var span: Double
    /// That of Chernoff's bound on its end.
    var order: Double

    init(_ account: DirectedAccount, _ floor: Double) {
      let (best, logDelta) = (account.best, log(account.delta))
      func sum(_ order: Double) -> (logMoment: Double, deviation: Double) {
        DirectedAccount.sum(account.curves, account.times, order)
      }
      // Smaller tilts have less heavy tails above, and let in more mass from below and more rounding.
      let count = account.times.reduce(0) { $0 + Double($1) }
      let tolerated = max(5, log(1e7 / count))
      (tilt, span, self.order) = (best.tilt, .infinity, best.tilt)
      for factor in [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3] {
        let order = factor * best.tilt
        let (moment, deviation) = sum(order)
        // In units of delta, what a tilted mass of 1 counts for.
        guard factor == 1 || moment - order * floor - logDelta <= tolerated
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

  private func attempt(_ interval: Double, _ aim: Aim) -> Result? {
    let limit = PrivacyAccount.largestTransform
    let plan = plan(interval, aim.span)
    var parts: [BoundedLoss.Repeated] = []
    var roundOff = (loss: 0.0, mass: 0.0)
    for phase in losses.indices {
      let (loss, level) = (losses[phase], plan.levels[phase])
      let fine = plan.interval / Double(level.factor)
      let largest = max(
        abs(loss.loss(at: -reach * loss.noise)), abs(loss.loss(at: reach * loss.noise + 1)))
      // Numbers of points that are no whole numbers of the machine.
      guard fine > 0, largest / fine < 1e15 else { return nil }
      let step = BoundedLoss(
        loss, interval: fine, tilt: aim.tilt, logMoment: curves[phase](aim.tilt).logMoment,
        weight: (best.tilt, curves[phase](best.tilt).logMoment), reach: reach, most: 1 << 18)
      guard let step else { return nil }
      let off = BoundedLoss.roundOff(largestLoss: largest)
      roundOff.loss += Double(times[phase]) * off.loss
      roundOff.mass += Double(times[phase]) * off.mass
      if level.factor == 1 {
        parts.append((step, times[phase]))
        continue
      }
      let blocks = [(level.block, times[phase] / level.block), (times[phase] % level.block, 1)]
      for (block, count) in blocks where block > 0 {
        guard
          let window = LossWindow(
            whole: [(step, block)], tilted: 1e-7 / Double(count), mass: 1e-7 * delta / Double(count),
            largest: limit)
        else { return nil }
        let sum = BoundedLoss.composed([(step, block)], in: window)
        parts.append((sum.coarsened(by: level.factor), count))
      }
    }
    let smallest = plan.levels.reduce(plan.interval) { min($0, plan.interval / Double($1.factor)) }
    if parts.count == 1, parts[0].times == 1 {
      return Result(bounds: parts[0].loss.epsilons(at: delta, roundOff: roundOff), interval: smallest)
    }
    guard
      let window = LossWindow(
        from: aim.floor, at: delta, of: parts, order: aim.order, largest: limit)
    else { return nil }
    let sum = BoundedLoss.composed(parts, in: window)
    return Result(bounds: sum.epsilons(at: delta, roundOff: roundOff), interval: smallest)
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
