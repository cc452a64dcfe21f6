// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletLearners
import MartletRuntime
import Synchronization

/// Finds out what a model tells of the records it was trained on.
///
///     let target = try TargetModel(file, library: try RuntimeLibrary.open())
///     let audit = try PrivacyAudit(target, members: members, nonmembers: nonmembers)
///     let report = try audit.run(PrivacyOrder())
package struct PrivacyAudit: Sendable {
  private let target: TargetModel
  private let members: AuditRecords
  private let nonmembers: AuditRecords
  private let canaries: Canaries?
  /// More records like these, for shadows to learn from.
  private let pool: AuditRecords?
  private let checks: [RecordCheck]

  /// - Throws: ``PrivacyError/records(reason:)`` and ``PrivacyError/misleading(reason:)``.
  package init(
    _ target: TargetModel, members: AuditRecords, nonmembers: AuditRecords, canaries: Canaries? = nil,
    pool: AuditRecords? = nil
  ) throws(PrivacyError) {
    let checked = try RecordChecks(members: members, nonmembers: nonmembers)
    (self.target, self.members, self.nonmembers) = (target, checked.members, checked.nonmembers)
    checks = checked.checks
    for others in [canaries?.records, pool].compactMap({ $0 }) where others.shape != members.shape {
      throw .records(
        reason: "expected records of the shape \(members.shape) in \(others.name), found \(others.shape)")
    }
    self.canaries = canaries
    self.pool =
      try pool.map { (pool) throws(PrivacyError) in
        try Self.new(
          in: pool, beside: [checked.members, checked.nonmembers, canaries?.records].compactMap { $0 })
      } ?? nil
  }

  /// The records of a pool that are nowhere else, each once.
  private static func new(
    in pool: AuditRecords, beside others: [AuditRecords]
  ) throws(PrivacyError) -> AuditRecords? {
    let values = try RecordChecks.values(pool)
    var gone = Set(RowIndex(values, labels: pool.labels).repeats.keys)
    for other in others {
      let index = RowIndex(try RecordChecks.values(other), labels: other.labels)
      gone.formUnion(index.common(values, labels: pool.labels))
    }
    let rest = (0..<pool.count).filter { !gone.contains($0) }
    return rest.isEmpty ? nil : try pool.rows(rest)
  }

  /// - Parameters:
  ///   - store: where shadows are kept; nil for nowhere.
  /// - Throws: ``PrivacyError``.
  package func run(
    _ order: PrivacyOrder, store: ShadowStore? = nil,
    progress: @escaping @Sendable (PrivacyProgress) -> Void = { _ in }
  ) throws(PrivacyError) -> PrivacyReport {
    let begin = ContinuousClock.now
    try order.check()
    let groups = [members, nonmembers] + [canaries?.records, pool].compactMap { $0 }
    let inputs = try Self.joined(groups.map(\.inputs))
    let all = groups.flatMap(\.labels).map { Int($0) }
    let asked = members.count + nonmembers.count + (canaries?.records.count ?? 0)
    progress(PrivacyProgress(step: "asking the model", done: 0, total: 1))
    let scores = try target.scores(of: inputs.rows(0..<asked))
    if let label = all.first(where: { $0 >= scores.classes }) {
      throw .records(
        reason: "expected labels from 0 to \(scores.classes - 1), the classes of the model, found \(label)")
    }
    let audited = 0..<members.count + nonmembers.count
    let isMember = audited.map { $0 < members.count }
    let features = try columns(inputs.rows(audited))
    var checks = checks
    progress(PrivacyProgress(step: "telling records apart without the model", done: 0, total: 1))
    checks.append(
      try BlindAttack.check(
        features, labels: Array(all[audited]), isMember: isMember, seed: order.recipe.seed))
    let margins = scores.margins(Array(all.prefix(asked)))
    let isRight = scores.isRight(Array(all.prefix(asked)))
    let entropies = scores.entropies()
    func subject(
      _ part: Range<Int>, _ ids: [Int64], _ isMember: [Bool], _ shadows: ShadowSet?,
      _ features: FeatureColumns?
    )
      -> AuditSubject
    {
      AuditSubject(
        ids: ids, labels: Array(all[part]), isMember: isMember, margins: Array(margins[part]),
        entropies: Array(entropies[part]), isRight: Array(isRight[part]), features: features,
        shadows: shadows?.records(part))
    }
    let bare = subject(audited, members.ids + nonmembers.ids, isMember, nil, features)
    checks += Self.modelChecks(bare)
    let (made, kept) = try shadows(
      order, inputs: inputs, labels: all, classes: scores.classes, bare, store: store, progress)
    progress(PrivacyProgress(step: "attacking", done: 0, total: 1))
    let whole = subject(audited, bare.ids, isMember, made, features)
    let analysis = MembershipAnalysis(whole, seed: order.recipe.seed)
    var bound: (OneRunAudit, CanaryExposure?)?
    if let canaries {
      let part = audited.count..<asked
      let subject = subject(part, canaries.records.ids, canaries.isIn, made, nil)
      bound = analysis.bound(of: subject, order)
    } else if order.isRandomSplit {
      bound = analysis.bound(whole, order)
    }
    let attribute = try order.attribute.map { (column) throws(PrivacyError) in
      progress(PrivacyProgress(step: "guessing column \(column)", done: 0, total: 1))
      return try AttributeInference.measure(
        column: column, inputs: inputs.rows(audited), labels: whole.labels, isMember: isMember,
        seed: order.recipe.seed
      ) { (changed) throws(PrivacyError) in try target.scores(of: changed).margins(whole.labels) }
    }
    return PrivacyReport(
      order: order, members: members.count, nonmembers: nonmembers.count,
      memberAccuracy: whole.accuracy(ofMembers: true), nonmemberAccuracy: whole.accuracy(ofMembers: false),
      architecture: target.architectureWords, answeredBy: target.answeredBy,
      shadows: made.map { .init(count: $0.count, reused: kept, trainedOn: all.count / 2) },
      attacks: analysis.results, chosen: analysis.chosen, exposed: analysis.exposed, oneRun: bound?.0,
      exposure: bound?.1, attribute: attribute, checks: checks,
      seconds: (ContinuousClock.now - begin) / .seconds(1))
  }

  private static func modelChecks(_ subject: AuditSubject) -> [RecordCheck] {
    let inside = subject.accuracy(ofMembers: true)
    let outside = subject.accuracy(ofMembers: false)
    func percent(_ share: BinomialShare) -> String { "\((share.share * 1_000).rounded() / 10) %" }
    let words = "right about \(percent(inside)) of the members and \(percent(outside)) of the non-members"
    if inside.interval.upperBound < outside.interval.lowerBound {
      return [
        .noted(
          "accuracy",
          "the model is \(words): members are usually the easier ones; see whether the two files are mixed up"
        )
      ]
    }
    let classes = Set(subject.labels).count
    if inside.interval.upperBound < 1.5 / Double(max(2, classes)) {
      return [
        .noted(
          "accuracy",
          "the model is \(words), no better than guessing: see whether the labels are the model's own, and the values scaled as in its training"
        )
      ]
    }
    return [.passed("accuracy", "the model is \(words)")]
  }

  private func columns(_ inputs: Tensor) throws(PrivacyError) -> FeatureColumns {
    let values = try running { () throws(RuntimeError) in try inputs.array(of: Float.self) }
    let rows = inputs.rowCount ?? 0
    return FeatureColumns(rowMajor: values, rows: rows, count: values.count / max(1, rows))
  }

  private static func joined(_ tensors: [Tensor]) throws(PrivacyError) -> Tensor {
    try running { () throws(RuntimeError) in
      var values: [Float] = []
      for tensor in tensors { values += try tensor.array(of: Float.self) }
      let rows = tensors.reduce(0) { $0 + ($1.rowCount ?? 0) }
      return try Tensor(float32: values, shape: [rows] + tensors[0].shape.dropFirst())
    }
  }

  /// - Returns: the shadows, and how many were there already; nil where the model has none.
  private func shadows(
    _ order: PrivacyOrder, inputs: Tensor, labels: [Int], classes: Int, _ subject: AuditSubject,
    store: ShadowStore?, _ progress: @escaping @Sendable (PrivacyProgress) -> Void
  ) throws(PrivacyError) -> (ShadowSet?, kept: Int) {
    if case .opaque = target.architecture { return (nil, 0) }
    guard order.recipe.shadows > 0 else { return (nil, 0) }
    let known = subject.halves(seed: order.recipe.seed).chosenOn.filter { subject.isMember[$0] }
    let losses = known.map { log1p(exp(-Double(subject.margins[$0]))) }
    let training = try ShadowTraining(
      of: target, inputs: inputs, labels: labels, classes: classes, recipe: order.recipe,
      loss: losses.reduce(0, +) / Double(max(1, losses.count)))
    let total = order.recipe.shadows
    let done = Mutex(0)
    progress(PrivacyProgress(step: "shadows", done: 0, total: total))
    let made = try concurrently(total, workers: order.workers) {
      (shadow) throws(PrivacyError) -> (margins: [Float], isIn: [Bool], isKept: Bool) in
      let isIn = ShadowSet.half(of: labels.count, seed: order.recipe.seed, shadow: shadow)
      let kept = store?.margins(shadow: shadow, isIn: isIn)
      let margins: [Float]
      if let kept { margins = kept } else { margins = try training.margins(shadow: shadow, isIn: isIn) }
      if kept == nil { try store?.keep(margins, shadow: shadow, isIn: isIn) }
      let ready = done.withLock { (done) -> Int in
        done += 1
        return done
      }
      progress(PrivacyProgress(step: "shadows", done: ready, total: total))
      return (margins, isIn, kept != nil)
    }
    var set = ShadowSet()
    for shadow in made { set.add(shadow.margins, isIn: shadow.isIn) }
    return (set, made.count { $0.isKept })
  }
}
