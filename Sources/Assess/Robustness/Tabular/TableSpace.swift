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

  func row(_ values: [Float]) -> TableRow { TableRow(values: values, raw: schema.raw(values)) }

  /// What it counts when a part becomes quite another.
  func cost(of part: TableSchema.Part) -> Double {
    switch part {
    case .feature(let index): schema.features[index].cost
    case .group(_, let members): schema.features[members[0]].cost
    }
  }

  func mayChange(_ part: TableSchema.Part) -> Bool {
    switch part {
    case .feature(let index): schema.features[index].change != .no
    case .group(_, let members): members.contains { schema.features[$0].change != .no }
    }
  }

  /// What the change of one part counts; 0 for none.
  func size(of part: TableSchema.Part, _ row: [Double], _ origin: [Double]) -> Double {
    switch part {
    case .feature(let index):
      if row[index] == origin[index] { return 0 }
      let cost = schema.features[index].cost
      if schema.features[index].isDiscrete { return cost }
      return ranges[index] > 0 ? cost * abs(row[index] - origin[index]) / ranges[index] : .infinity
    case .group(_, let members):
      return members.allSatisfy { row[$0] == origin[$0] } ? 0 : cost(of: part)
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
