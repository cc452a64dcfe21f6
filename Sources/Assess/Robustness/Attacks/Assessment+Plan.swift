// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAutodiff
import MartletRuntime

extension PreparedAssessment {
  /// Runs a plan of attacks, each on the examples that are left.
  /// - Throws: ``RobustnessError``, also ``RobustnessError/noGradient(reason:)`` where no attack with slopes can be made.
  package func run(
    _ order: AttackOrder, _ progress: (PlanProgress) -> Void = { _ in }
  ) throws(RobustnessError) -> PlanReport {
    if let schema = order.schema { return try assessment.run(order, on: schema, progress) }
    return try assessment.run(order, progress)
  }
}

extension Assessment {
  func run(_ order: AttackOrder, _ progress: (PlanProgress) -> Void) throws(RobustnessError) -> PlanReport {
    let clock = ContinuousClock()
    let begin = clock.now
    let isOver: @Sendable () -> Bool = {
      order.seconds.map { (clock.now - begin) / .seconds(1) > $0 } ?? false
    }
    let clean = try cleanOutcomes { progress(.init(step: "clean accuracy", done: $0.done, total: $0.total)) }
    let (model, blind) = try attackModel()
    guard clean.contains(true) else { throw .nothingRight(examples: clean.count) }
    try check(labels: model.classCount)
    let right = clean.indices.filter { clean[$0] }
    let centers = try centers(of: Array(labels.indices))
    var fooled: [Int: (attack: String, point: [Float])] = [:]
    var attempts: [PlanReport.Attempt] = []
    for attack in blind == nil ? order.plan.attacks : order.plan.blackBox {
      let left = right.filter { fooled[$0] == nil }
      let (start, before, known) = (clock.now, model.queries, fooled.count)
      for first in stride(from: 0, to: left.count, by: batch) {
        if isOver() { break }
        progress(.init(step: attack.name, done: first, total: left.count))
        let rows = Array(left[first..<min(first + batch, left.count)])
        let targets = targets(
          rows, at: rows.map { centers[$0] }, Ball(norm: order.norm, radius: order.radius), order.seed,
          isOver)
        for (row, point) in zip(rows, try attack.run(targets, on: model)) {
          if let point { fooled[row] = (attack.name, point) }
        }
      }
      progress(.init(step: attack.name, done: left.count, total: left.count))
      let after = model.queries
      attempts.append(
        .init(
          attack: attack.name, attacked: left.count, fooled: fooled.count - known,
          scoreQueries: after.plain - before.plain, slopeQueries: after.slopes - before.slopes,
          seconds: (clock.now - start) / .seconds(1)))
    }
    let isComplete = !isOver()
    let below = blind == nil ? try shortAttacks(order, right, model, centers, isOver, progress) : ([], [:])
    var report = try report(
      order, clean, fooled, attempts, model, centers, below: below, blind: blind, isComplete: isComplete,
      progress)
    report.seconds = (clock.now - begin) / .seconds(1)
    return report
  }

  /// - Parameter centers: of those rows, in their order.
  func targets(
    _ rows: [Int], at centers: [[Float]], _ ball: Ball, _ seed: UInt64,
    _ isOver: @escaping @Sendable () -> Bool = { false }
  ) -> Targets {
    Targets(
      ball: ball, rows: rows, centers: centers, labels: rows.map { labels[$0] },
      shape: Array(inputs.shape.dropFirst()), seed: seed, isOver: isOver)
  }

  /// A short attack within parts of the radius, for the curve: by example the smallest radius at which it was fooled.
  private func shortAttacks(
    _ order: AttackOrder, _ right: [Int], _ model: AttackModel, _ centers: [[Float]],
    _ isOver: @escaping @Sendable () -> Bool, _ progress: (PlanProgress) -> Void
  ) throws(RobustnessError) -> (radii: [Float], fooled: [Int: Float]) {
    guard order.radius > 0 else { return ([], [:]) }
    let attack = APGD(loss: .crossEntropy, steps: 20)
    var fooled: [Int: Float] = [:]
    var radii: [Float] = []
    for part in [Float(0.125), 0.25, 0.5, 0.75] {
      let radius = order.radius * part
      let left = right.filter { fooled[$0] == nil }
      for first in stride(from: 0, to: left.count, by: batch) {
        if isOver() { return (radii, fooled) }
        progress(.init(step: "curve", done: first, total: left.count))
        let rows = Array(left[first..<min(first + batch, left.count)])
        let ball = Ball(norm: order.norm, radius: radius)
        for (row, point) in zip(
          rows,
          try attack.run(targets(rows, at: rows.map { centers[$0] }, ball, order.seed, isOver), on: model))
        where point != nil {
          fooled[row] = radius
        }
      }
      radii.append(radius)
    }
    return (radii, fooled)
  }

  /// The share that softmax gives to a class of each point.
  func confidences(
    _ points: [[Float]], _ classes: [Int64], _ model: AttackModel
  ) throws(RobustnessError) -> [Float?] {
    var result: [Float?] = []
    while result.count < points.count {
      let part = result.count..<min(result.count + batch, points.count)
      let logits = try model.logits(points[part].flatMap { $0 }, count: part.count)
      for (place, index) in part.enumerated() {
        let scores = logits[place * model.classCount..<(place + 1) * model.classCount]
        guard let most = scores.max(), most.isFinite, (0..<Int64(model.classCount)).contains(classes[index])
        else {
          result.append(nil)
          continue
        }
        let own = exp(scores[scores.startIndex + Int(classes[index])] - most)
        result.append(own / scores.reduce(0) { $0 + exp($1 - most) })
      }
    }
    return result
  }

  /// The model with slopes, or without and why.
  /// - Parameter space: where the attacks do their sums; nil for the box of the assessment.
  func attackModel(
    in space: UnitSpace? = nil
  ) throws(RobustnessError) -> (model: AttackModel, blind: String?) {
    let (space, shape) = (space ?? UnitSpace(bounds), Array(inputs.shape.dropFirst()))
    do throws(RobustnessError) {
      let whole = try AttackModel(model, space: space, shape: shape, library: library, options: options)
      // Also the way back must be there.
      do throws(AutodiffError) { _ = try LossGradient.of(model) } catch {
        throw RobustnessError.noGradient(reason: model.reason(of: error))
      }
      return (whole, nil)
    } catch {
      guard case .noGradient(let reason) = error else { throw error }
      let answering = try AttackModel(
        answersOf: model, session: try freshSession(), classes: Int((labels.max() ?? 0) + 1), space: space,
        shape: shape, library: library, options: options)
      return (answering, reason)
    }
  }

  private func report(
    _ order: AttackOrder, _ clean: [Bool], _ fooled: [Int: (attack: String, point: [Float])],
    _ attempts: [PlanReport.Attempt], _ model: AttackModel, _ centers: [[Float]],
    below: (radii: [Float], fooled: [Int: Float]), blind: String?, isComplete: Bool,
    _ progress: (PlanProgress) -> Void
  ) throws(RobustnessError) -> PlanReport {
    let ball = Ball(norm: order.norm, radius: order.radius)
    let claims = fooled.keys.sorted()
    let values = claims.map { UnitSpace(bounds).values(at: fooled[$0]!.point) }
    let answers = try answers(to: values)
    let before = try confidences(claims.map { centers[$0] }, claims.map { labels[$0] }, model)
    let after = try confidences(claims.map { fooled[$0]!.point }, answers.map { $0 ?? -1 }, model)
    var examples = clean.indices.map {
      PlanReport.Example(row: $0, label: labels[$0], outcome: clean[$0] ? .resisted : .misclassified)
    }
    var held: [Bool] = []
    for (place, row) in claims.enumerated() {
      let distance = ball.distance(fooled[row]!.point, centers[row])
      // The comparison allows for the rounding of one addition a feature.
      let isNear = distance <= order.radius * (1 + 16 * .ulpOfOne) + 4 * .ulpOfOne
      held.append(isNear && answers[place] != labels[row])
      guard held[place] else { continue }
      examples[row] = .init(
        row: row, label: labels[row], outcome: .fooled, attack: fooled[row]!.attack, answer: answers[place],
        distance: distance, confidenceBefore: before[place], confidenceAfter: after[place])
    }
    let resisted = examples.filter { $0.outcome == .resisted }.map(\.row)
    let (differentiated, checks) = try planChecks(
      order, model, blind: blind, examples, attempts, resisted: resisted, held: held,
      adversarials: zip(values, held).filter(\.1).map(\.0),
      missed: resisted.count { below.fooled[$0] != nil }, isComplete: isComplete, progress)
    let right = clean.count { $0 }
    var curve = [PlanReport.CurvePoint(radius: 0, robust: Proportion(right, of: clean.count))]
    for radius in below.radii {
      let lost = below.fooled.values.count { $0 <= radius }
      curve.append(.init(radius: radius, robust: Proportion(right - lost, of: clean.count)))
    }
    curve.append(.init(radius: order.radius, robust: Proportion(resisted.count, of: clean.count)))
    return PlanReport(
      order: order, clean: Proportion(clean.count { $0 }, of: clean.count),
      robust: Proportion(resisted.count, of: clean.count), answeredBy: classifier.output,
      differentiated: differentiated, classes: model.classCount, attempts: attempts, curve: curve,
      examples: examples,
      adversarials: zip(values, held).filter(\.1).map(\.0),
      adversarialRows: zip(claims, held).filter(\.1).map(\.0),
      trust: checks.map(\.trust).min() ?? .reliable, checks: checks,
      deviation: blind.map { "only attacks that need no slopes were run: \($0)" }
        ?? order.plan.deviation(classes: model.classCount), isComplete: isComplete, seconds: 0)
  }

  /// What the original model says to some inputs, in a session of its own.
  func answers(to points: [[Float]]) throws(RobustnessError) -> [Int64?] {
    let original = try freshClassifier()
    var answers: [Int64?] = []
    while answers.count < points.count {
      let part = Array(points[answers.count..<min(answers.count + batch, points.count)])
      guard let tensor = try tensor(of: part) else { break }
      answers += try original.classes(of: tensor)
    }
    return answers
  }
}
