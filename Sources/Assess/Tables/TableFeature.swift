// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// One column of a table: what its values mean in the world, and who may change them.
package struct TableFeature: Equatable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// Any number within the bounds.
    case real
    /// Whole numbers within the bounds.
    case integer
    /// 0 or 1.
    case boolean
    /// Codes without an order: each is as far from the others as any.
    case category
  }

  /// What somebody who attacks the model can do to the value.
  package enum Change: String, Sendable, CaseIterable {
    case yes, no, increase, decrease
  }

  package var name: String
  package var kind: Kind
  /// The lowest and the highest value in the world, in the raw unit.
  package var low: Double
  package var high: Double
  /// Such as `EUR`; empty for none.
  package var unit: String
  package var change: Change
  /// The raw value is the model's value times `scale`, plus `offset`.
  package var scale: Double
  package var offset: Double
  /// What a change over the whole range, or to another category, counts in the distance.
  package var cost: Double
  /// The one-hot group it is a member of: exactly one member is 1.
  package var group: String?
  /// The codes of a category, sorted; nil for all whole numbers within the bounds.
  package var values: [Double]?

  package init(
    name: String, kind: Kind, low: Double, high: Double, unit: String = "", change: Change = .yes,
    scale: Double = 1, offset: Double = 0, cost: Double = 1, group: String? = nil, values: [Double]? = nil
  ) {
    (self.name, self.kind, self.low, self.high) = (name, kind, low, high)
    (self.unit, self.change, self.scale, self.offset) = (unit, change, scale, offset)
    (self.cost, self.group, self.values) = (cost, group, values)
  }

  /// Whether a change is a step to another category, and not a distance.
  package var isDiscrete: Bool { kind == .boolean || kind == .category }

  /// The raw value that a model's value stands for. Where only whole numbers have a meaning, what float32 lost is put right.
  package func raw(_ value: Float) -> Double {
    let exact = Double(value) * scale + offset
    guard kind != .real else { return exact }
    let whole = exact.rounded()
    return abs(exact - whole) <= slack(abs(exact)) ? whole : exact
  }

  /// The model's value for a raw one.
  package func value(_ raw: Double) -> Float { Float((raw - offset) / scale) }

  /// How far a raw value may be off because models take float32.
  package func slack(_ size: Double) -> Double { 1e-6 * (size + abs(offset)) + 1e-9 * abs(scale) }
}
