// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The stack of the abstract machine. Taking values off is one subtraction, and no opcode allocates.
struct PickleStack {
  private var values: [PickleValue] = [PickleValue](repeating: .absent, count: 256)
  private(set) var count = 0

  /// - Returns: false when the stack is full.
  @inline(__always)
  mutating func push(_ value: PickleValue) -> Bool {
    if count == values.count, !grow() { return false }
    values[count] = value
    count += 1
    return true
  }

  @inline(never)
  private mutating func grow() -> Bool {
    guard count < Limits.pickleStack else { return false }
    values.append(contentsOf: repeatElement(.absent, count: count))
    return true
  }

  @inline(__always)
  subscript(index: Int) -> PickleValue {
    get { values[index] }
    set { values[index] = newValue }
  }

  /// Takes off everything from `start` on.
  @inline(__always)
  mutating func cut(to start: Int) { count = start }

  /// The values from `start` on, as a copy.
  func values(from start: Int, limit: Int = .max) -> [PickleValue] {
    Array(values[start..<min(count, start + min(limit, count - start))])
  }
}
