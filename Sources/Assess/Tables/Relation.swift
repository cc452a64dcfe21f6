// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What must hold between the features of one row: `installment <= income / 12`.
package struct Relation: Equatable, Sendable {
  package enum Comparison: String, Sendable, CaseIterable {
    case equal = "=="
    case atMost = "<="
    case atLeast = ">="
  }

  package let left: Expression
  package let comparison: Comparison
  package let right: Expression
  /// How far both sides may be apart, in their own unit; nil allows for what float32 loses.
  package let tolerance: Double?
  /// As it was written.
  package let text: String

  /// By how much it is broken, as a fraction of the size of its sides; 0 where it holds, infinite where a side is not defined.
  package func violation(_ row: [Double]) -> Double {
    let (left, right) = (left.evaluate(row), right.evaluate(row))
    guard left.value.isFinite, right.value.isFinite else { return .infinity }
    let size = max(left.size, right.size, 1e-12)
    let gap =
      switch comparison {
      case .equal: abs(left.value - right.value)
      case .atMost: left.value - right.value
      case .atLeast: right.value - left.value
      }
    return gap <= (tolerance ?? 1e-5 * size) ? 0 : gap / size
  }

  /// Adds the slope of ``violation(_:)`` to `slopes`, the size taken as fixed. Adds nothing where it holds or is not defined.
  package func addViolationSlopes(_ row: [Double], to slopes: inout [Double]) {
    let violation = violation(row)
    guard violation > 0, violation.isFinite else { return }
    let (left, right) = (left.evaluate(row), right.evaluate(row))
    let sign: Double =
      switch comparison {
      case .equal: left.value > right.value ? 1 : -1
      case .atMost: 1
      case .atLeast: -1
      }
    let weight = sign / max(left.size, right.size, 1e-12)
    self.left.addSlopes(row, weight: weight, to: &slopes)
    self.right.addSlopes(row, weight: -weight, to: &slopes)
  }

  /// The feature that can be computed from the others: `total` of `total == a + b`.
  package var derived: Int? {
    guard comparison == .equal, case .feature(let index) = left, !right.features.contains(index) else {
      return nil
    }
    return index
  }
}
