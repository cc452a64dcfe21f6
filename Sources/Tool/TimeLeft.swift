// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How long a step will take, by how long its first part took.
struct TimeLeft {
  private var step = ""
  private var begin = ContinuousClock.now
  private var first = 0

  /// Such as `, 2 min left`; nothing where nothing can be said.
  mutating func words(_ step: String, done: Int, total: Int) -> String {
    if step != self.step || done < first { (self.step, begin, first) = (step, .now, done) }
    let seconds = (ContinuousClock.now - begin) / .seconds(1)
    guard done > first, done < total, seconds > 2 else { return "" }
    let left = seconds / Double(done - first) * Double(total - done)
    return left < 90 ? ", \(Int(left.rounded(.up))) s left" : ", \(Int((left / 60).rounded(.up))) min left"
  }
}
