// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What was found out about a model and its training data.
package struct PrivacyReport: Sendable {
  /// How shadows were made, where there are some.
  package struct Shadows: Sendable, Equatable {
    package let count: Int
    /// Of an earlier audit.
    package let reused: Int
    /// The records that each was trained on.
    package let trainedOn: Int
  }

  package let order: PrivacyOrder
  package let members: Int
  package let nonmembers: Int
  package let memberAccuracy: BinomialShare
  package let nonmemberAccuracy: BinomialShare
  /// What shadows are made of, or why there are none.
  package let architecture: String
  package let answeredBy: String
  package let shadows: Shadows?
  /// In the order of ``MembershipAttack``.
  package let attacks: [AttackResult]
  package let chosen: AttackResult
  /// The ids of members that stand out from all but 1 % of the non-members, the most exposed first.
  package let exposed: [Int64]
  package let oneRun: OneRunAudit?
  package let exposure: CanaryExposure?
  package let attribute: AttributeInference?
  package let checks: [RecordCheck]
  package let seconds: Double

  package var auc: Double { chosen.curve.auc }
  /// Members found at 1 % false alarms, on the half of the records that the attack was not chosen on.
  package var found: BinomialShare? { chosen.found }
  package var epsilonLower: Double? { oneRun?.epsilonLower }

  package var risk: PrivacyRisk {
    PrivacyRisk(
      curve: chosen.curve, found: found, epsilonLower: epsilonLower, claimed: order.claimedEpsilon)
  }

  /// What the result does not say.
  package var limits: [String] {
    var limits = [
      "The attacks that were tried found this much. Others may find more: the true leak is at least what is shown, and an audit is no proof that there is none."
    ]
    for rate in chosen.rates where rate.found == nil {
      limits.append(
        "\(chosen.curve.nonmembers) non-members are too few for a rate of \(rate.falsePositiveRate * 100) % false alarms, which needs \(Int((1 / rate.falsePositiveRate).rounded())) in the half that is reported on, so \(2 * Int((1 / rate.falsePositiveRate).rounded())) altogether."
      )
    }
    if shadows == nil {
      limits.append(
        "No shadows of the model could be made (\(architecture)). The attacks that need none are much weaker."
      )
    }
    if oneRun == nil {
      limits.append(
        "No lower bound on epsilon: it needs canaries, records of which a fair coin decided whether the model was trained on them."
      )
    }
    limits.append(
      "It was asked who was in the training, and nothing else: text or pictures that a model gives back word for word, and what it tells of groups, are other questions."
    )
    return limits
  }
}
