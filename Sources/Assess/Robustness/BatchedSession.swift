// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Dispatch
import MartletRuntime
import Synchronization

/// A session that takes any number of rows, also when its model was exported for a fixed number, and shares them out among cores.
struct BatchedSession: Sendable {
  let session: Session
  /// The number of rows the model insists on.
  private let fixed: Int?
  private let sharing: Sharing

  init(_ session: Session, _ sharing: Sharing) {
    self.session = session
    self.sharing = sharing
    let firsts = session.inputs.compactMap { $0.shape?.first }
    fixed = firsts.lazy.compactMap { if case .fixed(let size) = $0, size > 0 { size } else { nil } }.first
  }

  /// Inputs and outputs have one row an example.
  func run(
    _ inputs: [(name: String, tensor: Tensor)], outputs: [String]
  ) throws(RuntimeError) -> [String: Tensor] {
    let rows = inputs.first?.tensor.rowCount ?? 0
    let size = fixed ?? sharing.rows(of: rows)
    guard size != rows, rows > 0 else { return try session.run(inputs, outputs: outputs) }
    let starts = Array(stride(from: 0, to: rows, by: size))
    let parts = try concurrently(starts.count) { (place) throws(RuntimeError) in
      try part(inputs, starts[place]..<min(starts[place] + size, rows), of: rows, outputs)
    }
    var joined: [String: Tensor] = [:]
    for (name, first) in parts.first ?? [:] {
      let bytes = parts.flatMap { $0[name]?.bytes ?? [] }
      joined[name] = try Tensor(first.type, bytes: bytes.span, shape: [rows] + first.shape.dropFirst())
    }
    return joined
  }

  private func part(
    _ inputs: [(name: String, tensor: Tensor)], _ range: Range<Int>, of rows: Int, _ outputs: [String]
  ) throws(RuntimeError) -> [String: Tensor] {
    let size = fixed ?? range.count
    // The last example stands in for the ones that are missing from the last part.
    let chosen = (range.lowerBound..<range.lowerBound + size).map { min($0, rows - 1) }
    var part: [(name: String, tensor: Tensor)] = []
    for (name, tensor) in inputs {
      part.append((name, size == range.count ? tensor.rows(range) : try tensor.rows(chosen)))
    }
    let result = try session.run(part, outputs: outputs)
    for (name, tensor) in result where tensor.rowCount != size {
      throw .wrongShape(name: name, expected: [.fixed(size)], found: tensor.shape)
    }
    return result.mapValues { $0.rows(0..<range.count) }
  }

  /// Does some pieces of work, several at once, and returns the results in order.
  /// - Throws: the error of the first that failed.
  private func concurrently<Value: Sendable>(
    _ pieces: Int, _ work: @Sendable (Int) throws(RuntimeError) -> Value
  ) throws(RuntimeError) -> [Value] {
    let next = Atomic(0)
    let results = Mutex([Result<Value, RuntimeError>?](repeating: nil, count: pieces))
    DispatchQueue.concurrentPerform(iterations: min(sharing.workers, pieces)) { _ in
      while true {
        let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard place < pieces else { return }
        let result = Result { () throws(RuntimeError) in try work(place) }
        results.withLock { $0[place] = result }
      }
    }
    let found = results.withLock { $0 }
    return try found.compactMap { $0 }.map { (result) throws(RuntimeError) in try result.get() }
  }
}
