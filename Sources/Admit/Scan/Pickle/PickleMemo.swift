// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// The memo of the abstract machine: dense from 0 as picklers write it, and a dictionary for indices far out.
struct PickleMemo {
  /// ``PickleValue/absent`` where nothing was written: an optional would double the size.
  private var dense: [PickleValue] = []
  private var sparse: [Int64: PickleValue] = [:]
  /// How many indices are set: where MEMOIZE writes.
  private(set) var count = 0

  subscript(index: Int64) -> PickleValue? {
    if index >= 0, index < Int64(dense.count) {
      let value = dense[Int(index)]
      return value == .absent ? nil : value
    }
    return sparse[index]
  }

  /// - Returns: false when the memo is full.
  mutating func set(_ index: Int64, _ value: PickleValue) -> Bool {
    if self[index] == nil {
      guard count < Limits.pickleMemo else { return false }
      count += 1
    }
    if index >= 0, index < Int64(dense.count) {
      dense[Int(index)] = value
    } else if index >= 0, index < Int64(dense.count) + 1024 {
      while Int64(dense.count) < index {
        // An index written out of order earlier moves over.
        dense.append(sparse.removeValue(forKey: Int64(dense.count)) ?? .absent)
      }
      dense.append(value)
      sparse.removeValue(forKey: index)
    } else {
      sparse[index] = value
    }
    return true
  }

  /// Keeps the kind of every container but not its contents, after the cells were collected.
  mutating func forgetContents() {
    for index in dense.indices {
      let value = dense[index]
      if value.isContainer { dense[index] = PickleValue(value.kind, 0) }
    }
    for (index, value) in sparse where value.isContainer { sparse[index] = PickleValue(value.kind, 0) }
  }
}
