// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Testing

@testable import MartletPrivacy

@Suite("Curves, intervals and the normal distribution")
struct StatisticsTests {
  @Test(
    "quantiles of the normal distribution are those of tables, to the last digits",
    arguments: [(0.975, 1.959963984540054), (0.5, 0), (0.01, -2.326347874040841), (1e-9, -5.997807015007686)])
  func quantiles(p: Double, z: Double) {
    #expect(abs(Normal.quantile(p) - z) < 1e-9)
    #expect(abs(Normal.cumulative(z) - p) < 1e-12)
  }

  @Test("nothing and everything are infinitely far out")
  func ends() {
    #expect(Normal.quantile(0) == -.infinity && Normal.quantile(1) == .infinity)
    #expect(Normal.cumulative(-.infinity) == 0 && Normal.cumulative(.infinity) == 1)
  }

  // scipy.stats.binomtest(hits, total).proportion_ci(method="exact")
  @Test(
    "intervals are those of Clopper and Pearson",
    arguments: [
      (0, 10, 0, 0.3084971078187608), (5, 10, 0.18708602844739855, 0.8129139715526015),
      (1, 100, 0.0002531460379903624, 0.0544593853920806), (10, 10, 0.6915028921812392, 1),
      (25, 449, 0.0363530979360, 0.0810990450976), (400, 1_000, 0.3694689875489, 0.4311215540441),
    ])
  func intervals(hits: Int, total: Int, low: Double, high: Double) {
    let interval = BinomialShare(hits, of: total).interval
    #expect(abs(interval.lowerBound - low) < 1e-6 && abs(interval.upperBound - high) < 1e-6, "\(interval)")
  }

  @Test("a curve with ties, by hand")
  func curve() {
    let curve = RankCurve(
      [4, 3, 3, 2, 1, 1, 0, .nan], isMember: [true, true, false, true, false, true, false, false])
    #expect(
      curve.points.map { [$0.falsePositives, $0.truePositives] }
        == [[0, 0], [0, 1], [1, 2], [1, 3], [2, 4], [3, 4], [4, 4]])
    // 16 pairs: 12 the right way, two ties.
    #expect(curve.auc == 13.0 / 16)
    #expect(curve.found(atFalsePositiveRate: 0).hits == 1)
    #expect(curve.found(atFalsePositiveRate: 0.25).hits == 3)
    #expect(curve.supports(falsePositiveRate: 0.25) && !curve.supports(falsePositiveRate: 0.2))
  }

  @Test("the same score for all tells nothing, at any rate of false alarms")
  func constant() {
    let curve = RankCurve([Double](repeating: 1, count: 10), isMember: (0..<10).map { $0 < 5 })
    #expect(curve.auc == 0.5 && curve.aucInterval == 0.5...0.5)
    #expect(curve.found(atFalsePositiveRate: 0.4).hits == 0)
  }

  @Test("how likely guessing is to find as many")
  func chance() {
    // Both members above both others: one of six orders.
    let curve = RankCurve([4, 3, 2, 1], isMember: [true, true, false, false])
    #expect(abs(curve.chance(atFalsePositiveRate: 0) - 1.0 / 6) < 1e-12)
    // With one false alarm, all orders but the one with both others on top, and those with one of them between.
    #expect(abs(curve.chance(atFalsePositiveRate: 0.5) - 0.5) < 1e-12)
    let none = RankCurve([1, 2, 3, 4], isMember: [true, true, false, false])
    #expect(none.chance(atFalsePositiveRate: 0) == 1)
  }

  @Test("the interval of the area is that of DeLong")
  func deLong() {
    // Worked by hand: placements 1, 2/3, 1 of members and 1, 1, 2/3 of the others.
    let curve = RankCurve([5, 2, 4, 3, 1, 0], isMember: [true, true, true, false, false, false])
    let area = 8.0 / 9
    #expect(abs(curve.auc - area) < 1e-12)
    let variance = 2 * (2 * (1.0 / 81) + 4.0 / 81) / 2 / 3
    let half = 1.959963984540054 * variance.squareRoot()
    #expect(abs(curve.aucInterval.lowerBound - (area - half)) < 1e-9)
    #expect(curve.aucInterval.upperBound == min(1, area + half))
  }
}
