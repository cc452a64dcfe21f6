// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch

/// Keeps the memory small that a large mapped file takes while it is read: again and again, all its pages are given back to the
/// system, which has them at hand for whoever looks at them next. Works for any reader, in whatever order it reads.
///
///     let keeper = PageKeeper(bytes)
///     defer { keeper?.stop() }
package struct PageKeeper {
  private let timer: any DispatchSourceTimer

  /// Nil for bytes that are no mapping of ``Limits/releasedMapping`` bytes, or a part of one.
  package init?(_ bytes: Bytes) {
    guard bytes.count >= Limits.releasedMapping, bytes.isWholeMapping else { return nil }
    // A queue of its own has a thread of its own, also when all cores are at work.
    timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "martlet.page-keeper"))
    timer.schedule(deadline: .now() + Self.period, repeating: Self.period)
    timer.setEventHandler { bytes.releasePages(0..<bytes.count) }
    timer.activate()
  }

  /// A core that reads from memory goes through some 10 MB in this time.
  private static let period = DispatchTimeInterval.milliseconds(5)

  package func stop() { timer.cancel() }
}
