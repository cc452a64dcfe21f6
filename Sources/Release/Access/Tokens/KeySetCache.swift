// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Where the keys of an issuer come from: a file, or an address. Whoever implements it for an address speaks TLS to that host
/// only, follows no redirect, and reads no more than the cap on key sets.
package protocol KeySetSource: Sendable {
  /// The JSON of a key set (RFC 7517, section 5).
  func fetch() async throws(KeySetError) -> [UInt8]
}

/// Keeps the keys of an issuer, and fetches them anew when they are old or a token names a key that is not among them. Not more
/// often than once in ``shortest``, whatever tokens come: nobody makes this server flood the issuer.
actor KeySetCache {
  /// Seconds after which keys are fetched anew, so that one that was withdrawn ends.
  static let freshness: TimeInterval = 3_600
  /// Seconds for which known keys go on while the issuer cannot be reached.
  static let longest: TimeInterval = 86_400
  /// Seconds between two attempts.
  static let shortest: TimeInterval = 60

  private let source: any KeySetSource
  private var keys: KeySet?
  private var fetchedAt = Date.distantPast
  private var triedAt = Date.distantPast
  private var failure = KeySetError.unreachable("it was not tried yet")
  private var running: Task<Result<KeySet, KeySetError>, Never>?

  init(_ source: any KeySetSource) { self.source = source }

  /// The keys as they are known; fetched when they are older than ``freshness``.
  func keys(at time: Date) async throws(KeySetError) -> KeySet {
    if keys == nil || age(at: time) >= Self.freshness { await refresh(at: time) }
    guard let keys, age(at: time) < Self.longest else { throw failure }
    return keys
  }

  /// The keys after one more look at the source, for a token whose key is not among them.
  /// - Returns: `nil` where it is too early for that.
  func newerKeys(at time: Date) async -> KeySet? {
    await refresh(at: time) ? keys : nil
  }

  /// Of requests that came at once the first may carry the later time, and a clock may be set back: what is far from now
  /// is old on either side.
  private func age(at time: Date) -> TimeInterval { abs(time.timeIntervalSince(fetchedAt)) }

  /// Whoever comes while keys are being fetched waits for those.
  @discardableResult private func refresh(at time: Date) async -> Bool {
    if running == nil {
      guard abs(time.timeIntervalSince(triedAt)) >= Self.shortest else { return false }
      triedAt = time
      let source = source
      running = Task { await Self.fetch(source) }
    }
    guard let task = running else { return false }
    let result = await task.value
    // The first who comes back takes it in; the others find it done.
    guard running == task else { return true }
    running = nil
    switch result {
    case .success(let set):
      keys = set
      fetchedAt = time
    case .failure(let error):
      failure = error
    }
    return true
  }

  private static func fetch(_ source: any KeySetSource) async -> Result<KeySet, KeySetError> {
    do throws(KeySetError) {
      return .success(try KeySet(try await source.fetch()))
    } catch {
      return .failure(error)
    }
  }
}
