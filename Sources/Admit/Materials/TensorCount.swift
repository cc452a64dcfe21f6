// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// How many tensors there are, and how many elements of which type.
struct TensorCount: Sendable, Equatable {
  private(set) var tensors = 0
  /// By ``ElementType``.
  private(set) var elements: [String: Int] = [:]
  /// A sum that is larger than any file: what a file says of its tensors need not be true.
  private(set) var overflows = false

  /// Elements that are numbers, of whatever type: weights, buffers, and the state of an optimiser, which nothing tells
  /// apart.
  var parameters: Int {
    elements.reduce(0) { sum, next in
      ElementType.texts.contains(next.key) ? sum : Self.sum(sum, next.value).value
    }
  }

  /// Adds a tensor of so many elements; nil for more than can be counted.
  mutating func add(_ type: String, _ count: Int?) {
    tensors += 1
    guard let count, count >= 0 else {
      overflows = true
      elements[type, default: 0] += 0
      return
    }
    add(type, elements: count)
  }

  mutating func add(_ other: TensorCount) {
    tensors += other.tensors
    overflows = overflows || other.overflows
    for (type, count) in other.elements { add(type, elements: count) }
  }

  private mutating func add(_ type: String, elements count: Int) {
    let (sum, overflow) = Self.sum(elements[type] ?? 0, count)
    overflows = overflows || overflow
    elements[type] = sum
  }

  private static func sum(_ first: Int, _ second: Int) -> (value: Int, overflow: Bool) {
    let (sum, overflow) = first.addingReportingOverflow(second)
    return overflow ? (Int.max, true) : (sum, false)
  }

  /// The elements of a shape; nil for one that is none or overflows.
  static func product(_ shape: some Sequence<some BinaryInteger>) -> Int? {
    var product = 1
    for size in shape {
      guard let size = Int(exactly: size), size >= 0 else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      guard !overflow else { return nil }
      product = next
    }
    return product
  }
}
