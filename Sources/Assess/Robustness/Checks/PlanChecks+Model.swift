// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff
import MartletRuntime

/// Checks that look at the model itself.
extension PlanChecks {
  /// A radius of zero must leave every right answer right, and every example must have a slope: without one an attack is blind, as
  /// behind a saturated or quantised layer.
  func atRest() throws(RobustnessError) -> [TrustCheck] {
    let width = model.space.width
    var (changed, flat) = (0, 0)
    for rows in run.batches(right) {
      let answer = try model.answer(
        .crossEntropy, rows.flatMap { run.centers[$0] }, labels: rows.map { run.assessment.labels[$0] })
      for (place, row) in rows.enumerated() {
        if model.best(answer.logits, at: place) != run.assessment.labels[row] { changed += 1 }
        if answer.slopes[place * width..<(place + 1) * width].allSatisfy({ $0 == 0 || $0.isNaN }) {
          flat += 1
        }
      }
    }
    let unchanged = TrustCheck(
      name: "radius zero", trust: changed == 0 ? .reliable : .unreliable,
      detail: changed == 0
        ? "with radius 0 the accuracy is the clean accuracy"
        : "with radius 0 the answer to \(changed) of \(right.count) examples differs from the model's own: the gradient "
          + "graph does not compute what the model does")
    let slopes = TrustCheck(
      name: "zero gradients",
      trust: flat == 0 ? .reliable : flat * 20 < right.count ? .suspect : .unreliable,
      detail: flat == 0
        ? "every example has a gradient"
        : "the gradient of \(flat) of \(right.count) examples is zero: the attack was blind there")
    return [unchanged, slopes]
  }

  /// The slope must be what small steps measure: along a random direction of length 1, half the difference of the losses over the step.
  /// At the kink of a rectifier the two part, so that most of some examples decide. Nil for a model whose answers are averaged.
  func measuredSlopes() throws(RobustnessError) -> TrustCheck? {
    guard (order.samples ?? order.plan.samples) == 1 else { return nil }
    let few = Array(right.prefix(32))
    var agreeing = 0
    for rows in run.batches(few) { agreeing += try self.agreeing(rows) }
    let isRight = agreeing * 2 >= few.count
    return TrustCheck(
      name: "measured slopes", trust: isRight ? .reliable : .unreliable,
      detail: isRight
        ? "along a random direction the slope is what a small step measures, in \(agreeing) of \(few.count) examples"
        : "along a random direction the slope is what a small step measures in \(agreeing) of \(few.count) examples only: it "
          + "does not say where the loss rises")
  }

  /// At how many of some examples that go into one batch the slope is what a step measures.
  private func agreeing(_ rows: [Int]) throws(RobustnessError) -> Int {
    let (width, step) = (model.space.width, Float(1e-3))
    let random = CounterRandom(seed: order.seed).derived(13_001)
    let labels = rows.map { run.assessment.labels[$0] }
    let directions = rows.map { row in
      let way = (0..<width).map { random.normal(row, $0) }
      let length = way.reduce(0) { $0 + $1 * $1 }.squareRoot() + 1e-12
      return way.map { $0 / length }
    }
    // Room for a step to both sides.
    let places = rows.map { run.centers[$0].map { max(step, min(1 - step, $0)) } }
    func losses(_ sign: Float) throws(RobustnessError) -> AttackModel.Answer {
      let points = zip(places, directions).flatMap { place, way in
        zip(place, way).map { $0 + sign * step * $1 }
      }
      return try model.answer(.margin, points, labels: labels)
    }
    let (here, ahead, behind) = (try losses(0), try losses(1), try losses(-1))
    return rows.indices.count { row in
      let measured = (ahead.loss[row] - behind.loss[row]) / (2 * step)
      let slope = here.slopes[row * width..<(row + 1) * width]
      let told = zip(slope, directions[row]).reduce(0) { $0 + $1.0 * $1.1 }
      let rounding = 8 * abs(here.loss[row]) * .ulpOfOne / step
      return abs(measured - told) <= 0.1 * max(abs(measured), abs(told)) + rounding
    }
  }

  /// A step function hides the true slope, whatever the other gradients look like.
  /// - Parameter cuts: nodes whose derivative is zero although their values vary.
  func steps(_ cuts: [String]) -> TrustCheck {
    TrustCheck(
      name: "steps in the model", trust: cuts.isEmpty ? .reliable : .suspect,
      detail: cuts.isEmpty
        ? "no operator between input and scores is a step function"
        : "the derivative is zero at \(cuts.prefix(5).joined(separator: ", ").visible): the attack saw only the rest"
    )
  }

  var finiteScores: TrustCheck {
    let undefined = model.undefinedPoints
    return TrustCheck(
      name: "finite scores", trust: undefined == 0 ? .reliable : .suspect,
      detail: undefined == 0
        ? "every score was finite"
        : "the model's scores were NaN or infinite at \(undefined) points, which counts as a wrong answer")
  }

  /// Probabilities have slopes that vanish where the model is sure.
  func areLogits() throws(RobustnessError) -> TrustCheck {
    let points = firstPlaces
    let scores = try model.logits(points.flatMap { $0 }, count: points.count)
    let areProbabilities = points.indices.allSatisfy { row in
      let own = scores[row * model.classCount..<(row + 1) * model.classCount]
      return own.allSatisfy { (0...1).contains($0) } && abs(own.reduce(0, +) - 1) <= 1e-5
    }
    return TrustCheck(
      name: "logits", trust: areProbabilities ? .unreliable : .reliable,
      detail: areProbabilities
        ? "what was taken for logits are probabilities, whose slopes vanish where the model is sure"
        : "the scores that were differentiated are no probabilities")
  }
}
