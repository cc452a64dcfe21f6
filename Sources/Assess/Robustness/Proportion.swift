// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How many of some examples, and how sure that makes us of the share among all examples like them.
package struct Proportion: Equatable, Sendable {
  package let hits: Int
  /// At least one.
  package let total: Int

  package init(_ hits: Int, of total: Int) {
    precondition(total > 0 && (0...total).contains(hits), "a proportion needs hits among at least one")
    self.hits = hits
    self.total = total
  }

  /// From 0 to 1.
  package var share: Double { Double(hits) / Double(total) }

  /// The 95 % interval of Wilson (1927), which keeps its promise also for few examples and near 0 and 1.
  package var interval: ClosedRange<Double> {
    let z = 1.959963984540054
    let n = Double(total)
    let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    // At the ends the formula meets 0 and 1 up to rounding only.
    let low = hits == 0 ? 0 : max(0, centre - half)
    let high = hits == total ? 1 : min(1, centre + half)
    return low...high
  }
}
