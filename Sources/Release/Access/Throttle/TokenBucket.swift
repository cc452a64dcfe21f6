// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation

/// How often something may happen: `burst` times at once, then once every `refill` seconds.
package struct Rate: Sendable {
  package let burst: Double
  /// Seconds.
  package let refill: TimeInterval

  package init(burst: Int, refill: TimeInterval) {
    self.burst = Double(burst)
    self.refill = refill
  }
}

/// A bucket that fills with time and is emptied by attempts.
struct TokenBucket: Sendable {
  /// How much is gone, when it was last looked at.
  private var spent = 0.0
  private var at = 0.0

  /// Seconds until one more attempt is allowed; 0 when it is now.
  func wait(at time: Date, _ rate: Rate) -> TimeInterval {
    max(0, (level(at: time, rate) + 1 - rate.burst) * rate.refill)
  }

  mutating func take(at time: Date, _ rate: Rate) {
    spent = level(at: time, rate) + 1
    at = max(at, time.timeIntervalSinceReferenceDate)
  }

  /// Gives back what an attempt took that turned out well.
  mutating func giveBack() { spent = max(0, spent - 1) }

  /// A clock that went back fills nothing.
  private func level(at time: Date, _ rate: Rate) -> Double {
    max(0, spent - max(0, time.timeIntervalSinceReferenceDate - at) / rate.refill)
  }
}
