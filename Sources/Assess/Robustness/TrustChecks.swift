// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletRuntime

/// Looks for signs that the attack failed where the model did not hold.
struct TrustChecks {
  let attacker: Attacker
  let attack: PGD
  /// The examples that the model gets right as they are.
  let right: [Int]
  /// The examples that the attack could not change enough.
  let resisted: [Int]
  /// Points on the way at which the model's scores were not finite.
  let undefined: Int
  /// For each adversarial input, whether the original model is fooled by it too.
  let replayed: [Bool]

  /// How many of the examples that resisted are attacked without a bound.
  private static let unboundedExamples = 500

  func run(_ progress: (Int, Int) -> Void) throws(RobustnessError) -> [TrustCheck] {
    let unbounded = Array(resisted.prefix(Self.unboundedExamples))
    let total = right.count + unbounded.count
    var done = 0
    let count: (Int) -> Void = { decided in
      done += decided
      progress(done, total)
    }
    var still = attack
    (still.radius, still.stepSize, still.steps, still.start) = (0, 0, 1, .example)
    let atRest = try attacker.run(still, on: right, progress: count)
    return [
      unchanged(atRest), gradients(atRest), slopes, scores, replays,
      try withoutBound(unbounded, progress: count),
    ]
  }

  /// A radius of zero must leave every right answer right.
  private func unchanged(_ atRest: Attacker.Result) -> TrustCheck {
    let changed = atRest.adversarials.count { $0 != nil }
    return TrustCheck(
      name: "radius zero", trust: changed == 0 ? .reliable : .unreliable,
      detail: changed == 0
        ? "with radius 0 the accuracy is the clean accuracy"
        : "with radius 0 the answer to \(changed) of \(right.count) examples differs from the model's own: the gradient "
          + "graph does not compute what the model does")
  }

  /// A gradient of zero tells the attack nothing, as behind a saturated or quantised layer.
  private func gradients(_ atRest: Attacker.Result) -> TrustCheck {
    let flat = atRest.flat
    return TrustCheck(
      name: "zero gradients",
      trust: flat == 0 ? .reliable : flat * 20 < right.count ? .suspect : .unreliable,
      detail: flat == 0
        ? "every example has a gradient"
        : "the gradient of \(flat) of \(right.count) examples is zero: the attack was blind there")
  }

  /// A step function hides the true slope, whatever the other gradients look like.
  private var slopes: TrustCheck {
    let cuts = attacker.model.cuts
    return TrustCheck(
      name: "steps in the model", trust: cuts.isEmpty ? .reliable : .suspect,
      detail: cuts.isEmpty
        ? "no operator between input and scores is a step function"
        : "the derivative is zero at \(cuts.prefix(5).joined(separator: ", ").visible): the attack saw only the rest"
    )
  }

  private var scores: TrustCheck {
    TrustCheck(
      name: "finite scores", trust: undefined == 0 ? .reliable : .suspect,
      detail: undefined == 0
        ? "every score was finite"
        : "the model's scores were NaN or infinite at \(undefined) points, which counts as a wrong answer")
  }

  /// What fools the gradient graph must fool the model itself.
  private var replays: TrustCheck {
    let failed = replayed.count { !$0 }
    return TrustCheck(
      name: "replay", trust: failed == 0 ? .reliable : failed * 20 < replayed.count ? .suspect : .unreliable,
      detail: failed == 0
        ? "all \(replayed.count) adversarial inputs fool the original model in a fresh session"
        : "\(failed) of \(replayed.count) adversarial inputs do not fool the original model and were not counted"
    )
  }

  /// Who may change everything must always win. Only the examples that resisted are tried: whoever was fooled within the
  /// radius is fooled without one.
  private func withoutBound(_ rows: [Int], progress: (Int) -> Void) throws(RobustnessError) -> TrustCheck {
    var free = attack
    free.radius = 1
    free.stepSize = 2.5 / Float(free.steps)
    let left = try attacker.run(free, on: rows, progress: progress).adversarials.count { $0 == nil }
    let share = right.isEmpty ? 0 : Double(left) / Double(right.count)
    return TrustCheck(
      name: "unbounded attack", trust: share <= 0.01 ? .reliable : share <= 0.1 ? .suspect : .unreliable,
      detail: left == 0
        ? "without a bound every answer can be made wrong"
        : "without a bound \(left) of \(right.count) right answers still hold, where none should: the attack is too weak "
          + "for this model")
  }
}
