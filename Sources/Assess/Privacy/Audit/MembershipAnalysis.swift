// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// All attacks on some records, and the one that is reported.
struct MembershipAnalysis: Sendable {
  let results: [AttackResult]
  let chosen: AttackResult
  /// The scores of the chosen attack, by record.
  private let scores: [Double]
  private let reportedOn: [Int]
  let exposed: [Int64]

  init(_ subject: AuditSubject, seed: UInt64) {
    let (chosenOn, reportedOn) = subject.halves(seed: seed)
    let all = subject.scores(known: chosenOn, seed: seed)
    let results = all.map {
      AttackResult($0.attack, $0.scores, subject, chosenOn: chosenOn, reportedOn: reportedOn)
    }
    let best = results.indices.max { results[$0].merit < results[$1].merit } ?? 0
    (self.results, chosen) = (results, results[best])
    (scores, self.reportedOn) = (all[best].scores, reportedOn)
    exposed = Self.exposed(subject, scores)
  }

  /// Members above all but 1 % of the non-members, or above all where there are few.
  private static func exposed(_ subject: AuditSubject, _ scores: [Double]) -> [Int64] {
    let outside = subject.isMember.indices.filter { !subject.isMember[$0] }.map { scores[$0] }.sorted(by: >)
    guard let threshold = outside.dropFirst(outside.count / 100).first else { return [] }
    return subject.isMember.indices.filter { subject.isMember[$0] && scores[$0] > threshold }
      .sorted { (scores[$1], $0) < (scores[$0], $1) }.map { subject.ids[$0] }
  }

  /// The bound that canaries give, by the attack that was chosen on the other records.
  func bound(of canaries: AuditSubject, _ order: PrivacyOrder) -> (OneRunAudit, CanaryExposure?) {
    var scores = canaries.margins.map(Double.init)
    if chosen.attack == .entropy { scores = canaries.entropies.map { -$0 } }
    if chosen.attack.needsShadows, let shadows = canaries.shadows {
      scores = ShadowAttacks(shadows: shadows, labels: canaries.labels).scores(
        chosen.attack, margins: canaries.margins, seed: order.recipe.seed)
    }
    return (
      OneRunAudit(scores, isIn: canaries.isMember, delta: order.delta),
      CanaryExposure(scores, isIn: canaries.isMember)
    )
  }

  /// The bound that the records themselves give, of the half that the attack was not chosen on.
  func bound(_ subject: AuditSubject, _ order: PrivacyOrder) -> (OneRunAudit, CanaryExposure?) {
    let scores = reportedOn.map { self.scores[$0] }
    let isIn = reportedOn.map { subject.isMember[$0] }
    return (OneRunAudit(scores, isIn: isIn, delta: order.delta), CanaryExposure(scores, isIn: isIn))
  }
}
