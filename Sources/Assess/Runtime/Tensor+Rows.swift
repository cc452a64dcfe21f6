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

  /// Where the first of its float32 is NaN or infinite: the row, and the element in it. Nil where all are numbers, and of other types.
  package var firstNotFinite: (row: Int, element: Int)? {
    guard let values = try? float32, let rows = rowCount, rows > 0,
      let place = values.indices.first(where: { !values[$0].isFinite })
    else { return nil }
    return (place / (count / rows), place % (count / rows))
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

  /// Tensors of one type one below the other. Traps when they differ in more than the number of their rows.
  package init(joining parts: [Tensor]) throws(RuntimeError) {
    let first = parts[0]
    let rest = first.shape.dropFirst()
    precondition(
      parts.allSatisfy { $0.type == first.type && !$0.shape.isEmpty && $0.shape.dropFirst() == rest },
      "tensors that do not fit each other")
    let shape = [parts.reduce(0) { $0 + $1.shape[0] }] + rest
    if case .strings = first.contents {
      var strings: [String] = []
      for part in parts { strings += try part.strings }
      try self.init(strings: strings, shape: shape)
      return
    }
    unsafe try self.init(first.type, shape: shape) { memory in
      var place = 0
      for part in parts {
        guard case .numbers(let storage, let offset) = part.contents else { continue }
        let size = part.count * (part.type.size ?? 0)
        if size > 0 {
          unsafe (memory.baseAddress! + place).copyMemory(from: storage.memory + offset, byteCount: size)
        }
        place += size
      }
    }
  }

  /// Zeros, or empty strings.
  /// - Parameter limit: elements beyond which it is refused.
  package init(zeros type: ElementType, shape: [Int], atMost limit: Int = .max) throws(RuntimeError) {
    let count = try Self.count(of: shape)
    guard count <= limit else { throw .impossibleShape(shape) }
    if type == .string {
      try self.init(strings: Array(repeating: "", count: count), shape: shape)
    } else {
      unsafe try self.init(type, shape: shape) { _ in }
    }
  }
}
