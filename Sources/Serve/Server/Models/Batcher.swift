// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletInference
import MartletRuntime
import NIOCore
import NIOPosix
import Synchronization

/// Answers several questions with one run of the model, row by row.
///
/// A question that comes while nothing runs is answered at once, or after the wait that the settings allow; those that come while
/// the model is busy are answered together when it is free. The order of questions is kept, and a run takes no more than the
/// settings' rows. When a run fails, each of its questions is asked alone, so that nobody is refused for somebody else's numbers.
final class Batcher: Sendable {
  typealias Result = Swift.Result<[String: Tensor], RuntimeError>

  private struct Waiting: Sendable {
    let request: InferenceRequest
    /// What the model is to give; `nil` for all.
    let outputs: [String]?
    /// `nil` for a question that cannot be put together with others.
    let rows: Int?
    let since: ContinuousClock.Instant
    let done: @Sendable (Result) -> Void
  }

  private struct State {
    var waiting: [Waiting] = []
    var isRunning = false
    var isTimed = false

    var rows: Int { waiting.reduce(0) { $0 + ($1.rows ?? 1) } }
  }

  private enum Next {
    case run, wait(Duration), nothing
  }

  private let session: Session
  private let settings: ModelSettings.Batch
  private let state = Mutex(State())

  /// - Returns: `nil` for a model that has an input or output whose first dimension is not open.
  init?(_ session: Session, _ settings: ModelSettings.Batch) {
    let isOpen = (session.inputs + session.outputs).allSatisfy { info in
      guard let first = info.shape?.first else { return false }
      if case .fixed = first { return false } else { return true }
    }
    guard isOpen, settings.rows > 1 else { return nil }
    self.session = session
    self.settings = settings
  }

  /// Takes a question; `done` is called on another thread.
  func submit(_ request: InferenceRequest, outputs: [String]?, _ done: @escaping @Sendable (Result) -> Void) {
    let next = state.withLock { state in
      state.waiting.append(
        Waiting(
          request: request, outputs: outputs, rows: Self.rows(of: request), since: .now, done: done))
      return self.next(&state)
    }
    proceed(next)
  }

  private func proceed(_ next: Next) {
    switch next {
    case .run: NIOThreadPool.singleton.submit { _ in self.drain() }
    case .wait(let duration):
      _ = MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: .init(duration)) {
        let next = self.state.withLock { state in
          state.isTimed = false
          return self.next(&state)
        }
        self.proceed(next)
      }
    case .nothing: break
    }
  }

  /// What is to be done; called with the lock.
  private func next(_ state: inout State) -> Next {
    guard !state.isRunning, let first = state.waiting.first else { return .nothing }
    let waited = ContinuousClock.now - first.since
    if waited >= settings.wait || state.rows >= settings.rows {
      state.isRunning = true
      return .run
    }
    if state.isTimed { return .nothing }
    state.isTimed = true
    return .wait(settings.wait - waited)
  }

  private func drain() {
    run(state.withLock { state in take(&state.waiting) })
    let next = state.withLock { state in
      state.isRunning = false
      return self.next(&state)
    }
    proceed(next)
  }

  /// The first question and those after it that go with it.
  private func take(_ waiting: inout [Waiting]) -> [Waiting] {
    guard let first = waiting.first else { return [] }
    var taken = [first]
    var rows = first.rows ?? settings.rows
    for other in waiting.dropFirst() {
      guard let more = other.rows, rows + more <= settings.rows, Self.fit(first, other) else {
        break
      }
      taken.append(other)
      rows += more
    }
    waiting.removeFirst(taken.count)
    return taken
  }

  private func run(_ batch: [Waiting]) {
    if batch.count > 1, let results = try? together(batch, batch.compactMap(\.rows)) {
      for (waiting, result) in zip(batch, results) { waiting.done(.success(result)) }
      return
    }
    for waiting in batch {
      do throws(RuntimeError) {
        waiting.done(.success(try session.run(waiting.request.inputs, outputs: waiting.outputs)))
      } catch {
        waiting.done(.failure(error))
      }
    }
  }

  /// - Returns: `nil` when the model does not answer row by row.
  private func together(
    _ batch: [Waiting], _ rows: [Int]
  ) throws(RuntimeError) -> [[String: Tensor]]? {
    let requests = batch.map(\.request)
    var inputs: [(name: String, tensor: Tensor)] = []
    for place in requests[0].inputs.indices {
      let parts = requests.map { $0.inputs[place].tensor }
      inputs.append((requests[0].inputs[place].name, try Tensor(joining: parts)))
    }
    let found = try session.run(inputs, outputs: batch[0].outputs)
    let total = rows.reduce(0, +)
    guard found.values.allSatisfy({ $0.rowCount == total }) else { return nil }
    var start = 0
    return rows.map { count in
      defer { start += count }
      return found.mapValues { $0.rows(start..<start + count) }
    }
  }

  /// The rows that all inputs of a question have.
  private static func rows(of request: InferenceRequest) -> Int? {
    guard let rows = request.inputs.first?.tensor.rowCount, rows > 0,
      request.inputs.allSatisfy({ $0.tensor.rowCount == rows })
    else { return nil }
    return rows
  }

  /// Whether two questions differ in nothing but rows.
  private static func fit(_ first: Waiting, _ other: Waiting) -> Bool {
    first.outputs == other.outputs && first.request.inputs.count == other.request.inputs.count
      && zip(first.request.inputs, other.request.inputs).allSatisfy { left, right in
        left.name == right.name && left.tensor.type == right.tensor.type
          && left.tensor.shape.dropFirst() == right.tensor.shape.dropFirst()
      }
  }
}
