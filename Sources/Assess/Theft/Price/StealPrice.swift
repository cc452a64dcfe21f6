// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// How many questions buy a copy that answers so many inputs as the victim does.
package struct StealPrice: Equatable, Sendable {
  /// The middle one over the seeds; nil where half of them or more do not get there.
  package let queries: Double?
  /// The lowest and the highest over the seeds; the highest is nil where one does not get there at all.
  package let low: Double?
  package let high: Double?
  /// Questions that were asked at most.
  package let asked: Int

  /// The shares of inputs that are spoken of.
  package static let levels = [0.90, 0.95, 0.99]

  /// One thief's fidelity by the number of questions.
  typealias Curve = [(queries: Int, fidelity: Double)]

  init(of curves: [Curve], level: Double) {
    let reached = curves.map { Self.crossing($0, level) }
    let found = reached.compactMap { $0 }.sorted()
    let middle = (curves.count - 1) / 2
    queries = found.count > middle ? found[middle] : nil
    low = found.first
    high = found.count == curves.count ? found.last : nil
    asked = curves.flatMap { $0.map(\.queries) }.max() ?? 0
  }

  init(queries: Double?, low: Double?, high: Double?, asked: Int) {
    (self.queries, self.low, self.high, self.asked) = (queries, low, high, asked)
  }

  /// Where the curve first reaches the level, on a line between two measurements over the logarithm of questions. Where the
  /// first already does, that is all that is known, and more than it takes.
  private static func crossing(_ curve: Curve, _ level: Double) -> Double? {
    var before: (queries: Int, fidelity: Double)?
    for point in curve {
      defer { before = point }
      guard point.fidelity >= level else { continue }
      guard let before, point.fidelity > level else { return Double(point.queries) }
      let share = (level - before.fidelity) / (point.fidelity - before.fidelity)
      return exp(log(Double(before.queries)) + share * log(Double(point.queries) / Double(before.queries)))
    }
    return nil
  }

  /// Whichever is cheaper; one that is not reached is dearer than any that is.
  static func cheapest(_ prices: [StealPrice]) -> StealPrice? {
    prices.min {
      ($0.queries ?? .infinity, $0.low ?? .infinity) < ($1.queries ?? .infinity, $1.low ?? .infinity)
    }
  }

  /// `230 (210 to 260)`, `more than 800`
  package var words: String {
    guard let queries else {
      return low.map { "more than \(asked) (one seed \(Self.text($0)))" } ?? "more than \(asked)"
    }
    guard let low, low != high else { return Self.text(queries) }
    return "\(Self.text(queries)) (\(Self.text(low)) to \(high.map(Self.text) ?? "more than \(asked)"))"
  }

  private static func text(_ queries: Double) -> String { "\(Int(queries.rounded(.up)))" }
}
