// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletTables

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
      for index in raw.indices where !schema.features[index].isDiscrete {
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
    let change = schema.features[index].change
    guard change != .no, value.isFinite, value != origin else { return origin }
    var value = min(max(value, schema.features[index].low), schema.features[index].high)
    switch schema.features[index].kind {
    case .real: break
    case .integer: value = origin + (value - origin).rounded(.towardZero)
    case .boolean: value = value >= 0.5 ? 1 : 0
    case .category:
      if let codes = schema.features[index].values {
        value = codes.min { abs($0 - value) < abs($1 - value) } ?? origin
      } else {
        value = value.rounded()
      }
    }
    return change == .increase && value < origin || change == .decrease && value > origin ? origin : value
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
    let numbers = raw.indices.filter { raw[$0] != origin[$0] && !schema.features[$0].isDiscrete }
    if norm == .linf {
      for index in numbers {
        let reach = reach(index, from: origin)
        raw[index] = min(max(raw[index], reach.lowerBound), reach.upperBound)
      }
    } else {
      let total = numbers.reduce(0) { sum, index in
        let size = size(of: .feature(index), raw, origin)
        return sum + size * size
      }
      guard total > budget else { return }
      let factor = (budget / total).squareRoot()
      for index in numbers { raw[index] = origin[index] + (raw[index] - origin[index]) * factor }
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
