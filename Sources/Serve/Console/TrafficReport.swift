// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation

/// What has been asked of a server lately, as far as it remembers.
package struct TrafficReport: Sendable {
  /// What was asked of one model.
  package struct Model: Sendable {
    package let name: String
    /// Since the server started.
    package let answered: Int
    /// For what whoever asked did, or may not do.
    package let refused: Int
    /// For what happened inside.
    package let failed: Int
    /// Questions in each of the last seconds, the oldest first.
    package let seconds: [Int]
    /// Of the last minute, refusals.
    package let refusedLately: Int
    /// Seconds that half of the answers of the last minute took at most; nil where there were none.
    package let median: Double?
    /// Seconds that 99 of 100 answers of the last minute took at most.
    package let slow: Double?

    package init(
      name: String, answered: Int, refused: Int, failed: Int, seconds: [Int], refusedLately: Int,
      median: Double?, slow: Double?
    ) {
      (self.name, self.answered, self.refused, self.failed) = (name, answered, refused, failed)
      (self.seconds, self.refusedLately) = (seconds, refusedLately)
      (self.median, self.slow) = (median, slow)
    }
  }

  package let startedAt: Date
  /// By name.
  package let models: [Model]
  /// Open now.
  package let connections: Int
  /// Versions in memory.
  package let loaded: Int
  /// Records that are not in the log yet.
  package let waiting: Int
  package let isRecording: Bool
  /// Bytes that the process has.
  package let memory: Int?

  package init(
    startedAt: Date = .distantPast, models: [Model] = [], connections: Int = 0, loaded: Int = 0,
    waiting: Int = 0, isRecording: Bool = true, memory: Int? = nil
  ) {
    (self.startedAt, self.models, self.connections) = (startedAt, models, connections)
    (self.loaded, self.waiting, self.isRecording, self.memory) = (loaded, waiting, isRecording, memory)
  }
}
