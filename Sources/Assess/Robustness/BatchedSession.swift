// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletRuntime

/// A session that takes any number of rows, also when its model was exported for a fixed number.
struct BatchedSession: Sendable {
  let session: Session
  /// The number of rows the model insists on.
  private let fixed: Int?

  init(_ session: Session) {
    self.session = session
    let firsts = session.inputs.compactMap { $0.shape?.first }
    fixed = firsts.lazy.compactMap { if case .fixed(let size) = $0, size > 0 { size } else { nil } }.first
  }

  /// Inputs and outputs have one row an example.
  func run(_ inputs: [(name: String, tensor: Tensor)], outputs: [String]) throws(RuntimeError) -> [String:
    Tensor]
  {
    let rows = inputs.first?.tensor.rowCount ?? 0
    guard let fixed, fixed != rows else { return try session.run(inputs, outputs: outputs) }
    var parts: [[String: Tensor]] = []
    for start in stride(from: 0, to: rows, by: fixed) {
      let count = min(fixed, rows - start)
      // The last example stands in for the ones that are missing from the last part.
      let chosen = (start..<start + fixed).map { min($0, rows - 1) }
      var part: [(name: String, tensor: Tensor)] = []
      for (name, tensor) in inputs { part.append((name, try tensor.rows(chosen))) }
      let result = try session.run(part, outputs: outputs)
      for (name, tensor) in result where tensor.rowCount != fixed {
        throw .wrongShape(name: name, expected: [.fixed(fixed)], found: tensor.shape)
      }
      parts.append(result.mapValues { $0.rows(0..<count) })
    }
    var joined: [String: Tensor] = [:]
    for (name, first) in parts.first ?? [:] {
      let bytes = parts.flatMap { $0[name]?.bytes ?? [] }
      joined[name] = try Tensor(first.type, bytes: bytes.span, shape: [rows] + first.shape.dropFirst())
    }
    return joined
  }
}
