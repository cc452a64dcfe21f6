// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletRegistry
import Synchronization

/// The yeses of this process, each with what it rests on, so that being asked twice a second verifies nothing.
///
/// It is empty when a process begins: a Martlet with newer scan rules decides about everything once.
final class StandingReleases: Sendable {
  private struct Key: Hashable {
    let model: String
    let digest: Digest
  }

  private struct Yes {
    let mark: DecisionMark
    /// It must not be relied on from then on; nil when time makes no difference.
    let until: Date?
  }

  private let yeses = Mutex<[Key: Yes]>([:])

  /// Whether there is a yes that nothing has changed since.
  func holds(_ version: ModelVersion, _ mark: DecisionMark, at now: Date) -> Bool {
    let key = Key(model: version.model, digest: version.digest)
    guard let yes = yeses.withLock({ $0[key] }), yes.mark == mark else { return false }
    return yes.until.map { now < $0 } ?? true
  }

  func note(_ version: ModelVersion, _ mark: DecisionMark, until: Date?) {
    let key = Key(model: version.model, digest: version.digest)
    yeses.withLock { $0[key] = Yes(mark: mark, until: until) }
  }

  func forget(_ version: ModelVersion) {
    let key = Key(model: version.model, digest: version.digest)
    yeses.withLock { $0[key] = nil }
  }
}
