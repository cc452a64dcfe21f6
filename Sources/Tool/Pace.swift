// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Synchronization

/// Lets a line of progress be written a few times a second, however often there is news.
final class Pace: Sendable {
  private let last = Mutex(ContinuousClock.now)

  func isDue() -> Bool {
    let now = ContinuousClock.now
    return last.withLock { last in
      guard now - last > .milliseconds(100) else { return false }
      last = now
      return true
    }
  }
}
