// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Rows that are the same or nearly so.
package struct DuplicateCluster: Sendable, Equatable {
  /// In their order.
  package let rows: [Int]
  /// Whether their labels differ.
  package let isConflicting: Bool
}

enum Duplicates {
  /// Rows whose nearest one is closer than this share of the median distance to a nearest row.
  private static let near: Float = 0.05

  static func found(_ neighbours: Neighbours, _ labels: [Int]) -> [DuplicateCluster] {
    let nearest = labels.indices.map { neighbours.distances($0).first ?? .infinity }
    let median = nearest.sorted()[labels.count / 2]
    let limit = max(near * median, 1e-6)
    var parent = Array(labels.indices)
    func root(_ row: Int) -> Int {
      var row = row
      while parent[row] != row {
        parent[row] = parent[parent[row]]
        row = parent[row]
      }
      return row
    }
    for row in labels.indices {
      for (other, distance) in zip(neighbours[row], neighbours.distances(row)) where distance <= limit {
        let (a, b) = (root(row), root(other))
        if a != b { parent[max(a, b)] = min(a, b) }
      }
    }
    var clusters: [Int: [Int]] = [:]
    for row in labels.indices { clusters[root(row), default: []].append(row) }
    return clusters.values.filter { $0.count > 1 }.map { rows in
      DuplicateCluster(rows: rows, isConflicting: Set(rows.map { labels[$0] }).count > 1)
    }.sorted { ($1.rows.count, $0.rows[0]) < ($0.rows.count, $1.rows[0]) }
  }

  /// Rows that lie far from all others: their mean distance to their neighbours, over the median one of their class.
  static func outliers(_ neighbours: Neighbours, _ labels: [Int], classes: Int) -> [Double] {
    let means = labels.indices.map { row -> Double in
      let all = neighbours.distances(row)
      return all.reduce(0.0) { $0 + Double($1) } / Double(max(1, all.count))
    }
    var medians = [Double](repeating: 1, count: classes)
    for label in 0..<classes {
      let sorted = labels.indices.filter { labels[$0] == label }.map { means[$0] }.sorted()
      if !sorted.isEmpty { medians[label] = max(sorted[sorted.count / 2], 1e-9) }
    }
    return labels.indices.map { means[$0] / medians[labels[$0]] }
  }
}
