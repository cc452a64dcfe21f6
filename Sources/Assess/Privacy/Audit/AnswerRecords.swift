// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletBytes

/// What a model answered to records, without the model and without the records: enough for most attacks.
package struct AnswerRecords: Sendable {
  private let scores: ClassScores
  private let labels: [Int]
  private let isMember: [Bool]
  private let ids: [Int64]
  private let shadows: ShadowSet?
  private let checks: [RecordCheck]

  /// Reads an npz file: `scores` [N, K], a row of probabilities or logits for each record; `y` [N], its label; `member` [N], 1
  /// where the model was trained on it. Where others trained shadows, `shadow_scores` [S, N, K] and `shadow_member` [S, N].
  /// - Throws: ``PrivacyError/records(reason:)`` and ``PrivacyError/misleading(reason:)``.
  package init(npz bytes: Bytes, name: String) throws(PrivacyError) {
    let file = try AuditArrays(bytes, name: name)
    let labels = try file.integers("y")
    isMember = try file.flags("member")
    let (values, shape) = try file.numbers("scores")
    guard shape.count == 2, shape[1] >= 2, shape[0] == labels.count, isMember.count == labels.count else {
      throw .records(
        reason:
          "\(name): expected scores of the shape [N, classes], y and member of the shape [N], found \(shape), "
          + "[\(labels.count)] and [\(isMember.count)]")
    }
    if let row = labels.firstIndex(where: { !(0..<Int64(shape[1])).contains($0) }) {
      throw .records(
        reason: "\(name): expected labels from 0 to \(shape[1] - 1), found \(labels[row]) in row \(row)")
    }
    self.labels = labels.map { Int($0) }
    scores = try Self.scores(values, classes: shape[1], name)
    ids = try file.identities(count: labels.count) ?? (0..<Int64(labels.count)).map { $0 }
    for (kind, words) in [(true, "members"), (false, "non-members")] {
      let count = isMember.count { $0 == kind }
      guard count >= RecordChecks.fewest else {
        throw .misleading(
          reason:
            "expected at least \(RecordChecks.fewest) \(words) in \(name), found \(count): fewer can show neither that the "
            + "model tells of them nor that it does not")
      }
    }
    shadows =
      file.has("shadow_scores") ? try Self.shadows(file, labels: self.labels, shape: shape, name) : nil
    checks = [
      .noted(
        "records",
        "the records themselves were not given: whether members and non-members overlap, repeat or come from different sources was not looked at"
      )
    ]
  }

  private static func scores(_ values: [Float], classes: Int, _ name: String) throws(PrivacyError)
    -> ClassScores
  {
    let found = ClassScores(likely: values, classes: classes, clip: 1e-7)
    if let row = found.notFinite {
      throw .records(reason: "\(name): expected finite scores, found NaN or infinity in row \(row)")
    }
    return found
  }

  private static func shadows(
    _ file: AuditArrays, labels: [Int], shape: [Int], _ name: String
  ) throws(PrivacyError) -> ShadowSet {
    let (values, found) = try file.numbers("shadow_scores")
    let isIn = try file.flags("shadow_member")
    guard found.count == 3, Array(found.dropFirst()) == shape, found[0] >= 2,
      isIn.count == found[0] * found[1]
    else {
      throw .records(
        reason:
          "\(name): expected shadow_scores of the shape [S, \(shape[0]), \(shape[1])] with at least 2 shadows, and shadow_member "
          + "of the shape [S, \(shape[0])], found \(found) and \(isIn.count) entries")
    }
    var set = ShadowSet()
    let (rows, size) = (shape[0], shape[0] * shape[1])
    for shadow in 0..<found[0] {
      let own = try scores(Array(values[shadow * size..<(shadow + 1) * size]), classes: shape[1], name)
      set.add(own.margins(labels), isIn: Array(isIn[shadow * rows..<(shadow + 1) * rows]))
    }
    return set
  }

  /// - Throws: ``PrivacyError/unsuitableOrder(parameter:reason:)``.
  package func audit(_ order: PrivacyOrder) throws(PrivacyError) -> PrivacyReport {
    let begin = ContinuousClock.now
    try order.check()
    guard order.attribute == nil else {
      throw .unsuitableOrder(
        parameter: "--attribute",
        reason: "expected the model itself, as it has to be asked about changed records")
    }
    let subject = AuditSubject(
      ids: ids, labels: labels, isMember: isMember, margins: scores.margins(labels),
      entropies: scores.entropies(), isRight: scores.isRight(labels), features: nil, shadows: shadows)
    let analysis = MembershipAnalysis(subject, seed: order.recipe.seed)
    let bound = order.isRandomSplit ? analysis.bound(subject, order) : nil
    return PrivacyReport(
      order: order, members: isMember.count { $0 }, nonmembers: isMember.count { !$0 },
      memberAccuracy: subject.accuracy(ofMembers: true),
      nonmemberAccuracy: subject.accuracy(ofMembers: false),
      architecture: shadows == nil ? "only the model's answers were given" : "trained by others",
      answeredBy: "answers in a file",
      shadows: shadows.map {
        .init(count: $0.count, reused: $0.count, trainedOn: $0.isIn[0].count { $0 })
      }, attacks: analysis.results, chosen: analysis.chosen, exposed: analysis.exposed, oneRun: bound?.0,
      exposure: bound?.1, attribute: nil, checks: checks,
      seconds: (ContinuousClock.now - begin) / .seconds(1))
  }
}
