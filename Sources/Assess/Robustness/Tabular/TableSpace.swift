// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTables

/// One row as the model takes it, and as people read it.
struct TableRow: Equatable, Sendable {
  let values: [Float]
  let raw: [Double]
}

/// The rows that somebody could turn a row into: those that the schema allows, within some distance.
///
/// The distance is taken over what can be changed as one. A number counts by the part of its range that it was moved, a boolean, a
/// category or a one-hot group by 1 when it is another, each times its cost; the norm is taken of these.
struct TableSpace: Sendable {
  let schema: TableSchema
  let norm: Norm
  let radius: Double
  let ranges: [Double]

  init(_ schema: TableSchema, norm: Norm, radius: Float) {
    (self.schema, self.norm, self.radius) = (schema, norm, Double(radius))
    ranges = schema.features.map { $0.high - $0.low }
  }

  func with(radius: Double) -> TableSpace { TableSpace(schema, norm: norm, radius: Float(radius)) }

  func row(_ values: [Float]) -> TableRow { TableRow(values: values, raw: schema.raw(values)) }

  /// What the change of one part counts; 0 for none.
  func size(of part: TableSchema.Part, _ row: [Double], _ origin: [Double]) -> Double {
    switch part {
    case .feature(let index):
      let feature = schema.features[index]
      if row[index] == origin[index] { return 0 }
      if feature.isDiscrete { return feature.cost }
      return ranges[index] > 0 ? feature.cost * abs(row[index] - origin[index]) / ranges[index] : .infinity
    case .group(_, let members):
      return members.allSatisfy { row[$0] == origin[$0] } ? 0 : schema.features[members[0]].cost
    }
  }

  func distance(_ row: [Double], _ origin: [Double]) -> Double {
    var total = 0.0
    for part in schema.parts {
      let size = size(of: part, row, origin)
      total = norm == .linf ? max(total, size) : total + size * size
    }
    return norm == .linf ? total : total.squareRoot()
  }

  /// Whether a distance is within the radius, up to the rounding of one float addition a feature.
  func isNear(_ distance: Double) -> Bool { distance <= radius * (1 + 2e-6) + 5e-7 }

  /// Whether a row could be in the table, could be reached from the origin, and is near it: the exact check.
  func isAllowed(_ row: TableRow, from origin: TableRow) -> Bool {
    isNear(distance(row.raw, origin.raw)) && schema.violation(ofChange: row.raw, from: origin.raw) == nil
  }

  /// The model's row for a raw one. What was not changed stays what it was to the last bit.
  func settled(_ raw: [Double], from origin: TableRow) -> TableRow {
    var values = origin.values
    for index in raw.indices where raw[index] != origin.raw[index] {
      values[index] = schema.features[index].value(raw[index])
    }
    return TableRow(values: values, raw: schema.raw(values))
  }

  /// The lowest and the highest raw value of a number that one step from the origin allows.
  func reach(_ index: Int, from origin: [Double]) -> ClosedRange<Double> {
    let feature = schema.features[index]
    let most = radius * ranges[index] / feature.cost
    let center = min(max(origin[index], feature.low), feature.high)
    let canFall = feature.change == .yes || feature.change == .decrease
    let canRise = feature.change == .yes || feature.change == .increase
    return
      (canFall ? max(feature.low, center - most) : center)...(canRise
      ? min(feature.high, center + most) : center)
  }
}

extension TableSpace {
  /// The allowed row next to a raw one: types, groups, directions and derived features put right, the change cut to the radius, and
  /// drawn towards the origin until the relations hold. Nil when no row on the way is allowed, or only the origin.
  func allowed(_ raw: [Double], from origin: TableRow) -> TableRow? {
    var target = raw
    round(&target, origin)
    cut(&target, origin.raw)
    // Rounding only goes towards the origin; what is derived may have to go further than the radius.
    if let whole = attempt(target, 1, origin) { return whole == origin ? nil : whole }
    var (low, high) = (0.0, 1.0)
    var best: TableRow?
    for _ in 0..<6 {
      let middle = (low + high) / 2
      if let row = attempt(target, middle, origin) {
        (low, best) = (middle, row)
      } else {
        high = middle
      }
    }
    return best == origin ? nil : best
  }

  /// The row a part of the way from the origin in all numbers, whole in all categories; nil when it is not allowed.
  func attempt(_ target: [Double], _ part: Double, _ origin: TableRow) -> TableRow? {
    var raw = target
    if part < 1 {
      for (index, feature) in schema.features.enumerated() where !feature.isDiscrete {
        raw[index] = origin.raw[index] + part * (target[index] - origin.raw[index])
      }
    }
    round(&raw, origin)
    derive(&raw, origin.raw)
    let row = settled(raw, from: origin)
    return isAllowed(row, from: origin) ? row : nil
  }

  /// Puts types, bounds and directions right. Whole numbers are cut towards the origin.
  func round(_ raw: inout [Double], _ origin: TableRow) {
    for part in schema.parts {
      switch part {
      case .feature(let index): raw[index] = rounded(raw[index], index, origin.raw[index])
      case .group(_, let members): choose(&raw, members, origin.raw)
      }
    }
  }

  private func rounded(_ value: Double, _ index: Int, _ origin: Double) -> Double {
    let feature = schema.features[index]
    guard feature.change != .no, value.isFinite, value != origin else { return origin }
    var value = min(max(value, feature.low), feature.high)
    switch feature.kind {
    case .real: break
    case .integer: value = origin + (value - origin).rounded(.towardZero)
    case .boolean: value = value >= 0.5 ? 1 : 0
    case .category:
      if let codes = feature.values {
        value = codes.min { abs($0 - value) < abs($1 - value) } ?? origin
      } else {
        value = value.rounded()
      }
    }
    if feature.change == .increase, value < origin || feature.change == .decrease, value > origin {
      return origin
    }
    return value
  }

  /// The members that may become the one of a group.
  func choices(_ members: [Int], _ origin: [Double]) -> [Int] {
    guard let current = members.first(where: { origin[$0] == 1 }) else { return [] }
    let leave = schema.features[current].change
    guard leave == .yes || leave == .decrease else { return [current] }
    return members.filter {
      $0 == current || schema.features[$0].change == .yes || schema.features[$0].change == .increase
    }
  }

  private func choose(_ raw: inout [Double], _ members: [Int], _ origin: [Double]) {
    // Of equals the origin's own, so that no group is changed for nothing.
    let chosen = choices(members, origin).max { (raw[$0], origin[$0]) < (raw[$1], origin[$1]) }
    for member in members { raw[member] = member == chosen ? 1 : 0 }
  }

  /// Computes what equalities say, where something that they speak of was changed.
  func derive(_ raw: inout [Double], _ origin: [Double]) {
    for (feature, expression) in schema.derivations {
      guard expression.features.contains(where: { raw[$0] != origin[$0] }) else {
        raw[feature] = origin[feature]
        continue
      }
      let value = expression.evaluate(raw).value
      guard value.isFinite else { continue }
      raw[feature] = schema.features[feature].kind == .integer ? value.rounded() : value
    }
  }

  /// Cuts a change to the radius: first the dearest categories go back, then numbers come nearer.
  func cut(_ raw: inout [Double], _ origin: [Double]) {
    var budget = radius * radius
    for part in discreteChanges(raw, origin) {
      let cost = size(of: part, raw, origin)
      if norm == .linf ? isNear(cost) : cost * cost <= budget * (1 + 4e-6) {
        if norm == .l2 { budget = max(0, budget - cost * cost) }
      } else {
        copy(part, from: origin, to: &raw)
      }
    }
    let numbers = schema.parts.filter { !isDiscrete($0) }
    if norm == .linf {
      for case .feature(let index) in numbers {
        let reach = reach(index, from: origin)
        raw[index] = min(max(raw[index], reach.lowerBound), reach.upperBound)
      }
    } else {
      let total = numbers.reduce(0) { $0 + size(of: $1, raw, origin) * size(of: $1, raw, origin) }
      guard total > budget else { return }
      let factor = (budget / total).squareRoot()
      for case .feature(let index) in numbers {
        raw[index] = origin[index] + (raw[index] - origin[index]) * factor
      }
    }
  }

  /// The cheapest first.
  private func discreteChanges(_ raw: [Double], _ origin: [Double]) -> [TableSchema.Part] {
    schema.parts.filter { isDiscrete($0) && size(of: $0, raw, origin) > 0 }
      .sorted { size(of: $0, raw, origin) < size(of: $1, raw, origin) }
  }

  func isDiscrete(_ part: TableSchema.Part) -> Bool {
    switch part {
    case .feature(let index): schema.features[index].isDiscrete
    case .group: true
    }
  }

  /// Makes one part what it is in another row.
  func copy(_ part: TableSchema.Part, from other: [Double], to raw: inout [Double]) {
    switch part {
    case .feature(let index): raw[index] = other[index]
    case .group(_, let members): for member in members { raw[member] = other[member] }
    }
  }
}
