// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A row is one entry of the first dimension: one example of a batch.
extension Tensor {
  /// The size of the first dimension; nil for a scalar.
  package var rowCount: Int? { shape.first }

  /// Some consecutive rows, sharing this tensor's memory. Traps when `rows` is outside.
  package func rows(_ rows: Range<Int>) -> Tensor {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount ?? 0, "rows outside of the tensor")
    let perRow = shape.dropFirst().reduce(1, *)
    let part = rows.lowerBound * perRow..<rows.upperBound * perRow
    let contents: Contents
    switch self.contents {
    case .numbers(let storage, let offset):
      contents = .numbers(storage, offset: offset + part.lowerBound * type.size!)
    case .strings(let strings):
      contents = .strings(Array(strings[part]))
    }
    return Tensor(
      type: type, shape: [rows.count] + shape.dropFirst(), count: part.count, contents: contents)
  }

  /// The named rows in the named order, copied. Traps when one is outside.
  package func rows(_ chosen: [Int]) throws(RuntimeError) -> Tensor {
    precondition(chosen.allSatisfy { $0 >= 0 && $0 < rowCount ?? 0 }, "rows outside of the tensor")
    let perRow = shape.dropFirst().reduce(1, *)
    let shape = [chosen.count] + self.shape.dropFirst()
    switch contents {
    case .strings(let strings):
      return try Tensor(strings: chosen.flatMap { strings[$0 * perRow..<($0 + 1) * perRow] }, shape: shape)
    case .numbers(let storage, let offset):
      let width = perRow * type.size!
      return unsafe try Tensor(type, shape: shape) { memory in
        guard let start = memory.baseAddress else { return }
        for (place, row) in chosen.enumerated() {
          unsafe (start + place * width).copyMemory(
            from: storage.memory + offset + row * width, byteCount: width)
        }
      }
    }
  }
}
