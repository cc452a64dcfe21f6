// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension TableSchema {
  /// Something that a row breaks.
  package enum Violation: Equatable, Sendable {
    case notFinite(feature: String)
    case outside(feature: String, value: Double, low: Double, high: Double)
    case notWhole(feature: String, value: Double)
    case notACode(feature: String, value: Double)
    /// Not exactly one member of the group is 1.
    case group(name: String, sum: Double)
    case relation(String)
    /// Compared with another row: the feature may not be changed, or not in this direction.
    case changed(feature: String, from: Double, to: Double, allowed: TableFeature.Change)
  }

  /// The first thing that a raw row breaks; nil when it could be in the table.
  package func violation(of row: [Double]) -> Violation? {
    // By index: a copy of a feature costs more than the check.
    for index in features.indices {
      if let violation = features[index].violation(of: row[index]) { return violation }
    }
    for case .group(let name, let members) in parts {
      let sum = members.reduce(0) { $0 + row[$1] }
      if sum != 1 { return .group(name: name, sum: sum) }
    }
    return relations.first { $0.violation(row) > 0 }.map { .relation($0.text) }
  }

  /// The first thing that a change of a row breaks; nil when the new row could be in the table and somebody could have got there.
  package func violation(ofChange row: [Double], from original: [Double]) -> Violation? {
    if let violation = violation(of: row) { return violation }
    for index in features.indices {
      if let violation = features[index].violation(ofChange: row[index], from: original[index]) {
        return violation
      }
    }
    return nil
  }

  /// How much a row breaks the relations, in sum; infinite where one is not defined.
  package func relationViolation(_ row: [Double]) -> Double {
    relations.reduce(0) { $0 + $1.violation(row) }
  }
}

extension TableFeature {
  fileprivate func violation(of value: Double) -> TableSchema.Violation? {
    guard value.isFinite else { return .notFinite(feature: name) }
    let slack = kind == .real ? slack(max(abs(low), abs(high))) : 0
    guard value >= low - slack, value <= high + slack else {
      return .outside(feature: name, value: value, low: low, high: high)
    }
    if kind == .real { return nil }
    guard value == value.rounded() || values != nil else { return .notWhole(feature: name, value: value) }
    if let values, !values.contains(value) { return .notACode(feature: name, value: value) }
    return nil
  }

  fileprivate func violation(ofChange value: Double, from original: Double) -> TableSchema.Violation? {
    let slack = kind == .real ? slack(max(abs(value), abs(original))) : 0
    let difference = value - original
    let isAllowed =
      switch change {
      case .yes: true
      case .no: abs(difference) <= slack
      case .increase: difference >= -slack
      case .decrease: difference <= slack
      }
    return isAllowed ? nil : .changed(feature: name, from: original, to: value, allowed: change)
  }
}

extension TableSchema.Violation: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFinite(let feature): "'\(feature)' is not a finite number"
    case .outside(let feature, let value, let low, let high):
      "'\(feature)' is \(Self.short(value)), outside of \(Self.short(low)) to \(Self.short(high))"
    case .notWhole(let feature, let value): "'\(feature)' is \(Self.short(value)), and no whole number"
    case .notACode(let feature, let value): "'\(feature)' is \(Self.short(value)), and none of its codes"
    case .group(let name, let sum):
      "exactly one member of the group '\(name)' must be 1, and their sum is \(Self.short(sum))"
    case .relation(let text): "`\(text)` does not hold"
    case .changed(let feature, let from, let to, let allowed):
      "'\(feature)' was changed from \(Self.short(from)) to \(Self.short(to))"
        + (allowed == .no ? ", and may not be changed" : ", and may only \(allowed.rawValue)")
    }
  }

  /// What was broken, whatever the values are.
  package var rule: String {
    switch self {
    case .notFinite(let feature), .outside(let feature, _, _, _): "the bounds of '\(feature)'"
    case .notWhole(let feature, _), .notACode(let feature, _): "the type of '\(feature)'"
    case .group(let name, _): "the group '\(name)'"
    case .relation(let text): "`\(text)`"
    case .changed(let feature, _, _, _): "what may be changed of '\(feature)'"
    }
  }

  private static func short(_ value: Double) -> String {
    TableFeature.text(of: value)
  }
}

extension TableFeature {
  /// A number as people write it: whole ones without a point, others with what float32 can tell apart.
  package static func text(of value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return "\(Int(value))" }
    let single = Float(value)
    return abs(value - Double(single)) <= abs(value) * 1e-7 ? "\(single)" : "\(value)"
  }
}
