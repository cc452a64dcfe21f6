// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletAutodiff

/// Looks for signs that the attacks of a plan failed where the model did not hold.
struct PlanChecks {
  let run: PlanRun
  let examples: [PlanReport.Example]
  /// The inputs that fool the original model, in its own units.
  let adversarials: [[Float]]
  /// Inputs that were said to fool the model, and how many of them do.
  let claims: Int
  let replayed: Int
  let isComplete: Bool

  /// Examples on which the slower checks are made.
  static let sample = 200
  /// How many of the examples that resisted are attacked without a bound.
  static let unboundedSample = 500

  var order: AttackOrder { run.order }
  var model: AttackModel { run.model }
  var right: [Int] { run.right }
  /// Rows.
  var resisted: [Int] { examples.filter { $0.outcome == .resisted }.map(\.row) }

  /// - Returns: what was differentiated, and what each check saw.
  func make(
    _ progress: (PlanProgress) -> Void
  ) throws(RobustnessError) -> (differentiated: String, checks: [TrustCheck]) {
    if let blind = run.blind { return ("nothing", try blindChecks(blind)) }
    let loss: LossGradient
    do throws(AutodiffError) { loss = try LossGradient.of(run.assessment.model) } catch {
      throw .noGradient(reason: run.assessment.model.reason(of: error))
    }
    let stages = 5
    var done = 0
    func tell() {
      progress(.init(step: "checks", done: done, total: stages))
      done += 1
    }
    tell()
    var checks = try atRest()
    checks += [try measuredSlopes(), steps(loss.cuts), finiteScores, replay].compactMap { $0 }
    tell()
    checks.append(try withoutBound())
    tell()
    checks += [betterThanChance, try sameAnswerTwice(), try areLogits()]
    tell()
    checks += [blackBox, try converged()].compactMap { $0 }
    tell()
    checks += [try levels(), smallerRadius, time].compactMap { $0 }
    tell()
    return (loss.differentiated, checks)
  }

  /// What can be said where there are no slopes. It is never reliable: such attacks need many questions and find less. After the few
  /// questions of the fast plan it says next to nothing.
  private func blindChecks(_ reason: String) throws(RobustnessError) -> [TrustCheck] {
    let slopes = TrustCheck(
      name: "slopes", trust: order.plan == .fast ? .unreliable : .suspect,
      detail: "the model has no slopes to follow, and attacks that only ask find less"
        + (order.plan == .fast ? ", after few questions next to nothing; use --attack standard" : "")
        + ": \(reason)")
    return [slopes, replay, betterThanChance, try sameAnswerTwice(), time].compactMap { $0 }
  }

  private var betterThanChance: TrustCheck {
    .betterThanChance(Proportion(right.count, of: examples.count), classes: model.classCount)
  }

  private func sameAnswerTwice() throws(RobustnessError) -> TrustCheck {
    try .sameAnswerTwice(model, at: firstPlaces, order)
  }

  private var time: TrustCheck? { isComplete ? nil : .outOfTime }

  /// Some of the examples, those on which a plan is tried first.
  var firstPlaces: [[Float]] {
    run.rows.prefix(min(64, run.assessment.batch)).map { run.centers[$0] }
  }
}
