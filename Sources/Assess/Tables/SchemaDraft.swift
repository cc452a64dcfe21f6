// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A schema as some data suggest it, for a person to go over: the data say what was seen, not what can be.
package struct SchemaDraft: Sendable {
  package let schema: TableSchema
  /// What a person should look at, by the place of the feature.
  package let notes: [Int: String]
  /// Relations that held in every row, of which nobody knows whether they must.
  package let candidates: [String]
  package let rowCount: Int

  /// - Throws: ``TableError``.
  package init(of table: Table) throws(TableError) {
    let columns = (0..<table.width).map { ColumnFacts(table, $0) }
    let groups = GroupCandidates(table, columns).groups
    var features: [TableFeature] = []
    var notes: [Int: String] = [:]
    for (place, column) in columns.enumerated() {
      let group = groups[place]
      let kind: TableFeature.Kind =
        group != nil || column.isBoolean ? .boolean : column.isWhole ? .integer : .real
      features.append(
        TableFeature(
          name: table.names[place], kind: kind, low: kind == .boolean ? 0 : column.low,
          high: kind == .boolean ? 1 : column.high, change: column.isConstant && group == nil ? .no : .yes,
          group: group))
      if column.isConstant {
        notes[place] = "always \(TableFeature.text(of: column.low)) in the data"
      } else if kind == .integer {
        notes[place] =
          "\(column.distinct) values" + (column.distinct <= 12 ? "; `category` if they have no order" : "")
      }
    }
    schema = try TableSchema(features: features)
    self.notes = notes
    candidates = RelationCandidates(table, columns).texts
    rowCount = table.rowCount
  }
}

/// What the values of one column have in common.
struct ColumnFacts {
  let low: Double
  let high: Double
  let isWhole: Bool
  /// Counted up to 1,000.
  let distinct: Int
  var isConstant: Bool { low == high }
  /// 0 and 1 both occur, and nothing else.
  var isBoolean: Bool { isWhole && low == 0 && high == 1 }
  /// 0 and 1 occur, or one of them.
  var isBit: Bool { isWhole && low >= 0 && high <= 1 }

  init(_ table: Table, _ column: Int) {
    var (low, high, isWhole) = (Double.infinity, -Double.infinity, true)
    var seen: Set<Double> = []
    for row in 0..<table.rowCount {
      let value = table.values[row * table.width + column]
      (low, high) = (min(low, value), max(high, value))
      isWhole = isWhole && value == value.rounded() && abs(value) < 0x1p53
      if seen.count < 1_000 { seen.insert(value) }
    }
    (self.low, self.high, self.isWhole, distinct) = (low, high, isWhole, seen.count)
  }
}
