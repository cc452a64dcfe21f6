// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// The account in one direction, on a grid of a given interval.
struct DirectedAccount {
  private let steps: [Step]
  private let delta: Double
  private let tilt: Double
  private let reach: Double
  /// A little less than the epsilon, about: no losses below are looked at in the sum.
  private let floor: Double
  /// How much of the grid the sum takes from there, about.
  private let span: Double

  private struct Step {
    let loss: StepLoss
    let times: Int
    /// In the tilted distribution.
    let logMoment: Double
    let deviation: Double
    let largest: Double
  }

  struct Bounds {
    let range: ClosedRange<Double>
    /// For one step; the smallest of all phases.
    let interval: Double

    /// Both hold.
    func intersected(with other: Bounds) -> Bounds {
      let (low, high) = (
        max(range.lowerBound, other.range.lowerBound), min(range.upperBound, other.range.upperBound)
      )
      return Bounds(range: min(low, high)...high, interval: interval)
    }
  }

  init(phases: [Phase], delta: Double, direction: Direction) {
    let count = phases.reduce(0) { $0 + Double($1.steps) }
    // What is beyond is a ten-thousand-millionth of delta in all.
    let reach = (2 * (log(count) - log(delta) + 23)).squareRoot()
    let losses = phases.map { StepLoss(noise: $0.noiseMultiplier, rate: $0.samplingRate, direction: direction) }
    let curves = losses.map { loss in
      MomentCurve(loss, from: -reach * loss.noise, to: reach * loss.noise + 1)
    }
    let logDelta = log(delta)
    func bound(_ logOrder: Double) -> Double {
      let order = exp(logOrder)
      var sum = -logDelta
      for (curve, phase) in zip(curves, phases) { sum += Double(phase.steps) * curve(order).logMoment }
      return sum / order
    }
    // Chernoff's bound on epsilon is best where delta is decided.
    let deviation = zip(curves, phases).reduce(0) { $0 + Double($1.1.steps) * $1.0(0).variance }.squareRoot()
    let centre = log((2 * -logDelta + 1).squareRoot() / max(deviation, 1e-300))
    let coarse = stride(from: centre - 30, through: centre + 8, by: 1).min { bound($0) < bound($1) }!
    let best = exp(valley(of: bound, from: coarse - 1, to: coarse + 1, rounds: 16))
    func sum(_ order: Double) -> (logMoment: Double, deviation: Double) {
      var (moment, variance) = (0.0, 0.0)
      for (curve, phase) in zip(curves, phases) {
        let value = curve(order)
        moment += Double(phase.steps) * value.logMoment
        variance += Double(phase.steps) * value.variance
      }
      return (moment, variance.squareRoot())
    }
    let epsilon = (sum(best).logMoment - logDelta) / best
    let floor = epsilon - 2 * sum(best).deviation - 3 / best
    // A smaller tilt has less heavy tails above, and more mass comes in from below.
    let amplification = log(max(10, 1e7 / count))
    var (tilt, span) = (best, Double.infinity)
    for factor in [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] {
      let order = factor * best
      let (moment, deviation) = sum(order)
      let amplified = moment - order * floor - logDelta
      guard factor == 1 || moment - order * epsilon - logDelta <= amplification else { continue }
      func distance(_ logOrder: Double) -> Double {
        let step = exp(logOrder)
        return (sum(order + step).logMoment - moment + 32 + max(0, amplified)) / step
      }
      let middle = log((64 + 2 * max(0, amplified)).squareRoot() / max(deviation, 1e-300))
      let end = distance(valley(of: distance, from: middle - 4, to: middle + 1, rounds: 8))
      let width = max(end - floor, (32 - logDelta) / order)
      if width < span { (tilt, span) = (order, width) }
    }
    let steps = zip(zip(losses, curves), phases).map { pair, phase in
      let value = pair.1(tilt)
      let edges = [pair.0.loss(at: -reach * pair.0.noise), pair.0.loss(at: reach * pair.0.noise + 1)]
      return Step(
        loss: pair.0, times: phase.steps, logMoment: value.logMoment,
        deviation: pair.1(best).variance.squareRoot(), largest: max(abs(edges[0]), abs(edges[1])))
    }
    self.floor = floor
    self.span = span
    self.steps = steps
    self.delta = delta
    self.tilt = tilt
    self.reach = reach
  }

  /// The spread of one step: of all phases the smallest, which needs the finest grid.
  var scale: Double { steps.reduce(.infinity) { min($0, $1.deviation) } }

  /// Bounds on a grid of this interval for the phase with the smallest spread, or of a larger one if that is too fine.
  func bounds(interval: Double) -> Bounds {
    var interval = interval
    while true {
      if let found = attempt(interval) { return found }
      interval *= 1.5
    }
  }

  private func attempt(_ interval: Double) -> Bounds? {
    let limit = PrivacyAccount.largestTransform
    // Steps that reach further than the transform is long, in intervals, take too long to write down.
    guard interval > 0, steps.allSatisfy({ $0.largest / interval < 1e8 }) else { return nil }
    let plan = plan(interval)
    //print("attempt", interval, "span", span, "tilt", tilt, "reach", reach, plan, steps)
    var parts: [BoundedLoss.Repeated] = []
    var roundOff = (loss: 0.0, mass: 0.0)
    for (step, level) in zip(steps, plan.levels) {
      let loss = BoundedLoss(
        step.loss, interval: plan.interval / Double(level.factor), tilt: tilt, logMoment: step.logMoment, reach: reach)
      let off = BoundedLoss.roundOff(largestLoss: step.largest)
      roundOff.loss += Double(step.times) * off.loss
      roundOff.mass += Double(step.times) * off.mass
      if level.factor == 1 {
        parts.append((loss, step.times))
        continue
      }
      for (block, count) in [(level.block, step.times / level.block), (step.times % level.block, 1)] where block > 0 {
        guard let window = LossWindow(whole: [(loss, block)], largest: limit) else { return nil }
        let sum = BoundedLoss.composed([(loss, block)], in: window)
        parts.append((sum.coarsened(by: level.factor), count))
      }
    }
    guard let window = LossWindow(from: floor, at: delta, of: parts, largest: limit) else { return nil }
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

  private func plan(_ interval: Double) -> (interval: Double, levels: [Level]) {
    // Each phase may have an interval in proportion to its spread.
    let fine = steps.map { interval * $0.deviation / scale }
    if span / interval < 150_000 {
      return (interval, steps.map { _ in Level(block: 1, factor: 1) })
    }
    // Rounding a block adds a sixteenth of what rounding its steps did.
    func factor(_ block: Int) -> Int { max(1, Int((Double(block) / 16).squareRoot())) }
    let blocks = steps.map { step in max(1, min(step.times, Int(4 * Double(step.times).squareRoot()))) }
    let whole = zip(fine, blocks).reduce(Double.infinity) { min($0, $1.0 * Double(factor($1.1))) }
    let levels = zip(fine, blocks).map { fine, block in
      let factor = Int((whole / fine).rounded(.up))
      return factor <= 1 ? Level(block: 1, factor: 1) : Level(block: block, factor: factor)
    }
    return (whole, levels)
  }
}
