// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
import MartletEncrypt
package import MartletEvidence
import MartletRegistry

extension Lifecycle {
  /// A blob may be this young and unreferenced only because somebody is about to say what it is for.
  package static let grace: TimeInterval = 3_600

  /// Removes blobs that no version, and no calibration of a guard, refers to. Safe beside running stages: no version can be entered meanwhile, blobs younger
  /// than ``grace`` stay, and whoever seals finds out before it enters a version that its blob is gone.
  /// - Parameter onlyLooking: removes and records nothing.
  /// - Returns: the removed blobs, or those that would be, with their sizes on disk in bytes.
  package func collectGarbage(
    onlyLooking: Bool, by principal: String = Record.localPrincipal, at time: Date = Date()
  ) throws -> [(digest: Digest, bytes: Int)] {
    try store.withTurn {
      let needed = try store.neededBlobs(of: store.registry.versions())
      let candidates = try store.blobs.list().filter { !needed.contains($0) }
      let end = Int(time.timeIntervalSince1970 - Self.grace)
      let found = try store.blobs.remove(candidates, olderThan: end, onlyLooking: true)
      guard !onlyLooking, !found.isEmpty else { return found }
      try store.record([
        Record("gc", outcome: "removed", by: principal, reason: "\(found.count) blobs", at: time)
      ])
      return try store.blobs.remove(candidates, olderThan: end, onlyLooking: false)
    }
  }
}
