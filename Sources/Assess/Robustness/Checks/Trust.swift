// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How far the number that an attack found can be believed: an attack that fails says nothing about the model.
package enum Trust: String, Codable, Equatable, Sendable, Comparable {
  case unreliable, suspect, reliable

  package static func < (left: Trust, right: Trust) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .unreliable: 0
    case .suspect: 1
    case .reliable: 2
    }
  }

  /// What to make of it that an attack found `more` of `total` examples which the plan had missed: up to 0.2 points are reliable,
  /// and it is unreliable when there is no doubt that 2 are exceeded. A few examples of few are not beyond doubt.
  static func missing(_ more: Int, of total: Int) -> Trust {
    let missed = Proportion(more, of: max(1, total))
    return missed.share <= 0.002 ? .reliable : missed.interval.lowerBound <= 0.02 ? .suspect : .unreliable
  }
}

/// One check on the attack itself (after Carlini et al. 2019, arXiv 1902.06705, and Pintor et al. 2022, arXiv 2106.09947).
package struct TrustCheck: Equatable, Sendable {
  package let name: String
  /// What the check alone makes of the number.
  package let trust: Trust
  /// What was seen, in a sentence.
  package let detail: String
}
