// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What became of one attack.
package struct AttackResult: Sendable {
  /// The members found at a rate of false alarms; nil where there are too few non-members for such a rate.
  package struct Rate: Sendable, Equatable {
    package let falsePositiveRate: Double
    package let found: BinomialShare?
  }

  package static let falsePositiveRates = [0.01, 0.001]

  package let attack: MembershipAttack
  /// On the half of the records that it was not chosen on.
  package let curve: RankCurve
  /// On all records, for comparisons with others' figures.
  package let curveOnAll: RankCurve
  /// What the choice went by, on the other half.
  let merit: Double

  package var rates: [Rate] { Self.rates(curve) }
  package var found: BinomialShare? { rates[0].found }

  init(
    _ attack: MembershipAttack, _ scores: [Double], _ subject: AuditSubject, chosenOn: [Int],
    reportedOn: [Int]
  ) {
    self.attack = attack
    curve = subject.curve(scores, on: reportedOn)
    curveOnAll = subject.curve(scores, on: Array(subject.labels.indices))
    merit = Self.merit(subject.curve(scores, on: chosenOn))
  }

  private static func rates(_ curve: RankCurve) -> [Rate] {
    falsePositiveRates.map { rate in
      Rate(
        falsePositiveRate: rate,
        found: curve.supports(falsePositiveRate: rate) ? curve.found(atFalsePositiveRate: rate) : nil)
    }
  }

  /// What an attack finds with few false alarms: the mean over 1, 2 and 5 % of them, as a single rate of few records is a matter of
  /// chance; then the area under the curve.
  private static func merit(_ curve: RankCurve) -> Double {
    let rates = [0.01, 0.02, 0.05].filter { curve.supports(falsePositiveRate: $0) }
    let found = rates.reduce(0.0) { $0 + curve.found(atFalsePositiveRate: $1).share }
    return found / Double(max(1, rates.count)) + 1e-3 * curve.auc
  }
}
