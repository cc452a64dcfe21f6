// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import MartletFiles
import Synchronization

/// Writes the records of a busy server in groups: many requests share one durable append.
///
/// A record is in the log shortly after ``note(_:)``, not before it returns; ``finish()`` writes what is left. When the log
/// cannot be written, ``note(_:)`` says so, and the server stops answering rather than answer unrecorded.
package final class Recorder: Sendable {
  private struct State {
    var waiting: [Record] = []
    var isFailing = false
  }

  private let store: Store
  private let state = Mutex(State())
  /// Waits for the disk, which the threads of tasks must not.
  private let writer = DispatchQueue(label: "recorder")
  private let signals: AsyncStream<Void>
  private let signal: AsyncStream<Void>.Continuation

  /// Beyond so many waiting records the log is too slow for the server.
  private static let mostWaiting = 50_000

  /// A server that writes less at a time is not busy.
  private static let fewOfAGroup = 16
  /// Between the groups of a busy one.
  private static let pause = Duration.milliseconds(10)

  package init(store: Store) {
    self.store = store
    (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Takes a record for the next group.
  /// - Returns: false when the record could not be taken, or those before it could not be written.
  package func note(_ record: Record) -> Bool {
    let (isTaken, isNews) = state.withLock { state in
      // Whoever came first has said that there is something, unless that could not be written.
      let isNews = state.waiting.isEmpty || state.isFailing
      guard state.waiting.count < Self.mostWaiting else { return (false, isNews) }
      state.waiting.append(record)
      return (!state.isFailing, isNews)
    }
    if isNews { signal.yield() }
    return isTaken
  }

  /// Writes groups until ``finish()``.
  package func run() async {
    for await _ in signals {
      if await write() < Self.fewOfAGroup { continue }
      // The next ones are coming: they share the cost of a durable append.
      try? await Task.sleep(for: Self.pause)
    }
    _ = await write()
  }

  /// Ends ``run()`` after everything noted so far is written.
  package func finish() {
    signal.finish()
  }

  /// Whether records wait that could not be written.
  package var isFailing: Bool { state.withLock { $0.isFailing } }

  /// How many records are not in the log yet.
  package var waiting: Int { state.withLock { $0.waiting.count } }

  /// - Returns: how many records there were.
  private func write() async -> Int {
    // What a test does to the disk goes along to the other thread.
    let interference = Disk.interference
    return await withCheckedContinuation { written in
      writer.async {
        // Pushed only where there is something: beyond tasks, the optimised static runtime of Swift 6.3.1 fails at it.
        guard let interference else { return written.resume(returning: self.flush()) }
        written.resume(returning: Disk.$interference.withValue(interference) { self.flush() })
      }
    }
  }

  private func flush() -> Int {
    let group = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    guard !group.isEmpty else { return 0 }
    do {
      try store.record(group)
      state.withLock { $0.isFailing = false }
    } catch {
      // They stay at the front, in order, for the next attempt.
      state.withLock {
        $0.waiting = group + $0.waiting
        $0.isFailing = true
      }
    }
    return group.count
  }
}
