// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// Arithmetic over the features of a row, in raw units.
package indirect enum Expression: Equatable, Sendable {
  package enum Function: String, Sendable, CaseIterable {
    case abs, log, max, min

    /// How many arguments it takes.
    var arity: ClosedRange<Int> {
      switch self {
      case .abs, .log: 1...1
      case .max, .min: 2...16
      }
    }
  }

  case number(Double)
  /// By its place in the row.
  case feature(Int)
  case negated(Expression)
  case sum(Expression, Expression)
  case difference(Expression, Expression)
  case product(Expression, Expression)
  case quotient(Expression, Expression)
  case call(Function, [Expression])

  /// The value on a row, and the largest size of anything on the way to it, which says how far rounding may have moved it.
  /// Not a number where it is not defined.
  package func evaluate(_ row: [Double]) -> (value: Double, size: Double) {
    switch self {
    case .number(let number): return (number, Swift.abs(number))
    case .feature(let index): return (row[index], Swift.abs(row[index]))
    case .negated(let inner):
      let inner = inner.evaluate(row)
      return (-inner.value, inner.size)
    case .sum(let a, let b): return Self.joined(a.evaluate(row), b.evaluate(row), +)
    case .difference(let a, let b): return Self.joined(a.evaluate(row), b.evaluate(row), -)
    case .product(let a, let b):
      let (a, b) = (a.evaluate(row), b.evaluate(row))
      return (a.value * b.value, a.size * b.size)
    case .quotient(let a, let b):
      let (a, b) = (a.evaluate(row), b.evaluate(row))
      let value = a.value / b.value
      return (value, max(Swift.abs(value), a.size / Swift.abs(b.value)))
    case .call(let function, let arguments):
      let all = arguments.map { $0.evaluate(row) }
      let size = all.reduce(0) { max($0, $1.size) }
      let value = Self.apply(function, all.map(\.value))
      return (value, max(size, Swift.abs(value)))
    }
  }

  private static func joined(
    _ a: (value: Double, size: Double), _ b: (value: Double, size: Double),
    _ operation: (Double, Double) -> Double
  ) -> (value: Double, size: Double) {
    let value = operation(a.value, b.value)
    return (value, max(a.size, b.size, Swift.abs(value)))
  }

  private static func apply(_ function: Function, _ values: [Double]) -> Double {
    switch function {
    case .abs: Swift.abs(values[0])
    case .log: values[0] > 0 ? Foundation.log(values[0]) : .nan
    case .max: values.reduce(-.infinity) { $1.isNaN ? .nan : Swift.max($0, $1) }
    case .min: values.reduce(.infinity) { $1.isNaN ? .nan : Swift.min($0, $1) }
    }
  }

  /// Adds `weight` times the slope of the value by each feature to `slopes`. At a kink one side is taken.
  package func addSlopes(_ row: [Double], weight: Double, to slopes: inout [Double]) {
    switch self {
    case .number: break
    case .feature(let index): slopes[index] += weight
    case .negated(let inner): inner.addSlopes(row, weight: -weight, to: &slopes)
    case .sum(let a, let b):
      a.addSlopes(row, weight: weight, to: &slopes)
      b.addSlopes(row, weight: weight, to: &slopes)
    case .difference(let a, let b):
      a.addSlopes(row, weight: weight, to: &slopes)
      b.addSlopes(row, weight: -weight, to: &slopes)
    case .product(let a, let b):
      a.addSlopes(row, weight: weight * b.evaluate(row).value, to: &slopes)
      b.addSlopes(row, weight: weight * a.evaluate(row).value, to: &slopes)
    case .quotient(let a, let b):
      let (over, under) = (a.evaluate(row).value, b.evaluate(row).value)
      a.addSlopes(row, weight: weight / under, to: &slopes)
      b.addSlopes(row, weight: -weight * over / (under * under), to: &slopes)
    case .call(let function, let arguments):
      let values = arguments.map { $0.evaluate(row).value }
      switch function {
      case .abs: arguments[0].addSlopes(row, weight: values[0] < 0 ? -weight : weight, to: &slopes)
      case .log: arguments[0].addSlopes(row, weight: weight / values[0], to: &slopes)
      case .max, .min:
        let chosen = values.indices.max {
          function == .max ? values[$0] < values[$1] : values[$0] > values[$1]
        }
        if let chosen { arguments[chosen].addSlopes(row, weight: weight, to: &slopes) }
      }
    }
  }

  /// The features it speaks of.
  package var features: Set<Int> {
    switch self {
    case .number: []
    case .feature(let index): [index]
    case .negated(let inner): inner.features
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b), .quotient(let a, let b):
      a.features.union(b.features)
    case .call(_, let arguments): arguments.reduce(into: []) { $0.formUnion($1.features) }
    }
  }
}
