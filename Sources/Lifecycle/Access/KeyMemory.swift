// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletRegistry
import Synchronization

/// The keys that were presented lately with what the store says about their owners, so that a busy server does not ask the
/// database about each request.
///
/// Whatever is written to the database, by whichever process, empties it. Whether something was is looked at when the last look is
/// older than ``trustedFor``: a key that is revoked stops working within that time. Expiry is looked at each time.
final class KeyMemory: Sendable {
  struct Known: Sendable {
    let key: StoredKey
    let account: Account
  }

  private struct State {
    var watch: (any RegistryWatch)?
    var mark: Int64 = -1
    var lookedAt: ContinuousClock.Instant?
    /// By the hash of the whole key as it was presented.
    var known: [Digest: Known] = [:]
  }

  private let state = Mutex(State())

  static let trustedFor = Duration.milliseconds(2)
  private static let most = 10_000

  /// What is known of a presented key; `nil` when the store has to be asked.
  func known(_ presented: Digest, in registry: any Registry) throws -> Known? {
    try state.withLock { state in
      try Self.refresh(&state, registry)
      return state.known[presented]
    }
  }

  /// Where the database stands, to be asked for before it is read.
  func mark(_ registry: any Registry) throws -> Int64 {
    try state.withLock { state in
      try Self.refresh(&state, registry, isForced: true)
      return state.mark
    }
  }

  /// Remembers what was read after `mark` was, unless something was written since.
  func note(_ known: Known, as presented: Digest, mark: Int64) {
    state.withLock { state in
      guard state.mark == mark else { return }
      if state.known.count >= Self.most { state.known = [:] }
      state.known[presented] = known
    }
  }

  private static func refresh(_ state: inout State, _ registry: any Registry, isForced: Bool = false) throws {
    let now = ContinuousClock.now
    if !isForced, let lookedAt = state.lookedAt, now - lookedAt < trustedFor { return }
    let watch = try state.watch ?? registry.watch()
    state.watch = watch
    let mark = try watch.mark()
    if mark != state.mark { state.known = [:] }
    state.mark = mark
    state.lookedAt = now
  }
}
