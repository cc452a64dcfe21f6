// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Synchronization

/// Lets threads that append at the same time share one durable commit: while one writes, the others put what they have into
/// a queue, and whoever comes next writes all of it.
final class GroupCommit: Sendable {
  /// What one thread waits for.
  private final class Waiting: Sendable {
    let entries: [[UInt8]]
    let outcome = Mutex<Result<Range<UInt64>, LogError>?>(nil)

    init(_ entries: [[UInt8]]) { self.entries = entries }
  }

  /// Beyond so many entries the rest waits for the next commit, which bounds what is in memory.
  private static let mostEntries = 100_000

  private let queue = Mutex<[Waiting]>([])
  private let turn = Mutex<Void>(())

  /// Returns when `entries` are written, by this thread or another.
  /// - Parameter write: writes entries as one commit and returns the index of the first.
  func commit(
    _ entries: [[UInt8]], _ write: ([[UInt8]]) throws(LogError) -> UInt64
  ) throws(LogError) -> Range<UInt64> {
    let mine = Waiting(entries)
    queue.withLock { $0.append(mine) }
    turn.withLock { _ in
      while mine.outcome.withLock({ $0 == nil }) { settle(takeGroup(), write) }
    }
    guard let outcome = mine.outcome.withLock({ $0 }) else {
      preconditionFailure("a thread that has had its turn has an outcome")
    }
    return try outcome.get()
  }

  /// Takes from the front of the queue, at least one.
  private func takeGroup() -> [Waiting] {
    queue.withLock { queue in
      var count = 0
      var entries = 0
      while count < queue.count, count == 0 || entries + queue[count].entries.count <= Self.mostEntries {
        entries += queue[count].entries.count
        count += 1
      }
      defer { queue.removeFirst(count) }
      return Array(queue.prefix(count))
    }
  }

  private func settle(_ group: [Waiting], _ write: ([[UInt8]]) throws(LogError) -> UInt64) {
    do throws(LogError) {
      var next = try write(group.flatMap(\.entries))
      for waiting in group {
        let range = next..<next + UInt64(waiting.entries.count)
        waiting.outcome.withLock { $0 = .success(range) }
        next = range.upperBound
      }
    } catch {
      for waiting in group { waiting.outcome.withLock { $0 = .failure(error) } }
    }
  }
}
