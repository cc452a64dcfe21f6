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
