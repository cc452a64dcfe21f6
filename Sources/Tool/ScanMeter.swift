// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletScan
import Synchronization

/// Says on a terminal how far a scan is and how fast, a few times a second.
final class ScanMeter: Sendable {
  private let started = ContinuousClock.now
  private let last = Mutex(ContinuousClock.now)

  var closure: @Sendable (ScanProgress) -> Void { { [self] in show($0) } }

  private func show(_ progress: ScanProgress) {
    let now = ContinuousClock.now
    let isDue = last.withLock { last in
      guard now - last > .milliseconds(100) else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let took = now - started
    let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
    let megabytes = Double(progress.bytes) / 1e6
    Terminal.progress(
      "scanned \(progress.files) of \(progress.ofFiles) files, \(Int(megabytes)) of \(progress.ofBytes / 1_000_000) MB, \(Int(megabytes / max(seconds, 0.001))) MB/s"
    )
  }
}
