// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// How well scores tell members from non-members: the receiver operating characteristic.
///
/// A record is called a member when its score is above a threshold. Records with the same score are on the same side of every
/// threshold, so that a score that is the same for all tells nothing.
package struct RankCurve: Sendable {
  /// A threshold: how many of each kind lie above it.
  package struct Point: Sendable, Equatable {
    package let falsePositives: Int
    package let truePositives: Int
  }

  package let members: Int
  package let nonmembers: Int
  /// From the strictest threshold to the loosest, beginning with none and ending with all.
  package let points: [Point]

  /// - Parameters:
  ///   - scores: high for what looks like a member. NaN is the lowest.
  ///   - isMember: of both kinds at least one.
  package init(_ scores: [Double], isMember: [Bool]) {
    let keys = scores.map { $0.isNaN ? -Double.infinity : $0 }
    let order = keys.indices.sorted { keys[$0] > keys[$1] }
    var (falsePositives, truePositives) = (0, 0)
    var points = [Point(falsePositives: 0, truePositives: 0)]
    for (place, row) in order.enumerated() {
      if isMember[row] { truePositives += 1 } else { falsePositives += 1 }
      if place + 1 < order.count, keys[order[place + 1]] == keys[row] { continue }
      points.append(Point(falsePositives: falsePositives, truePositives: truePositives))
    }
    (members, nonmembers, self.points) = (truePositives, falsePositives, points)
  }

  /// The probability that a member has a higher score than a non-member, ties counted half.
  package var auc: Double {
    var twice = 0
    for (before, after) in zip(points, points.dropFirst()) {
      twice +=
        (after.falsePositives - before.falsePositives) * (after.truePositives + before.truePositives)
    }
    return Double(twice) / (2 * Double(members) * Double(nonmembers))
  }

  /// The 95 % interval of ``auc`` (DeLong, DeLong and Clarke-Pearson 1988).
  package var aucInterval: ClosedRange<Double> {
    let auc = auc
    var (ofMembers, ofNonmembers) = (0.0, 0.0)
    for (before, after) in zip(points, points.dropFirst()) {
      // What share of the other kind each record of this threshold is above, ties counted half.
      let above =
        1 - (Double(before.falsePositives + after.falsePositives) / 2) / Double(nonmembers)
      let below = (Double(before.truePositives + after.truePositives) / 2) / Double(members)
      ofMembers += Double(after.truePositives - before.truePositives) * (above - auc) * (above - auc)
      ofNonmembers +=
        Double(after.falsePositives - before.falsePositives) * (below - auc) * (below - auc)
    }
    let (m, n) = (Double(members), Double(nonmembers))
    let variance = ofMembers / max(1, m - 1) / m + ofNonmembers / max(1, n - 1) / n
    let half = 1.959963984540054 * variance.squareRoot()
    return max(0, auc - half)...min(1, auc + half)
  }

  /// The members above the loosest threshold that at most this share of the non-members is above.
  package func found(atFalsePositiveRate rate: Double) -> BinomialShare {
    // A rate times a count that should be whole may come out a rounding below it.
    let allowed = Int((rate * Double(nonmembers) + 1e-9).rounded(.down))
    let point = points.last { $0.falsePositives <= allowed }
    return BinomialShare(point?.truePositives ?? 0, of: members)
  }

  /// The probability that a score which tells nothing finds as many members at such a rate. A threshold that few non-members set is a
  /// matter of chance itself, which the interval of the share leaves out.
  ///
  /// So many members above the (k + 1)-th non-member means that among the highest of all at most k are non-members, whose number is
  /// hypergeometric.
  package func chance(atFalsePositiveRate rate: Double) -> Double {
    let allowed = Int((rate * Double(nonmembers) + 1e-9).rounded(.down))
    let drawn = found(atFalsePositiveRate: rate).hits + allowed
    func logChoose(_ n: Int, _ k: Int) -> Double {
      lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
    }
    let all = logChoose(members + nonmembers, drawn)
    var sum = 0.0
    for outside in max(0, drawn - members)...min(allowed, drawn) where outside <= nonmembers {
      sum += exp(logChoose(nonmembers, outside) + logChoose(members, drawn - outside) - all)
    }
    return min(1, sum)
  }

  /// Whether there are non-members enough for one of them to be above a threshold of this rate.
  package func supports(falsePositiveRate rate: Double) -> Bool { rate * Double(nonmembers) + 1e-9 >= 1 }
}
