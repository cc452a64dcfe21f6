// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Evidence against the claim that somebody's queries are like the held-out rows, which may be looked at after every query.
///
/// There is a bet for each of 3 channels, 3 thresholds and 3 stakes L. On each query it is multiplied by e = 1 - L + L h / (u + rho),
/// where h says whether the threshold was exceeded and u bounds how often that may happen; before that, 1 / (t (t + 1)) is added
/// for those who begin to attack at query t. Over benign queries the mean of the bets is a supermartingale that never has more
/// than 1 put into it, so that it ever reaches 1 / alpha with probability alpha at most (Ville 1939), however long they go on.
package struct ConformalProcess: Sendable {
  /// The bets, by channel, threshold and stake.
  var bets = InlineArray<27, Float>(repeating: 0)
  /// How often each threshold was exceeded, by channel and threshold.
  package internal(set) var hits = InlineArray<9, UInt32>(repeating: 0)
  package internal(set) var queries: UInt32 = 0

  package init() {}

  /// The stakes.
  static let stakes = [0.1, 0.4, 0.8]
  /// Bets that grow past this stay, far above any alarm.
  private static let most = 1e30

  /// - Parameter marks: a bit for each threshold that the query exceeds.
  /// - Returns: the mean of the bets.
  package mutating func see(_ marks: QueryMarks, _ table: BetTable) -> Double {
    queries = queries == .max ? queries : queries + 1
    let t = Double(queries)
    let start = 1 / (t * (t + 1))
    var sum = 0.0
    for place in 0..<9 where table.isActive(place) {
      let isHit = marks.bits >> UInt16(place) & 1 == 1
      if isHit { hits[place] &+= 1 }
      for stake in 0..<3 {
        let bet = 3 * place + stake
        let factor = isHit ? table.won[bet] : table.lost[bet]
        let next = min(Self.most, factor * (Double(bets[bet]) + start))
        // Rounded down, so that no rounding adds to the evidence.
        let stored = Float(next)
        bets[bet] = Double(stored) > next ? stored.nextDown : stored
        sum += Double(bets[bet])
      }
    }
    return sum / table.count
  }

  /// The mean of the bets.
  package func evidence(_ table: BetTable) -> Double {
    var sum = 0.0
    for place in 0..<27 where table.isActive(place / 3) { sum += Double(bets[place]) }
    return sum / table.count
  }
}

/// Which thresholds one query exceeds: bit 3 c + m for channel c and threshold m.
package struct QueryMarks: Equatable, Sendable {
  package var bits: UInt16 = 0
  package init() {}
}

/// By what each bet is multiplied.
package struct BetTable: Sendable {
  fileprivate var won = InlineArray<27, Double>(repeating: 0)
  fileprivate var lost = InlineArray<27, Double>(repeating: 0)
  private var active: UInt16 = 0
  fileprivate var count = 0.0

  /// - Parameters:
  ///   - thresholds: of the channels that there are, three each.
  ///   - slack: rho, by how much more often than the held-out rows benign queries may exceed a threshold.
  init(_ thresholds: [DetectionChannel: [ConformalThreshold]], slack: Double) {
    for (channel, thresholds) in thresholds {
      for (place, threshold) in thresholds.enumerated() {
        active |= 1 << UInt16(3 * channel.rawValue + place)
        for (index, stake) in ConformalProcess.stakes.enumerated() {
          let bet = 9 * channel.rawValue + 3 * place + index
          lost[bet] = 1 - stake
          won[bet] = 1 - stake + stake / min(1, threshold.rate + slack)
          count += 1
        }
      }
    }
    count = max(1, count)
  }

  func isActive(_ place: Int) -> Bool { active >> UInt16(place) & 1 == 1 }
}
