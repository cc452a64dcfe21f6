// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletFiles

/// Lets the processes that write to one store do so one after the other.
struct Turns: Sendable {
  /// How long a writer waits for another: 15 seconds, or what `MARTLET_LOCK_WAIT` says.
  let patience: Duration
  private let lock: String

  private static let longest = 86_400.0

  /// - Throws: ``StoreError/lockWait(_:)``.
  init(
    _ home: Home, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(StoreError) {
    lock = home.lock
    guard let text = environment["MARTLET_LOCK_WAIT"], !text.isEmpty else {
      patience = .seconds(15)
      return
    }
    guard let seconds = Double(text), (0...Self.longest).contains(seconds) else {
      throw .lockWait(text)
    }
    patience = .seconds(seconds)
  }

  /// Runs `body` while no other process writes.
  /// - Throws: `FilesError.locked`, which names the process that would not make room; what `body` throws.
  func take<Value>(_ body: () throws -> Value) throws -> Value {
    let lock = try FileLock.acquire(lock, purpose: "the store", waitingAtMost: patience)
    defer { extendLifetime(lock) }
    return try body()
  }
}
