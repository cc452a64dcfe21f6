// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletScan

/// Says on a terminal how far a scan is and how fast, a few times a second.
final class ScanMeter: Sendable {
  private let started = ContinuousClock.now
  private let pace = Pace()

  var closure: @Sendable (ScanProgress) -> Void { { [self] in show($0) } }

  private func show(_ progress: ScanProgress) {
    guard pace.isDue() else { return }
    let took = ContinuousClock.now - started
    let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
    let megabytes = Double(progress.bytes) / 1e6
    Terminal.progress(
      "scanned \(progress.files) of \(progress.ofFiles) files, \(Int(megabytes)) of \(progress.ofBytes / 1_000_000) MB, \(Int(megabytes / max(seconds, 0.001))) MB/s"
    )
  }
}
