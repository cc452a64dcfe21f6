// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A value of a column that few rows have, nearly all with one label: a trigger in a table.
package struct RareValue: Sendable, Equatable {
  package let feature: Int
  package let value: Float
  package let label: Int
  package let rows: [Int]
  /// How many of them have the label, which `expected` of all rows have.
  package let hits: Int
  package let expected: Double
  /// How likely that is by chance, times the number of values that were looked at.
  package let p: Double

  private static let (fewest, most, share, certain) = (5, 0.1, 0.9, 1e-6)

  /// Looks at every value that at least five rows and at most a tenth of all have. Where many values of a column are as frequent as
  /// this one, it is no trigger but how the column is.
  static func found(_ rows: TrainingRows) -> [RareValue] {
    guard rows.shape == nil else { return [] }
    var counts = [Int](repeating: 0, count: rows.classes.count)
    for label in rows.labels { counts[label] += 1 }
    var found: [RareValue] = []
    var looked = 0
    for feature in 0..<rows.width {
      var places: [Float: [Int]] = [:]
      for row in 0..<rows.count { places[rows.values[row * rows.width + feature], default: []].append(row) }
      guard places.count > 2 else { continue }
      let usual = places.values.map(\.count).sorted()[places.count * 9 / 10]
      for (value, with) in places
      where with.count >= fewest && Double(with.count) <= most * Double(rows.count) {
        looked += 1
        guard with.count > 3 * usual else { continue }
        var labels = [Int](repeating: 0, count: counts.count)
        for row in with { labels[rows.labels[row]] += 1 }
        let label = labels.indices.max { labels[$0] < labels[$1] }!
        let expected = Double(counts[label]) / Double(rows.count)
        guard Double(labels[label]) >= share * Double(with.count) else { continue }
        let p = Tails.binomial(labels[label], of: with.count, chance: expected)
        found.append(
          RareValue(
            feature: feature, value: value, label: label, rows: with.sorted(), hits: labels[label],
            expected: expected,
            p: p))
      }
    }
    return found.filter { $0.p * Double(looked) < certain }.sorted { ($0.p, $0.feature) < ($1.p, $1.feature) }
  }
}
