// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How often somebody may ask: `burst` queries at once, then so many a second.
package struct QueryRate: Codable, Equatable, Sendable {
  package let burst: Int
  package let perSecond: Double

  package init(burst: Int, perSecond: Double) { (self.burst, self.perSecond) = (burst, perSecond) }
}

/// How much somebody may ask at all: so many queries in so many seconds, or ever.
///
/// The one defence that holds against whoever asks natural questions, which nothing tells from a customer's.
/// `martlet assess theft` says how many queries buy a copy.
package struct QueryBudget: Codable, Equatable, Sendable {
  package let queries: Int
  /// Nil for ever.
  package let seconds: Double?

  package init(queries: Int, seconds: Double? = nil) { (self.queries, self.seconds) = (queries, seconds) }
}

/// What somebody has used of both.
struct Allowance: Sendable {
  /// Queries that are gone from the burst, when it was last looked at.
  private(set) var level: Float = 0
  private var levelAt = 0.0
  var spent: UInt32 = 0
  /// When the budget began. Times are seconds since 2001.
  var since: Double

  init(at time: Double) { since = time }

  init(spent: UInt32, since: Double, level: Float, at time: Double) {
    (self.spent, self.since, self.level, levelAt) = (spent, since, level, time)
  }

  /// Seconds until `count` more queries are allowed; 0 when they are now, infinity when they never are at once.
  func wait(for count: Int, at time: Double, _ rate: QueryRate) -> Double {
    guard count <= rate.burst else { return .infinity }
    return max(0, (level(at: time, rate) + Double(count) - Double(rate.burst)) / rate.perSecond)
  }

  /// Seconds until the budget has room for `count` queries; nil when it has now, infinity when it never will.
  func refusal(of count: Int, at time: Double, _ budget: QueryBudget) -> Double? {
    guard count <= budget.queries else { return .infinity }
    guard Int(spent(at: time, budget)) + count > budget.queries else { return nil }
    return budget.seconds.map { max(0, since + $0 - time) } ?? .infinity
  }

  mutating func take(_ count: Int, at time: Double, _ rate: QueryRate?, _ budget: QueryBudget?) {
    if let rate {
      level = Float(level(at: time, rate) + Double(count))
      levelAt = max(levelAt, time)
    }
    if let budget, let seconds = budget.seconds, time - since >= seconds { (spent, since) = (0, time) }
    let (sum, overflow) = spent.addingReportingOverflow(UInt32(clamping: count))
    spent = overflow ? .max : sum
  }

  /// Counts a question that could not be read: it is no query, and it was asked.
  mutating func charge(at time: Double, _ rate: QueryRate) {
    level = Float(min(level(at: time, rate) + 1, Double(rate.burst)))
    levelAt = max(levelAt, time)
  }

  /// Gives back what was taken for a question that another party may not ask.
  mutating func giveBack(_ count: Int) {
    level = max(0, level - Float(count))
    spent -= min(spent, UInt32(clamping: count))
  }

  func spent(at time: Double, _ budget: QueryBudget) -> UInt32 {
    if let seconds = budget.seconds, time - since >= seconds { return 0 }
    return spent
  }

  /// A clock that went back fills nothing.
  private func level(at time: Double, _ rate: QueryRate) -> Double {
    max(0, Double(level) - max(0, time - levelAt) * rate.perSecond)
  }
}
