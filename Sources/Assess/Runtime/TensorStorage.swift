// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Owns the memory behind a tensor of numbers: allocated here, or part of a value that ONNX Runtime made.
/// Written only before it is shared, which is why it can be used by many threads although it holds a pointer.
@safe final class TensorStorage: @unchecked Sendable {
  /// Never null, also when there are no bytes, because ONNX Runtime refuses null.
  let memory: UnsafeMutableRawPointer
  let count: Int
  /// What keeps the memory alive; nil when it was allocated here.
  private let value: ValueHandle?

  /// Zeroed memory.
  init(count: Int) {
    unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 64)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: max(count, 1))
    self.count = count
    value = nil
  }

  /// The `count` bytes at `memory`, which belong to `value`.
  init(_ memory: UnsafeMutableRawPointer, count: Int, of value: ValueHandle) {
    unsafe self.memory = memory
    self.count = count
    self.value = value
  }

  deinit {
    if value == nil { unsafe memory.deallocate() }
  }
}
