// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletLifecycle
import MartletRegistry
import MartletRuntime
import NIOPosix
import Synchronization

/// Keeps released models loaded, and forgets them when they are no longer released.
///
/// Whether a version may answer is asked anew when the last answer is older than ``trustedFor``: a version that is revoked
/// stops answering within that time.
final class ModelHost: Sendable {
  private struct Wish: Hashable {
    let model: String
    let version: Int?
  }

  private struct Answer {
    let hosted: HostedModel
    let askedAt: ContinuousClock.Instant
  }

  private let lifecycle: Lifecycle
  private let library: RuntimeLibrary
  private let threads: Int
  private let answers = Mutex<[Wish: Answer]>([:])

  private static let trustedFor = Duration.milliseconds(500)

  init(lifecycle: Lifecycle, library: RuntimeLibrary, threads: Int) {
    self.lifecycle = lifecycle
    self.library = library
    self.threads = threads
  }

  /// The loaded version that answers for `model`.
  /// - Throws: ``Refusal/notFound`` when none is released.
  func model(_ model: String, version: Int?) throws -> HostedModel {
    let wish = Wish(model: model, version: version)
    let now = ContinuousClock.now
    let known = answers.withLock { $0[wish] }
    if let known, now - known.askedAt < Self.trustedFor { return known.hosted }
    let released: ReleasedModel
    do {
      released = try lifecycle.released(model, version: version)
    } catch StoreError.notReleased {
      answers.withLock { $0[wish] = nil }
      throw Refusal.notFound
    }
    let hosted: HostedModel
    if let known, known.hosted.digest == released.version.digest,
      known.hosted.version == released.version.number
    {
      hosted = known.hosted
    } else {
      let opened = try lifecycle.open(released)
      hosted = try HostedModel(released, opened, library: library, threads: threads)
    }
    answers.withLock { $0[wish] = Answer(hosted: hosted, askedAt: now) }
    return hosted
  }
}
