// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import NIOCore
import NIOPosix

/// Threads for what takes long or waits, away from those that serve connections.
enum ServerThreads {
  /// For the database: who asks, and what is released. Models keep none of them busy.
  static let asking = started(count: 2)
  /// For models that take long, and large bodies.
  static let working = started(count: System.coreCount)

  private static func started(count: Int) -> NIOThreadPool {
    let pool = NIOThreadPool(numberOfThreads: count)
    pool.start()
    return pool
  }
}
